namespace DoorAgent.Hardware;

/// <summary>The clock that timers run on.</summary>
public static class MonotonicTime
{
    /// <summary>Time since an arbitrary fixed moment (on Linux CLOCK_MONOTONIC, as kernel edge times are); never goes back.</summary>
    public static TimeSpan Monotonic(this TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        // In whole numbers: GetElapsedTime goes through a double, whose steps are 13 us where a clock counts from the year 1.
        (long seconds, long rest) = Math.DivRem(time.GetTimestamp(), time.TimestampFrequency);
        return TimeSpan.FromTicks((seconds * TimeSpan.TicksPerSecond) + (rest * TimeSpan.TicksPerSecond / time.TimestampFrequency));
    }
}
