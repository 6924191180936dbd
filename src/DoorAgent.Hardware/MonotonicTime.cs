namespace DoorAgent.Hardware;

/// <summary>The clock that timers run on.</summary>
public static class MonotonicTime
{
    /// <summary>Time since an arbitrary fixed moment (on Linux CLOCK_MONOTONIC, as kernel edge times are); never goes back.</summary>
    public static TimeSpan Monotonic(this TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return time.GetElapsedTime(0, time.GetTimestamp());
    }
}
