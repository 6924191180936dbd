using System.Globalization;

namespace DoorAgent.Matching;

/// <summary>An end of a person's validity.</summary>
internal enum ValidityLimit
{
    From,
    Until,
}

/// <summary>
/// The first or last day of a person's validity, or a time of a day, in the door's local wall time: 2026-03-31 or
/// 2026-03-31T18:00. An hour that the clock shows twice counts twice.
/// </summary>
internal readonly record struct ValidityDate
{
    private const string DayForm = "yyyy-MM-dd";

    private static readonly string[] TimeForms =
        ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss"];

    private ValidityDate(DateTime at, bool isDay) => (At, IsDay) = (at, isDay);

    /// <summary>The time, or the start of the day; whole seconds.</summary>
    public DateTime At { get; }

    /// <summary>Whether the date is a whole day.</summary>
    public bool IsDay { get; }

    /// <summary>Parses a date.</summary>
    /// <exception cref="FormatException">The text is not a date.</exception>
    public static ValidityDate Parse(string text) =>
        DateTime.TryParseExact(text, DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime day) ? new(day, isDay: true)
        : DateTime.TryParseExact(text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time)
            ? new(time, isDay: false)
        : throw new FormatException(
            $"'{text}' is not a date: write YYYY-MM-DD, such as 2026-03-31, or with a time of day 2026-03-31T18:00.");

    /// <summary>Returns whether local wall time has reached the time, or the start of the day.</summary>
    public bool HasBegun(DateTime local) => local >= At;

    /// <summary>Returns whether local wall time has passed the time, or the end of the day.</summary>
    public bool IsOver(DateTime local) => IsDay ? local.Date > At : local >= At;

    /// <summary>Returns whether a validity from <paramref name="from"/> until this date would be empty.</summary>
    public bool IsBefore(ValidityDate from) => IsOver(from.At);

    public override string ToString() =>
        At.ToString(IsDay ? DayForm : TimeForms[At.Second == 0 ? 0 : 2], CultureInfo.InvariantCulture);
}
