using DoorAgent.Settings;

namespace DoorAgent.Schedules;

/// <summary>Time zones by their IANA names, such as Europe/Berlin.</summary>
internal static class TimeZones
{
    /// <summary>The zone of that name; null when this machine knows none.</summary>
    public static TimeZoneInfo? Find(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone) ? zone : null;

    /// <summary>What to say to a name that this machine does not know.</summary>
    public static string Unknown(string name) =>
        $"'{name}' is not a time zone that this machine knows. Did you mean {Nearest(name) ?? "UTC"}?";

    /// <summary>The known name that is nearest to one; null on a machine that knows none.</summary>
    public static string? Nearest(string name) => TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).MinBy(id => DidYouMean.Edits(name, id));
}
