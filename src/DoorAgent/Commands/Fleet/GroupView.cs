using System.Globalization;
using DoorAgent.Hardware.Settings;
using DoorAgent.Office;

namespace DoorAgent.Commands.Fleet;

/// <summary>A group in lines.</summary>
internal static class GroupView
{
    /// <summary>Returns the lines.</summary>
    /// <param name="group">The group.</param>
    /// <param name="doors">Its accepted doors.</param>
    /// <param name="people">The number of its people.</param>
    /// <param name="last">Its last publication.</param>
    /// <param name="now">The present time.</param>
    public static IEnumerable<string> LinesOf(
        OfficeGroup group, IReadOnlyList<OfficeDoor> doors, int people, OfficePublication last, DateTimeOffset now)
    {
        GroupSettings rules = group.Settings;
        yield return $"group {group.Name}: {FleetWords.Count(people, "person", "people")}";
        yield return $"doors: {string.Join(", ", doors.Select(door => door.Name).DefaultIfEmpty("none yet"))}";
        yield return FleetWords.Publication(last);
        yield return $"without contact to the hub: works for {SettingText.Of(rules.OfflineFor)}, then "
            + (rules.IsStrict ? "an alarm, and the fleet's people are refused (strict)" : "an alarm");
        yield return rules.RenewWithin is { } renew
            ? $"renewed: within {SettingText.Of(renew)} of the last publication, until {FleetWords.Time(last.At + renew)}"
            : "renewed: not expected";
        foreach ((string name, string hours) in rules.Schedules.OrderBy(one => one.Key, StringComparer.OrdinalIgnoreCase))
            yield return $"hours {name}: {hours}";
        if (rules.Holidays is { } dates)
            yield return $"holidays: {dates}";
        if (rules.Lockdown is { } lockdown && lockdown.Until > now)
            yield return $"LOCKDOWN until {FleetWords.Time(lockdown.Until)}: {lockdown.Why}";
        yield return string.Create(CultureInfo.InvariantCulture, $"key: number {group.Key}");
    }
}
