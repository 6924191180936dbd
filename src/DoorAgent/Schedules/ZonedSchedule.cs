namespace DoorAgent.Schedules;

/// <summary>A schedule in a time zone: when it is open, and when that changes, over changes of the clock and over holidays.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="Zone">The door's time zone.</param>
internal readonly record struct ZonedSchedule(Schedule Schedule, TimeZoneInfo Zone)
{
    // A week repeats, except for an interval in an hour that the clock leaves out. Holidays repeat within eight years, 29 February too.
    private const int DaysOfWeeks = 15, DaysOfHolidays = (8 * 366) + DaysOfWeeks;

    /// <summary>Returns whether the schedule is open at a moment.</summary>
    public bool IsOpenAt(DateTimeOffset moment) => Schedule.IsOpenAt(TimeZoneInfo.ConvertTime(moment, Zone).DateTime);

    /// <summary>Returns the first moment after this one at which the schedule opens, or closes where it is open, at the door's offset; null
    /// if there is none within eight years.</summary>
    public DateTimeOffset? NextChange(DateTimeOffset now)
    {
        bool isOpen = IsOpenAt(now);
        DateTime today = TimeZoneInfo.ConvertTime(now, Zone).Date;
        int days = Schedule.HeedsHolidays && Schedule.Holidays.Ranges.Length > 0 ? DaysOfHolidays : DaysOfWeeks;
        for (int i = -1; i < days; i++)
        {
            // Two days together: where the clock is set back over midnight, the second day begins before the first one has ended.
            foreach (DateTimeOffset edge in EdgesOn(today.AddDays(i)).Concat(EdgesOn(today.AddDays(i + 1))).Order())
            {
                if (edge > now && IsOpenAt(edge) != isOpen)
                    return edge;
            }
        }

        return null;
    }

    /// <summary>Returns the moments at which the clock shows a local time: two in an hour that is shown twice, and for a time that is left
    /// out the first one after.</summary>
    public static IEnumerable<DateTimeOffset> MomentsOf(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        return zone.IsAmbiguousTime(local)
            ? zone.GetAmbiguousTimeOffsets(local).Select(offset => new DateTimeOffset(local, offset)).Order()
            : [new DateTimeOffset(local, zone.GetUtcOffset(local))];
    }

    private IEnumerable<DateTimeOffset> EdgesOn(DateTime date)
    {
        TimeZoneInfo zone = Zone;
        return Schedule.EdgesOn(date).SelectMany(edge => MomentsOf(edge, zone)).Concat(ClockChangeOn(date));
    }

    /// <summary>Returns the moment of a date at which the clock is changed: a time that is shown again may be in an interval
    /// again.</summary>
    private IEnumerable<DateTimeOffset> ClockChangeOn(DateTime date)
    {
        DateTimeOffset before = MomentsOf(date, Zone).First(), after = MomentsOf(date.AddDays(1), Zone).Last();
        if (Zone.GetUtcOffset(before) == Zone.GetUtcOffset(after))
            yield break;
        TimeSpan earlier = Zone.GetUtcOffset(before);
        while (after - before > TimeSpan.FromMinutes(1))
        {
            DateTimeOffset middle = before + TimeSpan.FromMinutes(Math.Floor((after - before).TotalMinutes / 2));
            (before, after) = Zone.GetUtcOffset(middle) == earlier ? (middle, after) : (before, middle);
        }

        yield return TimeZoneInfo.ConvertTime(after, Zone);
    }
}
