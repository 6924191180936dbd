using System.Globalization;
using DoorAgent.Schedules;

namespace DoorAgent.Modes;

/// <summary>The mode and its times in words. All times are at the door's offset.</summary>
internal static class ModeWords
{
    /// <summary>Returns a time: hh:mm, with the day of the week on another day, and with the date when it is a week away.</summary>
    public static string Time(DateTimeOffset at, DateTimeOffset now)
    {
        TimeSpan away = (at.DateTime.Date - now.DateTime.Date).Duration();
        string day = away == TimeSpan.Zero ? "" : away < TimeSpan.FromDays(7) ? $"{Schedule.NameOf(at.DayOfWeek)} "
            : at.ToString("yyyy-MM-dd ", CultureInfo.InvariantCulture);
        return day + at.ToString("HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>Returns a date and a time.</summary>
    public static string Date(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Returns <c>until 18:00, </c>, or nothing where the end is not known.</summary>
    public static string Until(DateTimeOffset? until, DateTimeOffset now) => until is { } end ? $"until {Time(end, now)}, " : "";

    /// <summary>Makes a sentence out of words.</summary>
    public static string Sentence(string words) => $"{char.ToUpperInvariant(words[0])}{words[1..]}.";

    /// <summary>Says that the hours are suspended, and for how long.</summary>
    public static string Suspended(OpenHours open, DateTimeOffset now) => open.Until is { } end
        ? $"the unlock hours are suspended until they begin again after {Time(end, now)}"
        : "the unlock hours are suspended until they begin again";

    /// <summary>Says that the door is in lockdown, and who ends it: a sentence, or two.</summary>
    public static string EndOfLockdown(ModeState state, DateTimeOffset now) => state.Group is { IsInForce: true } group
        ? $"the door is in lockdown by the fleet, {Of(group, now)}. The fleet's office ends the lockdown ('dooragent fleet "
            + "group GROUP --end-lockdown'); at the door only root does, with 'sudo dooragent mode normal --even-fleet', which is an alarm."
        : "the door is in lockdown. 'dooragent mode normal' ends the lockdown.";

    /// <summary>Describes a lockdown of the group: since when, until when, why.</summary>
    public static string Of(GroupLockdown group, DateTimeOffset now) => $"since {Date(group.Since.ToOffset(now.Offset))} until "
        + $"{Time(group.Until.ToOffset(now.Offset), now)}: {group.Why.TrimEnd('.')}";

    /// <summary>Describes the mode: since when, by whom, until when, and what the hours do next.</summary>
    /// <param name="state">The mode.</param>
    /// <param name="hours">Name of the unlock hours; null without any.</param>
    /// <param name="changeAt">Time of the next change of the hours; null when that is not known.</param>
    /// <param name="now">Wall time.</param>
    public static string Of(ModeState state, string? hours, DateTimeOffset? changeAt, DateTimeOffset now)
    {
        string mode = state switch
        {
            { Lockdown: { } lockdown, Group: { IsInForce: true } both } =>
                $"lockdown since {Date(lockdown.Since)}, {lockdown.By}; and by the fleet, {Of(both, now)}",
            { Lockdown: { } lockdown } => $"lockdown since {Date(lockdown.Since)}, {lockdown.By}",
            { Group: { IsInForce: true } group } => $"lockdown by the fleet, {Of(group, now)}",
            { Unlock: { } order } => $"unlocked since {Time(order.Since, now)}, {order.By}, until {Time(order.Until, now)}",
            { Hours: { Hold: true } open } =>
                $"unlocked since {Time(open.HeldSince!.Value, now)}, {Until(open.Until, now)}by the hours {hours}",
            _ => "normal",
        };
        return hours is null ? mode : mode + Next(state, hours, changeAt, now);
    }

    private static string Next(ModeState state, string hours, DateTimeOffset? changeAt, DateTimeOffset now) => state switch
    {
        { Mode: DoorMode.Lockdown } => "",
        { Hours: { SuspendedBy: { } by } open } => $"; {Suspended(open, now)} ({by})",
        { Hours: { HeldSince: null } open } => $"; the hours {hours} wait for the first person"
            + (open.Until is { } end ? $", until {Time(end, now)}" : ""),
        { Hours.Hold: true, Unlock: null } => "",
        { Hours.Hold: true } => $"; then by the hours {hours}" + (changeAt is { } end ? $" until {Time(end, now)}" : ""),
        _ => changeAt is { } begin ? $"; the hours {hours} begin {Time(begin, now)}"
            : "; no unlock hours: the clock is not set, or they do not begin within eight years",
    };
}
