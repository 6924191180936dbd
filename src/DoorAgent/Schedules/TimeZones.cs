using DoorAgent.Settings;

namespace DoorAgent.Schedules;

/// <summary>Finds time zones by their IANA names, such as Europe/Berlin.</summary>
internal static class TimeZones
{
    /// <summary>Returns the zone with a name; null if this machine does not know the name.</summary>
    public static TimeZoneInfo? Find(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone) ? zone : null;

    /// <summary>Returns the message for a name that this machine does not know.</summary>
    public static string Unknown(string name) =>
        $"'{name}' is not a time zone that this machine knows. Did you mean {Nearest(name) ?? "UTC"}?";

    /// <summary>Returns the most similar known name; null on a machine without time zones.</summary>
    public static string? Nearest(string name) =>
        TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).MinBy(id => DidYouMean.Edits(name, id));
}
