namespace DoorAgent.Office;

/// <summary>The paths of an office's files.</summary>
/// <param name="Directory">Absolute path of the office's directory, which only its owner may read.</param>
internal sealed record OfficePlaces(string Directory)
{
    /// <summary>The office's directory where none is named.</summary>
    public const string System = "/var/lib/dooragent-office";

    /// <summary>File of the office's secrets.</summary>
    public string KeyFile => Path.Combine(Directory, "office.key");

    /// <summary>Database of the office.</summary>
    public string DatabaseFile => Path.Combine(Directory, "office.db");

    /// <summary>Directory of the hub's files, which are copied to the machine of the hub.</summary>
    public string Hub => Path.Combine(Directory, "hub");

    /// <summary>The configuration of nats-server.</summary>
    public string HubConfiguration => Path.Combine(Hub, "hub.conf");

    /// <summary>The part of the configuration with the users: written again at each change of a door.</summary>
    public string HubDoors => Path.Combine(Hub, "doors.conf");

    /// <summary>The hub's certificate.</summary>
    public string HubCertificate => Path.Combine(Hub, "hub.pem");

    /// <summary>The key of the hub's certificate.</summary>
    public string HubKey => Path.Combine(Hub, "hub.key");

    /// <summary>The certificate of the office's authority, which office and doors pin.</summary>
    public string Authority => Path.Combine(Hub, "ca.pem");
}
