using CsCheck;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Tests.Support;

/// <summary>Frames of random pixels.</summary>
internal static class SomeFrames
{
    public static Gen<Frame> Of(int maxSide) =>
        from width in Gen.Int[1, maxSide]
        from height in Gen.Int[1, maxSide]
        from seed in Gen.Int
        select Random(width, height, seed);

    public static Frame Random(int width, int height, int seed)
    {
        Frame frame = new();
        frame.Resize(width, height);
        new Random(seed).NextBytes(frame.Pixels);
        return frame;
    }
}
