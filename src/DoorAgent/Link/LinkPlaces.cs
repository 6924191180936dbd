using DoorAgent.Storage;

namespace DoorAgent.Link;

/// <summary>The paths of the link's own files.</summary>
/// <param name="State">Directory of the positions.</param>
/// <param name="Runtime">Directory of the status file.</param>
internal sealed record LinkPlaces(string State, string Runtime)
{
    /// <summary>The link's configuration file, which is read when none is named and it exists.</summary>
    public const string SystemFile = "/etc/dooragent/link.json";

    private const string SystemState = "/var/lib/dooragent-link";

    private const string SystemRuntime = "/run/dooragent-link";

    /// <summary>File that says how each channel fares.</summary>
    public string StatusFile => Path.Combine(Runtime, "status.json");

    /// <summary>Path of the file through which the records of a large group go to the door.</summary>
    public string FleetSpool => Path.Combine(State, "fleet.spool");

    /// <summary>Returns the places of the link beside a door.</summary>
    public static LinkPlaces Of(Places door) => door.SharedSocket is null
        ? new LinkPlaces(Path.Combine(door.Data, "link"), Path.Combine(door.Data, "link"))
        : new LinkPlaces(SystemState, SystemRuntime);

    /// <summary>Path of the file that says up to where a channel's summaries have counted.</summary>
    public string SummaryFile(string channel) => Path.Combine(State, channel + ".summary");

    /// <summary>Path of the file with a channel's position.</summary>
    public string PositionFile(string channel) => Path.Combine(State, channel + ".position");
}
