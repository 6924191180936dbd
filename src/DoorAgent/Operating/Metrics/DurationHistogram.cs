using System.Collections.Immutable;

namespace DoorAgent.Operating.Metrics;

/// <summary>Counts durations in fixed buckets, as a histogram of Prometheus. Observing allocates nothing; any thread may observe and
/// read.</summary>
/// <param name="bounds">The upper ends of the buckets, included, ascending; one more bucket without an end follows.</param>
internal sealed class DurationHistogram(params ImmutableArray<TimeSpan> bounds)
{
    private readonly long[] _counts = new long[bounds.Length + 1];
    private long _ticks;

    /// <summary>The upper ends of the buckets except the last one.</summary>
    public ImmutableArray<TimeSpan> Bounds => bounds;

    /// <summary>The sum of all durations.</summary>
    public TimeSpan Sum => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    /// <summary>Counts one duration.</summary>
    public void Observe(TimeSpan duration)
    {
        int bucket = 0;
        while (bucket < bounds.Length && duration > bounds[bucket])
            bucket++;
        Interlocked.Increment(ref _counts[bucket]);
        Interlocked.Add(ref _ticks, duration.Ticks);
    }

    /// <summary>For each bucket, the number of durations up to its end; the last number counts all durations.</summary>
    public long[] Cumulative()
    {
        long sum = 0;
        return [.. _counts.Select((_, bucket) => sum += Interlocked.Read(ref _counts[bucket]))];
    }
}
