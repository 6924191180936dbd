using System.Collections.Immutable;
using System.Globalization;

namespace DoorAgent.Schedules;

/// <summary>
/// Hours of the week, such as <c>Mon-Fri 07:00-19:00; Sat 08:00-12:00</c>, read in local wall time: an hour that the clock shows
/// twice counts twice, one that it leaves out not at all. It prints in the form that it is read from.
/// </summary>
/// <param name="intervals">At least one.</param>
internal sealed class Schedule(ImmutableArray<ScheduleInterval> intervals)
{
    /// <summary>The days as a schedule writes them, in the order of the week.</summary>
    public static ImmutableArray<string> DayNames { get; } = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    public ImmutableArray<ScheduleInterval> Intervals => intervals;

    /// <summary>Reads a schedule.</summary>
    /// <exception cref="FormatException">It is none; the message names the column, what is wanted and the nearest word.</exception>
    public static Schedule Parse(string text) => new ScheduleParser(text).Read();

    /// <summary>Whether one of its intervals holds this moment of local wall time.</summary>
    public bool IsOpenAt(DateTime local)
    {
        foreach (ScheduleInterval interval in intervals)
        {
            if (interval.Contains(local))
                return true;
        }

        return false;
    }

    /// <summary>When, in local wall time, an interval begins the next time after this moment; at most a week later.</summary>
    public DateTime NextOpening(DateTime local) => Enumerable.Range(0, 8)
        .Select(days => local.Date.AddDays(days))
        .SelectMany(date => intervals.Where(interval => interval.BeginsOn(date.DayOfWeek)).Select(interval => date + interval.From))
        .Where(opening => opening > local)
        .Min();

    /// <summary>The name of a day in a schedule.</summary>
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

    private static bool Begins(ScheduleInterval interval, int place) => interval.BeginsOn((DayOfWeek)((place + 1) % 7));

    private static string Clock(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}");
}
