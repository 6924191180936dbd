using DoorAgent.Frames;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Tests.Frames;

public sealed class FrameRateTests
{
    private readonly FrameRate _rate = new();

    [Theory]
    [InlineData(5, 1)]
    [InlineData(30, 1)]
    [InlineData(30, 7)]
    [InlineData(30, 90)]
    public void ASteadyCameraHasItsRateHoweverFewFramesAreRead(int rate, int every)
    {
        for (int i = 0; i < 20 * rate; i += every)
            Add(i, (double)i / rate);
        Assert.Equal(rate, _rate.Value, 0.01);
    }

    [Fact]
    public void OldFramesAndFramesBeforeASilenceDoNotCount()
    {
        Assert.Equal(0, _rate.Value);
        for (int i = 0; i < 300; i++)
            Add(i, i / 100.0);
        Add(301, 4);
        Add(303, 5);
        Assert.Equal(2, _rate.Value, 0.01);
        _rate.Clear();
        Assert.Equal(0, _rate.Value);
        Add(304, 9);
        Assert.Equal(0, _rate.Value);
    }

    private void Add(long sequence, double seconds) =>
        _rate.Add(new Frame { Sequence = sequence, CapturedAt = TimeSpan.FromSeconds(seconds) });
}
