using DoorAgent.Networks;

namespace DoorAgent.Encodings;

/// <summary>
/// The naive comparison in place of a network: the output equals the input, so the colours of the aligned face are the encoding.
/// RawPixels demonstrates the purpose of encodings: the same face in other light is distant, and another face in front of the same
/// wall is close.
/// </summary>
internal sealed class RawPixels(ModelInput input) : INetwork
{
    private readonly float[] _pixels = new float[3 * input.Height * input.Width];

    public IReadOnlyList<int> InputShape { get; } = [1, 3, input.Height, input.Width];

    public Span<float> Input(int height, int width) => _pixels;

    public void Run(NetworkOutput read) => read(0, _pixels);

    public void Dispose()
    {
    }
}
