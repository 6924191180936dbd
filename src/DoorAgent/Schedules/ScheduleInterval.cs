namespace DoorAgent.Schedules;

/// <summary>A time interval on some days of the week, on holidays, or on both, in local wall time. An interval across midnight belongs to its
/// first day.</summary>
/// <param name="Days">Days on which the interval begins: bit n is <see cref="DayOfWeek"/> n, and <see cref="OnHolidays"/> stands for
/// holidays.</param>
/// <param name="From">Start, 00:00 to 23:59.</param>
/// <param name="Until">End (exclusive), 00:00 to 24:00; not later than <paramref name="From"/> if the interval ends on the next
/// day.</param>
internal readonly record struct ScheduleInterval(int Days, TimeSpan From, TimeSpan Until)
{
    /// <summary>The bit of holidays in <see cref="Days"/>.</summary>
    public const int OnHolidays = 1 << 7;

    /// <summary>Whether the interval begins on holidays.</summary>
    public bool BeginsOnHolidays => (Days & OnHolidays) != 0;

    /// <summary>Returns whether the interval begins on this day of the week.</summary>
    public bool BeginsOn(DayOfWeek day) => (Days >> (int)day & 1) == 1;

    /// <summary>Returns the end (exclusive) of the interval that begins on a date.</summary>
    public DateTime EndOf(DateTime date) => date + Until + (Until <= From ? TimeSpan.FromDays(1) : TimeSpan.Zero);
}
