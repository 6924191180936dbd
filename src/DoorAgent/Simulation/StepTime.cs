using System.Globalization;
using System.Text.RegularExpressions;

namespace DoorAgent.Simulation;

/// <summary>
/// Reads the time of a step: <c>S</c> seconds after the start, <c>+S</c> seconds after the previous step, or the wall clock <c>hh:mm:ss</c>
/// as the log shows it. The latter means the first such moment not before the previous step, so 08:00:00 after an evening is the next
/// morning.
/// </summary>
internal static partial class StepTime
{
    private const decimal Longest = 366 * 86_400;

    /// <summary>Whether a word is meant as a time.</summary>
    public static bool IsMeantBy(Word word) => !word.IsQuoted && word.Text[0] is '+' or '-' or '.' or (>= '0' and <= '9');

    /// <param name="word">The time.</param>
    /// <param name="start">The wall clock at the start.</param>
    /// <param name="before">Time of the previous step.</param>
    /// <param name="wallShift">By how much the wall clock has been moved forward since the start.</param>
    /// <exception cref="ScenarioSyntaxException">The word is not a time, is before the previous step, or is too late for a scenario.</exception>
    public static TimeSpan Read(Word word, ScenarioStart start, TimeSpan before, TimeSpan wallShift = default) =>
        Any(word, start, before, wallShift) is var time && (decimal)time.TotalSeconds <= Longest ? time : throw new ScenarioSyntaxException(
            word.Column, $"{word.Text} is later than {Longest / 86_400} days after the start, and no scenario is that long.");

    private static TimeSpan Any(Word word, ScenarioStart start, TimeSpan before, TimeSpan wallShift)
    {
        if (Clock().IsMatch(word.Text))
            return AtClock(word, start, before, wallShift);
        bool isRelative = word.Text[0] == '+';
        if (!decimal.TryParse(
                isRelative ? word.Text[1..] : word.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal seconds)
            || seconds > Longest)
        {
            throw new ScenarioSyntaxException(word.Column, $"'{word.Text}' is not a time: S, +S (seconds) or hh:mm:ss is required.");
        }

        TimeSpan time = TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
        if (isRelative)
            return before + time;
        return time >= before ? time : throw new ScenarioSyntaxException(
            word.Column, $"{word.Text} is before the step above, at {ScenarioNumber.Seconds(before)}; write +S to count from that step.");
    }

    private static TimeSpan AtClock(Word word, ScenarioStart start, TimeSpan before, TimeSpan wallShift)
    {
        if (!TimeSpan.TryParseExact(word.Text, @"hh\:mm\:ss", CultureInfo.InvariantCulture, out TimeSpan clock))
            throw new ScenarioSyntaxException(word.Column, $"'{word.Text}' is not a time of day: hh:mm:ss is required.");
        TimeZoneInfo zone = start.TimeZone;
        DateTime day = TimeZoneInfo.ConvertTime(start.Instant + before + wallShift, zone).Date;
        while (true)
        {
            DateTime local = day + clock;
            if (zone.IsInvalidTime(local))
            {
                throw new ScenarioSyntaxException(word.Column, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{word.Text} does not exist on {day:yyyy-MM-dd} in {start.Zone}: the clock is put forward."));
            }


            TimeSpan[] offsets = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local) : [zone.GetUtcOffset(local)];
            foreach (TimeSpan offset in offsets.OrderDescending())
            {
                TimeSpan time = new DateTimeOffset(local, offset) - (start.Instant + wallShift);
                if (time >= before)
                    return time;
            }

            day = day.AddDays(1);
        }
    }

    [GeneratedRegex(@"\A[0-9]{1,2}:[0-9]{2}:[0-9]{2}\z")]
    private static partial Regex Clock();
}
