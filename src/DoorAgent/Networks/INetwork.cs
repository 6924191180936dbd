namespace DoorAgent.Networks;

/// <summary>A function from the colour planes of a picture to numbers. Not thread-safe.</summary>
internal interface INetwork : IDisposable
{
    /// <summary>The shape of the input; -1 for a dimension that is not fixed.</summary>
    IReadOnlyList<int> InputShape { get; }

    /// <summary>Returns the input buffer for the shape 1 x 3 x height x width.</summary>
    Span<float> Input(int height, int width);

    /// <summary>Runs the network on the content of <see cref="Input"/>.</summary>
    /// <param name="read">Receives each output's index and values; the values are valid only during the call.</param>
    /// <exception cref="NetworkFaultException">The runtime failed, or an output does not consist of floats.</exception>
    void Run(NetworkOutput read);
}

/// <summary>Receives one output of a network.</summary>
/// <param name="index">Index of the output in <see cref="Network.OutputNames"/>.</param>
/// <param name="values">Values of the output.</param>
internal delegate void NetworkOutput(int index, ReadOnlySpan<float> values);

/// <summary>A network failed or returned an invalid result. No decision is made on such a result.</summary>
internal sealed class NetworkFaultException(string message) : Exception(message);
