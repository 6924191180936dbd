using System.Globalization;

namespace DoorAgent.Simulation;

/// <summary>Numbers as a scenario writes them: a point, no exponent, no needless zeros.</summary>
internal static class ScenarioNumber
{
    public static string Write(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>A time in milliseconds, exact to the clock's tick.</summary>
    public static string Milliseconds(TimeSpan time) => Write((decimal)time.Ticks / TimeSpan.TicksPerMillisecond);

    /// <summary>A time in seconds, exact to the clock's tick.</summary>
    public static string Seconds(TimeSpan time) => Write((decimal)time.Ticks / TimeSpan.TicksPerSecond);
}
