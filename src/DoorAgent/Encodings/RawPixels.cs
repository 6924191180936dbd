using DoorAgent.Networks;

namespace DoorAgent.Encodings;

/// <summary>
/// The naive comparison, in a network's place: what goes in comes out, so that the colours of the aligned face are the
/// encoding. It is here to show what encodings are for: the same face in other light is far away, and another face before the
/// same wall is near.
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
