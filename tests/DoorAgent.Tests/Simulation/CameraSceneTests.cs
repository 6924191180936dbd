using DoorAgent.Hardware.Cameras;
using DoorAgent.Simulation;

namespace DoorAgent.Tests.Simulation;

public sealed class CameraSceneTests
{
    private static readonly ShowPictures Plain = new("*", 10, LoopMode.Loop, 0);

    private readonly CameraScene _scene = new(Read, seed: 1);
    private readonly Frame _frame = new();

    [Theory]
    [InlineData(nameof(LoopMode.Loop), "1 2 3 1 2 3 1")]
    [InlineData(nameof(LoopMode.Hold), "1 2 3 3 3 3 3")]
    [InlineData(nameof(LoopMode.Once), "1 2 3 wall wall wall wall")]
    public void ShowsThePicturesOneAPeriod(string mode, string expected)
    {
        _scene.Show(Plain with { Mode = Enum.Parse<LoopMode>(mode) }, ["1", "2", "3"], [], Ms(500));
        List<string> shown = [];
        for (int frame = 0; frame < 7; frame++)
        {
            Assert.Equal(CaptureStatus.Captured, _scene.Capture(_frame, Ms(500 + (100 * frame))));
            int level = _frame.Pixels[0];
            shown.Add(level > 100 ? "wall" : $"{level}");
        }

        Assert.Equal(expected, string.Join(' ', shown));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(29.97)]
    [InlineData(60)]
    public void EveryPeriodShowsTheNextPictureAtAnyRate(double rate)
    {
        ShowPictures pictures = Plain with { Rate = (decimal)rate };
        _scene.Show(pictures, ["1"], [], TimeSpan.Zero);
        for (int frame = 0; frame < 1000; frame++)
            Assert.Equal(frame % 11, CameraScene.IndexAt(TimeSpan.FromTicks((long)(frame * TimeSpan.TicksPerSecond / (decimal)rate)), 11,
                pictures));
        Assert.Equal(1 / rate, _scene.Period.TotalSeconds, 1e-6);
    }

    [Fact]
    public void FramesCarryTimeAndNumber()
    {
        _scene.Capture(_frame, Ms(100));
        _scene.Capture(_frame, Ms(200));
        Assert.Equal((2, Ms(200)), (_frame.Sequence, _frame.CapturedAt));
    }

    [Fact]
    public void AnEmptySceneIsAWallWithChangingNoise()
    {
        byte[] first = Capture();
        Assert.Equal(320 * 240 * 3, first.Length);
        Assert.InRange(first.Average(value => (double)value), 127.5, 128.5);
        Assert.NotEqual(first, Capture());
    }

    [Fact]
    public void AStillDiffersOnlyWithNoise()
    {
        _scene.Show(Plain, ["9"], [], TimeSpan.Zero);
        Assert.Equal(Capture(), Capture());
        _scene.Show(Plain with { Noise = 1 }, ["9"], [], TimeSpan.Zero);
        Assert.NotEqual(Capture(), Capture());
    }

    [Fact]
    public void AFrozenCameraRepeatsItsLastFrameByteForByte()
    {
        _scene.Show(Plain with { Noise = 5 }, ["1", "2", "3"], [], TimeSpan.Zero);
        byte[] last = Capture(100);
        _scene.Show(CameraView.Frozen);
        Assert.Equal(last, Capture(200));
        Assert.Equal(last, Capture(900));
        Assert.Equal(3, _frame.Sequence);
    }

    [Fact]
    public void ACameraFrozenBeforeItsFirstFrameShowsTheWall()
    {
        _scene.Show(CameraView.Frozen);
        byte[] first = Capture();
        Assert.Equal(first, Capture());
    }

    [Fact]
    public void InTheDarkThePicturesGoOnNearlyBlack()
    {
        _scene.Show(Plain, ["64", "200"], [], TimeSpan.Zero);
        _scene.Show(CameraView.Dark);
        Assert.All(Capture(0), value => Assert.Equal(2, value));
        Assert.All(Capture(100), value => Assert.Equal(6, value));
    }

    [Fact]
    public void AnUnpluggedCameraIsLostUntilItShowsPicturesAgain()
    {
        _scene.Show(CameraView.Unplugged);
        Assert.Equal(CaptureStatus.Lost, _scene.Capture(_frame, TimeSpan.Zero));
        _scene.Show(Plain, ["9"], [], TimeSpan.Zero);
        Assert.Equal(CaptureStatus.Captured, _scene.Capture(_frame, TimeSpan.Zero));
    }

    [Fact]
    public void TwoPeopleStandBesideEachOther()
    {
        _scene.Show(Plain, ["4"], ["7"], TimeSpan.Zero);
        Capture();
        // The pictures are as wide as their number and twice as high.
        Assert.Equal((11, 14), (_frame.Width, _frame.Height));
        for (int y = 0; y < 14; y++)
        {
            for (int x = 0; x < 11; x++)
                Assert.Equal(x >= 4 ? 7 : y < 8 ? 4 : FramePainting.Wall, _frame.Pixels[3 * ((y * 11) + x)]);
        }
    }

    [Fact]
    public void TwoRunsShowTheSame()
    {
        CameraScene other = new(Read, seed: 1);
        Frame frame = new();
        for (int i = 0; i < 3; i++)
        {
            other.Capture(frame, Ms(i));
            Assert.Equal(Capture(i), frame.Pixels.ToArray());
        }
    }

    private static void Read(string file, Frame frame)
    {
        byte value = byte.Parse(file, System.Globalization.CultureInfo.InvariantCulture);
        frame.Resize(value, 2 * value);
        frame.Pixels.Fill(value);
    }

    private byte[] Capture(double milliseconds = 0)
    {
        Assert.Equal(CaptureStatus.Captured, _scene.Capture(_frame, Ms(milliseconds)));
        return _frame.Pixels.ToArray();
    }

    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
