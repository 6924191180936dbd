using System.Globalization;
using System.Text.RegularExpressions;

namespace DoorAgent.Simulation;

/// <summary>Reads and writes changes of the wall clock: <c>clock set 2026-03-29 01:59:50</c>, <c>clock +2h</c>, <c>clock -1d</c>.</summary>
internal static partial class ClockSyntax
{
    private const long MostSeconds = 3_660 * 86_400L;

    private static readonly (string Name, long Seconds)[] Units = [("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)];

    /// <exception cref="ScenarioSyntaxException">The text is neither a time to set nor a shift.</exception>
    public static StepAction Read(ScenarioLine line)
    {
        if (line.Skip("set"))
            return new SetClock(ScenarioHead.ReadLocal(line).Local);
        Word word = line.Take("set, or a shift such as +2h,");
        Match move = Move().Match(word.Text);
        if (!move.Success
            || !long.TryParse(move.Groups["number"].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            || Math.Abs(decimal.Multiply(number, SecondsOf(move.Groups["unit"].Value))) > MostSeconds)
        {
            throw new ScenarioSyntaxException(word.Column,
                $"'{word.Text}' is not a change of the clock: set DATE TIME is required, or +2h, -1d, +90min, -30s up to 3660d.");
        }

        return new MoveClock(TimeSpan.FromSeconds(number * SecondsOf(move.Groups["unit"].Value)));
    }

    public static string Write(SetClock set) => string.Create(CultureInfo.InvariantCulture, $"clock set {set.Local:yyyy-MM-dd HH:mm:ss}");

    public static string Write(MoveClock move)
    {
        long seconds = (long)move.By.TotalSeconds;
        (string unit, long length) = Units.First(unit => seconds % unit.Seconds == 0);
        return string.Create(CultureInfo.InvariantCulture, $"clock {seconds / length:+0;-0;+0}{unit}");
    }

    private static long SecondsOf(string unit) => Units.Single(each => each.Name == unit).Seconds;

    [GeneratedRegex(@"\A(?<number>[+-][0-9]{1,12})(?<unit>d|h|min|s)\z")]
    private static partial Regex Move();
}
