using System.Globalization;
using DoorAgent.Hardware;

namespace DoorAgent.Auditing;

/// <summary>Notices when the wall clock is set while the program runs: it went otherwise than the monotonic one. One caller at a time.</summary>
internal sealed class ClockWatch(TimeProvider time)
{
    /// <summary>A difference up to this is a clock that is being adjusted, and no jump.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(10);

    private DateTimeOffset _wall = time.GetLocalNow();
    private TimeSpan _monotonic = time.Monotonic();

    /// <summary>From when to when it was set since this was asked last, in words; null when it was not.</summary>
    public string? Jump()
    {
        DateTimeOffset now = time.GetLocalNow();
        TimeSpan monotonic = time.Monotonic();
        DateTimeOffset expected = _wall.ToOffset(now.Offset) + (monotonic - _monotonic);
        (_wall, _monotonic) = (now, monotonic);
        return (now - expected).Duration() > Tolerance ? Words(expected, now) : null;
    }

    /// <summary>Both times, for people.</summary>
    public static string Words(DateTimeOffset from, DateTimeOffset to) => $"from {Text(from)} to {Text(to)}";

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
