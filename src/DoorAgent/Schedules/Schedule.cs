using System.Collections.Immutable;
using System.Globalization;

namespace DoorAgent.Schedules;

/// <summary>
/// Opening hours of a week, such as <c>Mon-Fri 07:00-19:00; Sat 08:00-12:00</c>, in local wall time: an hour that the clock shows
/// twice counts twice, an hour that the clock leaves out does not count. <see cref="ToString"/> returns text that can be parsed.
/// </summary>
/// <param name="intervals">At least one interval.</param>
internal sealed class Schedule(ImmutableArray<ScheduleInterval> intervals)
{
    /// <summary>The names of the days in a schedule, from Monday on.</summary>
    public static ImmutableArray<string> DayNames { get; } = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    public ImmutableArray<ScheduleInterval> Intervals => intervals;

    /// <summary>Parses a schedule.</summary>
    /// <exception cref="FormatException">The text is not a schedule; the message names the column, the expectation and the nearest
    /// word.</exception>
    public static Schedule Parse(string text) => new ScheduleParser(text).Read();

    /// <summary>Returns whether an interval contains this local wall time.</summary>
    public bool IsOpenAt(DateTime local)
    {
        foreach (ScheduleInterval interval in intervals)
        {
            if (interval.Contains(local))
                return true;
        }

        return false;
    }

    /// <summary>Returns the local wall time at which the next interval after this time begins, at most a week later.</summary>
    public DateTime NextOpening(DateTime local) => Enumerable.Range(0, 8)
        .Select(days => local.Date.AddDays(days))
        .SelectMany(date => intervals.Where(interval => interval.BeginsOn(date.DayOfWeek)).Select(interval => date + interval.From))
        .Where(opening => opening > local)
        .Min();

    /// <summary>Returns the name of a day in a schedule.</summary>
    public static string NameOf(DayOfWeek day) => DayNames[((int)day + 6) % 7];

    public override string ToString() => string.Join("; ", intervals.Select(interval =>
        $"{DaysOf(interval)} {Clock(interval.From)}-{Clock(interval.Until)}"));

    private static string DaysOf(ScheduleInterval interval)
    {
        List<string> runs = [];
        for (int first = 0; first < DayNames.Length; first++)
        {
            if (!Begins(interval, first))
                continue;
            int last = first;
            while (last + 1 < DayNames.Length && Begins(interval, last + 1))
                last++;
            runs.Add(first == last ? DayNames[first] : $"{DayNames[first]}-{DayNames[last]}");
            first = last;
        }

        return string.Join(",", runs);
    }

    private static bool Begins(ScheduleInterval interval, int index) => interval.BeginsOn((DayOfWeek)((index + 1) % 7));

    private static string Clock(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}");
}
