using System.Globalization;
using DoorAgent.Hardware;

namespace DoorAgent.Auditing;

/// <summary>Detects that the wall clock was set while the program runs, by comparison with the monotonic clock. One caller at a
/// time.</summary>
internal sealed class ClockWatch(TimeProvider time)
{
    /// <summary>The largest difference that counts as an adjustment of the clock and not as a jump.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(10);

    private DateTimeOffset _wall = time.GetLocalNow();
    private TimeSpan _monotonic = time.Monotonic();

    /// <summary>Returns from which time to which time the clock was set since the last call, in words; null when it was not.</summary>
    public string? Jump()
    {
        DateTimeOffset now = time.GetLocalNow();
        TimeSpan monotonic = time.Monotonic();
        DateTimeOffset expected = _wall.ToOffset(now.Offset) + (monotonic - _monotonic);
        (_wall, _monotonic) = (now, monotonic);
        return (now - expected).Duration() > Tolerance ? Words(expected, now) : null;
    }

    /// <summary>Formats both times for people.</summary>
    public static string Words(DateTimeOffset from, DateTimeOffset to) => $"from {Text(from)} to {Text(to)}";

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
