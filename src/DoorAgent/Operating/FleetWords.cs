using System.Globalization;
using DoorAgent.Fleet;
using DoorAgent.Modes;

namespace DoorAgent.Operating;

/// <summary>A door's standing in its fleet, in words.</summary>
internal static class FleetWords
{
    /// <summary>Describes a standing: name and group, connection, people and manifest.</summary>
    /// <param name="standing">Where the door stands.</param>
    /// <param name="contact">The last contact; null before the first manifest.</param>
    /// <param name="link">What the link said last; null where it has been silent.</param>
    /// <param name="now">Wall time, at the door's offset.</param>
    public static string Of(FleetStanding standing, DateTimeOffset? contact, FleetContact? link, DateTimeOffset now)
    {
        string last = contact is { } at ? $", last contact {ModeWords.Time(at.ToOffset(now.Offset), now)}" : "";
        string connection = link switch
        {
            null => "no word from the link",
            { IsConnected: true, IsCaughtUp: true } => "connected, has everything",
            { IsConnected: true } => "connected, is catching up",
            { Failure: { } why } => $"not connected ({why.TrimEnd('.')})",
            _ => "not connected",
        };
        string set = standing.Manifest == 0 ? "no manifest yet"
            : string.Create(CultureInfo.InvariantCulture, $"people {standing.Count}, manifest {standing.Manifest}")
                + (standing.Confirmed == standing.Manifest ? "" : string.Create(CultureInfo.InvariantCulture,
                    $", and the set of people is that of manifest {standing.Confirmed}"));
        return $"{standing.Door} in group {standing.Group}: {connection}{last}; {set}";
    }
}
