using System.Collections.Immutable;
using System.Globalization;

namespace DoorAgent.Schedules;

/// <summary>
/// Opening hours of a week, such as <c>Mon-Fri 07:00-19:00; Sat 08:00-12:00; holidays closed</c>, in local wall time: an hour that the
/// clock shows twice counts twice, an hour that the clock leaves out does not count. A schedule without a word on holidays is open on
/// them as on every other day. <see cref="ToString"/> returns text that can be parsed.
/// </summary>
/// <param name="intervals">At least one interval.</param>
internal sealed class Schedule(ImmutableArray<ScheduleInterval> intervals)
{
    /// <summary>The word for holidays among the days.</summary>
    public const string HolidayName = "holidays";

    /// <summary>The word for holidays without hours.</summary>
    public const string Closed = "closed";

    /// <summary>The names of the days in a schedule, from Monday on.</summary>
    public static ImmutableArray<string> DayNames { get; } = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    public ImmutableArray<ScheduleInterval> Intervals => intervals;

    /// <summary>Whether the schedule says that it is closed on holidays.</summary>
    public bool IsClosedOnHolidays { get; init; }

    /// <summary>Whether holidays are not like other days.</summary>
    public bool HeedsHolidays => IsClosedOnHolidays || intervals.Any(interval => interval.BeginsOnHolidays);

    /// <summary>The door's holidays.</summary>
    public Holidays Holidays { get; init; } = Holidays.None;

    /// <summary>Parses a schedule.</summary>
    /// <exception cref="FormatException">The text is not a schedule; the message names the column, the expectation and the nearest
    /// word.</exception>
    public static Schedule Parse(string text) => new ScheduleParser(text).Read();

    /// <summary>Returns the same schedule with the door's holidays.</summary>
    public Schedule With(Holidays holidays) => new(intervals) { IsClosedOnHolidays = IsClosedOnHolidays, Holidays = holidays };

    /// <summary>Returns whether an interval contains this local wall time.</summary>
    public bool IsOpenAt(DateTime local) =>
        BeginningOn(local.Date).Any(interval => local.TimeOfDay >= interval.From && local < interval.EndOf(local.Date))
        || BeginningOn(local.Date.AddDays(-1)).Any(interval => local < interval.EndOf(local.Date.AddDays(-1)));

    /// <summary>Returns the local wall times on a date at which an interval begins or ends.</summary>
    public IEnumerable<DateTime> EdgesOn(DateTime date) => BeginningOn(date.AddDays(-1)).Select(interval => interval.EndOf(date.AddDays(-1)))
        .Concat(BeginningOn(date).SelectMany(interval => new[] { date + interval.From, interval.EndOf(date) }))
        .Where(edge => edge.Date == date);

    /// <summary>Returns the name of a day in a schedule.</summary>
    public static string NameOf(DayOfWeek day) => DayNames[((int)day + 6) % 7];

    public override string ToString() => string.Join("; ", [
        .. intervals.Select(interval => $"{DaysOf(interval)} {Clock(interval.From)}-{Clock(interval.Until)}"),
        .. IsClosedOnHolidays ? [$"{HolidayName} {Closed}"] : Array.Empty<string>(),
    ]);

    private IEnumerable<ScheduleInterval> BeginningOn(DateTime date) => HeedsHolidays && Holidays.Contains(DateOnly.FromDateTime(date))
        ? intervals.Where(interval => interval.BeginsOnHolidays)
        : intervals.Where(interval => interval.BeginsOn(date.DayOfWeek));

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

        if (interval.BeginsOnHolidays)
            runs.Add(HolidayName);
        return string.Join(",", runs);
    }

    private static bool Begins(ScheduleInterval interval, int index) => interval.BeginsOn((DayOfWeek)((index + 1) % 7));

    private static string Clock(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}");
}
