namespace DoorAgent.Schedules;

/// <summary>A time interval on some days of the week, in local wall time.</summary>
/// <param name="Days">Days on which the interval begins: bit n is <see cref="DayOfWeek"/> n.</param>
/// <param name="From">Start, 00:00 to 23:59.</param>
/// <param name="Until">End (exclusive), 00:00 to 24:00; not later than <paramref name="From"/> if the interval ends on the next
/// day.</param>
internal readonly record struct ScheduleInterval(int Days, TimeSpan From, TimeSpan Until)
{
    /// <summary>Returns whether the interval begins on this day of the week.</summary>
    public bool BeginsOn(DayOfWeek day) => (Days >> (int)day & 1) == 1;

    /// <summary>Returns whether the interval contains this local wall time. An interval across midnight belongs to its first day.</summary>
    public bool Contains(DateTime local)
    {
        TimeSpan time = local.TimeOfDay;
        if (From < Until)
            return BeginsOn(local.DayOfWeek) && time >= From && time < Until;
        return (BeginsOn(local.DayOfWeek) && time >= From) || (BeginsOn(Before(local.DayOfWeek)) && time < Until);
    }

    private static DayOfWeek Before(DayOfWeek day) => (DayOfWeek)(((int)day + 6) % 7);
}
