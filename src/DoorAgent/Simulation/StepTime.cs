using System.Globalization;
using System.Text.RegularExpressions;

namespace DoorAgent.Simulation;

/// <summary>
/// The time at the beginning of a step: <c>S</c> seconds after the start, <c>+S</c> seconds after the step before, or the wall clock
/// <c>hh:mm:ss</c>, as the log shows it: the first such moment that is not before the step before, so 08:00:00 after an evening is
/// the next morning.
/// </summary>
internal static partial class StepTime
{
    private const decimal Longest = 366 * 86_400;

    /// <summary>Whether a word is meant as a time.</summary>
    public static bool IsMeantBy(Word word) => !word.IsQuoted && word.Text[0] is '+' or '-' or '.' or (>= '0' and <= '9');

    /// <param name="word">The time.</param>
    /// <param name="start">The wall clock at the beginning.</param>
    /// <param name="before">When the step before is.</param>
    /// <param name="wallShift">By how much the wall clock has been put forward since the beginning.</param>
    /// <exception cref="ScenarioSyntaxException">It is not a time, or before the step before.</exception>
    public static TimeSpan Read(Word word, ScenarioStart start, TimeSpan before, TimeSpan wallShift = default)
    {
        if (Clock().IsMatch(word.Text))
            return AtClock(word, start, before, wallShift);
        bool isRelative = word.Text[0] == '+';
        if (!decimal.TryParse(
                isRelative ? word.Text[1..] : word.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal seconds)
            || seconds > Longest)
        {
            throw new ScenarioSyntaxException(word.Column, $"'{word.Text}' is not a time: S, +S (seconds) or hh:mm:ss is wanted.");
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
            throw new ScenarioSyntaxException(word.Column, $"'{word.Text}' is not a time of day: hh:mm:ss is wanted.");
        TimeZoneInfo zone = start.TimeZone;
        DateTime day = TimeZoneInfo.ConvertTime(start.Instant + before + wallShift, zone).Date;
        while (true)
        {
            DateTime local = day + clock;
            if (zone.IsInvalidTime(local))
            {
                throw new ScenarioSyntaxException(word.Column, string.Create(
                    CultureInfo.InvariantCulture, $"{word.Text} does not exist on {day:yyyy-MM-dd} in {start.Zone}: the clock is put forward."));
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
