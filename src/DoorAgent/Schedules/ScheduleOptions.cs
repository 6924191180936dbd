using System.Collections.Frozen;
using DoorAgent.Hardware.Settings;

namespace DoorAgent.Schedules;

/// <summary>The hours that people can have, each under a name that the operator chooses.</summary>
[Setting("Hours of the week under a name of your own, such as `Schedules:office`; under `Schedules:holidays` the dates of holidays, such as "
    + "`2027-03-26, 05-01, 12-24..01-01`.", Form = "such as `Mon-Fri 07:00-19:00; Sat 08:00-12:00; holidays closed`")]
[Unset("none; `always` is there")]
internal sealed class ScheduleOptions() : Dictionary<string, string>(StringComparer.OrdinalIgnoreCase), ICheckedOptions
{
    /// <summary>The schedule of everybody who has no other.</summary>
    public const string Always = "always";

    public static string Section => "Schedules";

    /// <summary>The holidays, once they have been checked.</summary>
    public Holidays Holidays => Dates is { } dates ? Holidays.Parse(dates) : Holidays.None;

    /// <summary>Whether a schedule has the name that is kept for holidays, from a time before it was kept.</summary>
    public bool HasScheduleOfHolidays => Dates is null && ContainsKey(Schedule.HolidayName);

    /// <summary>Whether there are hours of this name: the dates of holidays are none.</summary>
    public bool Has(string name) => Hours.Any(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The schedules by name, in any case, once they have been checked.</summary>
    public FrozenDictionary<string, Schedule> Schedules
    {
        get
        {
            Holidays holidays = Holidays;
            return Hours.ToFrozenDictionary(pair => pair.Key, pair => Schedule.Parse(pair.Value).With(holidays), StringComparer.OrdinalIgnoreCase);
        }
    }

    public void Check(OptionErrors errors)
    {
        if (Dates is { } dates)
            Parse(errors, Schedule.HolidayName, dates, Holidays.Parse);
        foreach ((string name, string text) in Hours)
        {
            if (name.Equals(Always, StringComparison.OrdinalIgnoreCase))
                errors.Refuse(name, text, $"everybody who has no other schedule has {Always}, and it is not changed. Take another name.");
            if (Parse(errors, name, text, Schedule.Parse) is { HeedsHolidays: true } && Dates is null)
            {
                errors.Refuse(name, $"'{text}'", $"no holidays are configured: write their dates into {Section}:{Schedule.HolidayName}, such as "
                    + "'2027-03-26, 05-01, 12-24..01-01'.");
            }
        }
    }

    // Until the name was kept for holidays, somebody may have given it to hours: they begin with a day, and dates with a digit.
    private string? Dates => TryGetValue(Schedule.HolidayName, out string? text) && !char.IsAsciiLetter(text.TrimStart().FirstOrDefault())
        ? text : null;

    private IEnumerable<KeyValuePair<string, string>> Hours => Dates is null ? this
        : this.Where(pair => !pair.Key.Equals(Schedule.HolidayName, StringComparison.OrdinalIgnoreCase));

    private static T? Parse<T>(OptionErrors errors, string name, string text, Func<string, T> parse) where T : class
    {
        try
        {
            return parse(text);
        }
        catch (FormatException wrong)
        {
            errors.Refuse(name, $"'{text}'", wrong.Message);
            return null;
        }
    }
}
