using DoorAgent.Operating.Metrics;

namespace DoorAgent.Tests.Operating.Metrics;

public sealed class DurationHistogramTests
{
    [Fact]
    public void EveryBucketCountsTheDurationsUpToItsEnd()
    {
        Random random = new(1);
        TimeSpan[] bounds = [TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(1)];
        DurationHistogram histogram = new([.. bounds]);
        // Each bound itself, its neighbours, and random ones.
        TimeSpan[] durations =
        [
            TimeSpan.Zero, .. bounds, .. bounds.Select(bound => bound + new TimeSpan(1)),
                .. bounds.Select(bound => bound - new TimeSpan(1)),
            .. Enumerable.Range(0, 1000).Select(_ => TimeSpan.FromSeconds(random.NextDouble() * 2)),
        ];
        foreach (TimeSpan duration in durations)
            histogram.Observe(duration);

        Assert.Equal([.. bounds.Select(bound => (long)durations.Count(one => one <= bound)), durations.Length], histogram.Cumulative());
        Assert.Equal(durations.Sum(one => one.Ticks), histogram.Sum.Ticks);
    }

    [Fact]
    public void ObservingAllocatesNothing()
    {
        DurationHistogram histogram = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        histogram.Observe(TimeSpan.Zero);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            histogram.Observe(TimeSpan.FromMilliseconds(i * 3));
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
