using DoorAgent.Networks;

namespace DoorAgent.Tests.Support;

/// <summary>A network that gives outputs chosen by a test, whatever its input.</summary>
internal sealed class MadeNetwork(int width, int height, params float[] output) : INetwork
{
    private readonly float[] _input = new float[3 * width * height];

    public IReadOnlyList<int> InputShape => [1, 3, height, width];

    /// <summary>Number of runs so far.</summary>
    public int Runs { get; private set; }

    public bool IsDisposed { get; private set; }

    public Span<float> Input(int height, int width) => _input;

    public void Run(NetworkOutput read)
    {
        Runs++;
        read(0, output);
    }

    public void Dispose() => IsDisposed = true;
}
