using System.Globalization;

namespace DoorAgent.Schedules;

/// <summary>Days that are holidays: from one date to another, both included, in one year or in every year.</summary>
/// <param name="First">The first day; its year does not count where the days are those of every year.</param>
/// <param name="Last">The last day; in every year it may be before <paramref name="First"/>, and is then in the year after.</param>
/// <param name="IsEveryYear">Whether these are days of every year. 29 February is one only in a leap year.</param>
internal readonly record struct HolidayRange(DateOnly First, DateOnly Last, bool IsEveryYear)
{
    /// <summary>A leap year, for days of every year.</summary>
    public const int AnyYear = 2000;

    /// <summary>Returns whether a day is one of them.</summary>
    public bool Contains(DateOnly day)
    {
        if (!IsEveryYear)
            return day >= First && day <= Last;
        DateOnly inAnyYear = new(AnyYear, day.Month, day.Day);
        return First <= Last ? inAnyYear >= First && inAnyYear <= Last : inAnyYear >= First || inAnyYear <= Last;
    }

    public override string ToString() => First == Last ? Text(First) : $"{Text(First)}..{Text(Last)}";

    private string Text(DateOnly day) => day.ToString(IsEveryYear ? "MM-dd" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
