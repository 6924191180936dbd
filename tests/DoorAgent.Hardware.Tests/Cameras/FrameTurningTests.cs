using CsCheck;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Hardware.Tests.Cameras;

public sealed class FrameTurningTests
{
    private static readonly Gen<Frame> Frames = Gen.Select(Gen.Int[1, 80], Gen.Int[1, 80], Gen.Int[0, 1000]).Select((width, height, seed) =>
    {
        Frame frame = new() { CapturedAt = TimeSpan.FromSeconds(seed), Sequence = seed };
        frame.Resize(width, height);
        new Random(seed).NextBytes(frame.Pixels);
        return frame;
    });

    [Fact]
    public void AFastRotationEqualsTheNaiveOne() =>
        Gen.Select(Frames, Gen.Int[0, 3].Select(quarters => 90 * quarters)).Sample((from, degrees) =>
    {
        Frame quick = Turned(from, degrees), naive = Naive(from, degrees);
        return (quick.Width, quick.Height) == (naive.Width, naive.Height) && quick.Pixels.SequenceEqual(naive.Pixels)
            && (quick.CapturedAt, quick.Sequence) == (from.CapturedAt, from.Sequence);
    }, iter: 300);

    [Fact]
    public void TheUpperLeftCornerMovesClockwise()
    {
        Frame frame = new();
        frame.Resize(3, 2);
        frame.Pixels.Clear();
        frame.Pixels[0] = 255;
        Assert.Equal([(0, 0), (1, 0), (2, 1), (0, 2)], FrameTurning.Degrees.Select(degrees => Bright(Turned(frame, degrees))));
    }

    [Theory]
    [InlineData(-90)]
    [InlineData(45)]
    [InlineData(360)]
    public void OnlyRightAnglesAreSupported(int degrees)
    {
        Frame frame = new();
        frame.Resize(4, 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameTurning.Turn(frame, degrees, new Frame()));
    }

    private static (int X, int Y) Bright(Frame frame)
    {
        int pixel = frame.Pixels.IndexOf((byte)255) / 3;
        return (pixel % frame.Width, pixel / frame.Width);
    }

    private static Frame Turned(Frame from, int degrees)
    {
        Frame to = new();
        FrameTurning.Turn(from, degrees, to);
        return to;
    }

    /// <summary>Turns by one right angle after another, pixel by pixel.</summary>
    private static Frame Naive(Frame from, int degrees)
    {
        if (degrees == 0)
            return from;
        Frame to = new();
        to.Resize(from.Height, from.Width);
        for (int y = 0; y < from.Height; y++)
        {
            for (int x = 0; x < from.Width; x++)
                from.Pixels.Slice(3 * ((y * from.Width) + x), 3).CopyTo(to.Pixels[(3 * ((x * to.Width) + from.Height - 1 - y))..]);
        }

        return Naive(to, degrees - 90);
    }
}
