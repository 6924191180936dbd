namespace DoorAgent.Operating;

/// <summary>Where a running door stands in its fleet.</summary>
/// <param name="Door">Name of the door.</param>
/// <param name="Group">Name of its group.</param>
/// <param name="Words">The standing in words: connection, last contact, manifest, people.</param>
internal sealed record FleetSummary(string Door, string Group, string Words)
{
    /// <summary>Whether the link says that there is a connection to the hub.</summary>
    public bool IsConnected { get; init; }

    /// <summary>Why there is no connection; null with one, and where the link has not said so.</summary>
    public string? Failure { get; init; }

    /// <summary>The last moment at which the door had everything that the hub had; null before the first one.</summary>
    public DateTimeOffset? LastContact { get; init; }

    /// <summary>Why the people of the fleet are stale; null while they are fresh.</summary>
    public string? Stale { get; init; }

    /// <summary>Whether the door refuses the people of the fleet while they are stale.</summary>
    public bool IsStrict { get; init; }

    /// <summary>Serial of the newest manifest; 0 before the first one.</summary>
    public long Manifest { get; init; }

    /// <summary>Serial of the newest manifest whose set of people this door has exactly.</summary>
    public long Confirmed { get; init; }

    /// <summary>Number of people of the fleet at this door.</summary>
    public int People { get; init; }

    /// <summary>Sequence of the last applied record.</summary>
    public ulong Revision { get; init; }

    /// <summary>How many events the hub does not have yet, as the link said last.</summary>
    public long EventsWaiting { get; init; }
}
