namespace DoorAgent.Schedules;

/// <summary>One stretch of time on some days of the week, in local wall time.</summary>
/// <param name="Days">On which days it begins: bit n is <see cref="DayOfWeek"/> n.</param>
/// <param name="From">First moment, 00:00 to 23:59.</param>
/// <param name="Until">First moment after it, 00:00 to 24:00; not later than <paramref name="From"/> when it ends on the next day.</param>
internal readonly record struct ScheduleInterval(int Days, TimeSpan From, TimeSpan Until)
{
    /// <summary>Whether it begins on this day of the week.</summary>
    public bool BeginsOn(DayOfWeek day) => (Days >> (int)day & 1) == 1;

    /// <summary>Whether this moment of local wall time lies in it. What crosses midnight belongs to the day it begins.</summary>
    public bool Contains(DateTime local)
    {
        TimeSpan time = local.TimeOfDay;
        if (From < Until)
            return BeginsOn(local.DayOfWeek) && time >= From && time < Until;
        return (BeginsOn(local.DayOfWeek) && time >= From) || (BeginsOn(Before(local.DayOfWeek)) && time < Until);
    }

    private static DayOfWeek Before(DayOfWeek day) => (DayOfWeek)(((int)day + 6) % 7);
}
