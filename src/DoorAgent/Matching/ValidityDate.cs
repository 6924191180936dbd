using System.Globalization;

namespace DoorAgent.Matching;

/// <summary>Which end of the time in which a person is valid.</summary>
internal enum ValidityLimit
{
    From,
    Until,
}

/// <summary>
/// The first or last day that a person is valid, or a moment of a day, in the door's local wall time: 2026-03-31 or
/// 2026-03-31T18:00. An hour that the clock shows twice counts twice.
/// </summary>
internal readonly record struct ValidityDate
{
    private const string DayForm = "yyyy-MM-dd";

    private static readonly string[] MomentForms = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss"];

    private ValidityDate(DateTime at, bool isDay) => (At, IsDay) = (at, isDay);

    /// <summary>The moment, or the day's beginning; whole seconds.</summary>
    public DateTime At { get; }

    /// <summary>Whether it is a day as a whole.</summary>
    public bool IsDay { get; }

    /// <summary>Reads a date.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static ValidityDate Parse(string text) =>
        DateTime.TryParseExact(text, DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime day) ? new(day, isDay: true)
        : DateTime.TryParseExact(text, MomentForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime moment) ? new(moment, isDay: false)
        : throw new FormatException($"'{text}' is not a date: YYYY-MM-DD is wanted, such as 2026-03-31, or with a time of day 2026-03-31T18:00.");

    /// <summary>Whether local wall time has come to it: to the day's first moment, where it is a day.</summary>
    public bool HasBegun(DateTime local) => local >= At;

    /// <summary>Whether local wall time has passed it: the day's last moment, where it is a day.</summary>
    public bool IsOver(DateTime local) => IsDay ? local.Date > At : local >= At;

    /// <summary>Whether nobody could be valid from <paramref name="from"/> until this.</summary>
    public bool IsBefore(ValidityDate from) => IsOver(from.At);

    public override string ToString() =>
        At.ToString(IsDay ? DayForm : MomentForms[At.Second == 0 ? 0 : 2], CultureInfo.InvariantCulture);
}
