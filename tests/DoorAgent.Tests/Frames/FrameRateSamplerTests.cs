using DoorAgent.Frames;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Tests.Frames;

public sealed class FrameRateSamplerTests
{
    private readonly FrameRateSampler _sampler = new();

    [Fact]
    public void ARateIsReportedEveryFiveSeconds()
    {
        Assert.Equal([(50, 10.0), (100, 10.0)], Enumerable.Range(0, 120)
            .Select(i => (i, Rate: Add(i, i / 10.0)))
            .Where(sample => sample.Rate is not null)
            .Select(sample => (sample.i, Math.Round(sample.Rate!.Value, 3))));
    }

    [Fact]
    public void UnreadFramesAreCountedToo()
    {
        Assert.Null(Add(0, 0));
        Assert.Equal(10, Add(60, 6));
    }

    [Fact]
    public void AFaultDiscardsTheCurrentInterval()
    {
        Assert.Null(Add(0, 0));
        _sampler.Clear();
        Assert.Null(Add(1, 60));
        Assert.Equal(0.9, Add(7, 60 + (6 / 0.9))!.Value, 3);
    }

    private double? Add(long sequence, double at) => _sampler.Add(new Frame { Sequence = sequence, CapturedAt = TimeSpan.FromSeconds(at) });
}
