namespace DoorAgent.Networks;

/// <summary>What turns the planes of a picture into numbers. One caller at a time.</summary>
internal interface INetwork : IDisposable
{
    /// <summary>The input's shape as the file states it; -1 where it is free.</summary>
    IReadOnlyList<int> InputShape { get; }

    /// <summary>The input's buffer for 1 x 3 x height x width.</summary>
    Span<float> Input(int height, int width);

    /// <summary>Runs on what <see cref="Input"/> holds.</summary>
    /// <param name="read">Is given each output's index and values, which are gone afterwards.</param>
    /// <exception cref="NetworkFaultException">The runtime failed, or an output is not of floats.</exception>
    void Run(NetworkOutput read);
}

/// <summary>Takes one output of a network.</summary>
/// <param name="index">Its index in <see cref="Network.OutputNames"/>.</param>
/// <param name="values">Its values.</param>
internal delegate void NetworkOutput(int index, ReadOnlySpan<float> values);
