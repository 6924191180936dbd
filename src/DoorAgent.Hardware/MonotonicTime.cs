namespace DoorAgent.Hardware;

/// <summary>Reads the monotonic clock of a <see cref="TimeProvider"/>.</summary>
public static class MonotonicTime
{
    /// <summary>Returns the time since a fixed moment (on Linux CLOCK_MONOTONIC, the clock of kernel edge times); never
    /// decreases.</summary>
    public static TimeSpan Monotonic(this TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        // Integer arithmetic: GetElapsedTime uses a double, whose resolution is 13 us for a clock that counts from the year 1.
        (long seconds, long rest) = Math.DivRem(time.GetTimestamp(), time.TimestampFrequency);
        return TimeSpan.FromTicks((seconds * TimeSpan.TicksPerSecond) + (rest * TimeSpan.TicksPerSecond / time.TimestampFrequency));
    }
}
