using System.CommandLine;
using DoorAgent.Fleet;
using DoorAgent.Hardware.Settings;
using DoorAgent.Office;
using DoorAgent.Schedules;

namespace DoorAgent.Commands.Fleet;

/// <summary>The options of 'fleet group': each changes one rule of a group.</summary>
internal sealed class GroupOptions
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(60), UsualOfStrict = TimeSpan.FromHours(24);

    private readonly Option<string?> _offlineFor = Time("--offline-for", "How long a door works without contact to the hub: 60d, with --strict 24h.");
    private readonly Option<bool> _strict = new("--strict") { Description = "After that time a door refuses the fleet's people. Sets --renew where it is not set." };
    private readonly Option<bool> _lenient = new("--no-strict") { Description = "After that time a door only raises an alarm." };
    private readonly Option<string?> _renew = Time("--renew", "Doors expect a new manifest within this time of the last: see 'fleet renew'.");
    private readonly Option<bool> _noRenew = new("--no-renew") { Description = "Doors do not expect a new manifest." };
    private readonly Option<string[]> _schedule = Several("--schedule", "NAME=HOURS", "Hours of the group, such as office='Mon-Fri 07:00-19:00'.");
    private readonly Option<string[]> _noSchedule = Several("--no-schedule", "NAME", "Removes hours of the group.");
    private readonly Option<string?> _holidays = new("--holidays") { Description = "Dates of the group's holidays, such as '2027-03-26, 05-01'.", HelpName = "DATES" };
    private readonly Option<bool> _noHolidays = new("--no-holidays") { Description = "Removes the group's holidays." };
    private readonly Option<string?> _lockdown = Time("--lockdown", "Locks all doors of the group down for this time, at most 31d.");
    private readonly Option<string?> _why = new("--why") { Description = "With --lockdown: the reason, for the record.", HelpName = "TEXT" };
    private readonly Option<bool> _endLockdown = new("--end-lockdown") { Description = "Ends the lockdown." };

    public IReadOnlyList<Option> All => [_offlineFor, _strict, _lenient, _renew, _noRenew, _schedule, _noSchedule, _holidays, _noHolidays, _lockdown, _why,
        _endLockdown];

    /// <summary>Whether the command line changes a rule.</summary>
    public bool AreGiven(ParseResult result) => All.Any(option => result.GetResult(option) is { Implicit: false });

    /// <summary>Returns the rules as the command line wants them, and what changes, in words.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="before">The rules as they are.</param>
    /// <param name="usersOf">How many people have the hours of a name.</param>
    /// <param name="now">The present time.</param>
    /// <exception cref="UserErrorException">A value is wrong, or two contradict each other.</exception>
    public (GroupSettings Settings, string What) Change(ParseResult result, GroupSettings before, Func<string, int> usersOf, DateTimeOffset now)
    {
        List<string> what = [];
        GroupSettings settings = Contact(result, before, what);
        settings = Hours(result, settings, usersOf, what);
        return (Lockdown(result, settings, now, what), string.Join(", ", what));
    }

    private GroupSettings Contact(ParseResult result, GroupSettings settings, List<string> what)
    {
        Exclusive(result, _strict, _lenient);
        Exclusive(result, _renew, _noRenew);
        bool isStrict = result.GetValue(_strict), isLenient = result.GetValue(_lenient);
        if (isStrict || isLenient)
        {
            TimeSpan usual = settings.IsStrict ? UsualOfStrict : Usual;
            settings = settings with
            {
                IsStrict = isStrict, OfflineFor = settings.OfflineFor == usual ? isStrict ? UsualOfStrict : Usual : settings.OfflineFor,
            };
            what.Add(isStrict ? "strict" : "not strict");
        }

        if (TimeOf(result, _offlineFor) is { } offline)
        {
            settings = settings with { OfflineFor = offline };
            what.Add($"offline for {SettingText.Of(offline)}");
        }

        if (TimeOf(result, _renew) is { } renew)
        {
            settings = settings with { RenewWithin = renew };
            what.Add($"renewed within {SettingText.Of(renew)}");
        }
        else if (result.GetValue(_noRenew))
        {
            settings = settings with { RenewWithin = null };
            what.Add("not renewed");
        }

        return isStrict || (settings.IsStrict && result.GetValue(_noRenew)) ? Renewed(result, settings, what) : settings;
    }

    /// <summary>Without a renewal a hub that withholds everything, and says that there is no more, would never make a strict door stale: only
    /// the office's signature shows that the door hears of changes.</summary>
    private GroupSettings Renewed(ParseResult result, GroupSettings settings, List<string> what)
    {
        if (settings.RenewWithin is not null)
            return settings;
        if (result.GetValue(_noRenew))
        {
            throw new UserErrorException("A strict group is renewed: without that, a hub that withholds everything would not be noticed. Leave out "
                + "--no-renew, or make the group --no-strict.");
        }

        what.Add($"renewed within {SettingText.Of(settings.OfflineFor)} ('dooragent fleet renew' from a timer)");
        return settings with { RenewWithin = settings.OfflineFor };
    }

    private GroupSettings Hours(ParseResult result, GroupSettings settings, Func<string, int> usersOf, List<string> what)
    {
        Exclusive(result, _holidays, _noHolidays);
        Dictionary<string, string> hours = new(settings.Schedules, StringComparer.OrdinalIgnoreCase);
        foreach (string one in result.GetValue(_schedule) ?? [])
        {
            if (one.Split('=', 2) is not [var name, var text] || !PersonRules.IsScheduleName(name.Trim()))
                throw new UserErrorException($"--schedule is '{one}', and must be NAME=HOURS, such as office='Mon-Fri 07:00-19:00'.");
            hours[name.Trim()] = text.Trim();
            what.Add($"hours {name.Trim()}");
        }

        foreach (string name in result.GetValue(_noSchedule) ?? [])
        {
            if (!hours.Remove(name))
                throw new UserErrorException($"The group has no hours {name}. It has: {string.Join(", ", hours.Keys.DefaultIfEmpty("none"))}.");
            if (usersOf(name) is > 0 and var users)
                throw new UserErrorException($"{users} people of the group have the hours {name}, and would never be let in: give them others first.");
            what.Add($"without the hours {name}");
        }

        string? holidays = result.GetValue(_noHolidays) ? null : result.GetValue(_holidays) ?? settings.Holidays;
        if (holidays != settings.Holidays)
            what.Add(holidays is null ? "without holidays" : "holidays");
        Check(hours, holidays);
        return settings with { Schedules = hours, Holidays = holidays };
    }

    private GroupSettings Lockdown(ParseResult result, GroupSettings settings, DateTimeOffset now, List<string> what)
    {
        Exclusive(result, _lockdown, _endLockdown);
        string? why = result.GetValue(_why)?.Trim();
        if (result.GetValue(_endLockdown))
        {
            what.Add("end of the lockdown");
            return settings with { Lockdown = null };
        }

        if (TimeOf(result, _lockdown) is not { } length)
        {
            return why is null ? settings with { Lockdown = settings.Lockdown is { } old && old.Until > now ? old : null }
                : throw new UserErrorException("--why belongs to --lockdown.");
        }

        if (string.IsNullOrEmpty(why))
            throw new UserErrorException("A lockdown needs its reason, which is on record at every door: --lockdown 2h --why 'TEXT'.");
        if (length > ManifestRules.LongestLockdown)
            throw new UserErrorException($"--lockdown is longer than {ManifestRules.LongestLockdown.Days} days: order it again before it ends.");
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        what.Add($"lockdown for {SettingText.Of(length)}");
        return settings with { Lockdown = new FleetLockdown(now, now + length, why) };
    }

    /// <summary>Checks hours as a door checks its own: with the same words.</summary>
    private static void Check(Dictionary<string, string> hours, string? holidays)
    {
        ScheduleOptions options = [];
        foreach ((string name, string text) in hours)
            options[name] = text;
        if (holidays is not null)
            options[Schedule.HolidayName] = holidays;
        if (OptionErrors.Of(options) is { Count: > 0 } errors)
            throw new UserErrorException(string.Join(Environment.NewLine, errors));
    }

    private static void Exclusive(ParseResult result, Option one, Option other)
    {
        if (result.GetResult(one) is { Implicit: false } && result.GetResult(other) is { Implicit: false })
            throw new UserErrorException($"{one.Name} and {other.Name} contradict each other.");
    }

    private static TimeSpan? TimeOf(ParseResult result, Option<string?> option) => result.GetValue(option) is not { } text ? null
        : SettingText.FindTime(text) is { } time && time >= TimeSpan.FromMinutes(1) && time <= TimeSpan.FromDays(3650) ? time
        : throw new UserErrorException($"{option.Name} is '{text}', and must be a time of a minute or longer, such as 2h or 30d.");

    private static Option<string?> Time(string name, string description) => new(name) { Description = description, HelpName = "TIME" };

    private static Option<string[]> Several(string name, string form, string description) => new(name)
    {
        Description = $"{description} May be given several times.", HelpName = form, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false,
    };
}
