namespace DoorAgent.Fleet;

/// <summary>How a delivery of the fleet is applied.</summary>
internal enum FleetPass
{
    /// <summary>The records are those that changed after the door's revision, in their order.</summary>
    Changes,

    /// <summary>The records are all of the group: people of the fleet who are not among them are removed, if the set is the one that the
    /// manifest names.</summary>
    Whole,
}

/// <summary>What the link brings from the hub. The records follow as bytes when the door has said that it is ready. They are applied in one
/// transaction together with bucket and revision, or not at all.</summary>
/// <param name="Bucket">When the bucket of people was created, as the hub says: another time is another bucket.</param>
/// <param name="Revision">Sequence of the last record of the bucket of people up to which the door stands afterwards.</param>
/// <param name="Pass">How the records are applied.</param>
/// <param name="Bytes">Length of the records.</param>
internal sealed record FleetDelivery(string Bucket, ulong Revision, FleetPass Pass, long Bytes);

/// <summary>What the link says of its connection to the hub, each minute and at every change.</summary>
/// <param name="IsConnected">Whether there is a connection.</param>
/// <param name="IsCaughtUp">Whether the door has everything that the hub had a moment ago: only this is contact for
/// <see cref="FleetManifest.OfflineFor"/>.</param>
/// <param name="EventsWaiting">How many events the hub does not have yet.</param>
/// <param name="Failure">Why there is no connection; null with one.</param>
internal sealed record FleetContact(bool IsConnected, bool IsCaughtUp, long EventsWaiting, string? Failure);

/// <summary>Where the door stands in its fleet.</summary>
/// <param name="Door">Name of the door.</param>
/// <param name="Group">Name of its group.</param>
internal sealed record FleetStanding(string Door, string Group)
{
    /// <summary>The bucket to which <see cref="Revision"/> belongs; null before the first delivery.</summary>
    public string? Bucket { get; init; }

    /// <summary>Sequence of the last applied record of the bucket of people.</summary>
    public ulong Revision { get; init; }

    /// <summary>Serial of the newest manifest; 0 before the first one.</summary>
    public long Manifest { get; init; }

    /// <summary>Serial of the newest manifest whose set of people this door has exactly; a record with this serial or an older one that the
    /// door does not have is a replay.</summary>
    public long Confirmed { get; init; }

    /// <summary>Serial of the newest manifest whose whole set the door once received, so that whoever was not in it is removed. Not smaller
    /// than <see cref="Confirmed"/>, and larger where single records of the set are refused. The link compares it with
    /// <see cref="Horizon"/>.</summary>
    public long Swept { get; init; }

    /// <summary>The newest manifest's horizon.</summary>
    public long Horizon { get; init; }

    /// <summary>Number of people of the fleet at this door.</summary>
    public int Count { get; init; }

    /// <summary>What is wrong, as sentences; empty where nothing is.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>The door's signed confirmation of what it has, for the office; null before the first manifest, and while the running
    /// door cannot use its newest gallery.</summary>
    public byte[]? Confirmation { get; init; }
}

/// <summary>The result of a delivery.</summary>
/// <param name="Written">How many people were added or changed.</param>
/// <param name="Removed">How many people were removed.</param>
/// <param name="Refusals">The refused records: key and reason. The rest was applied.</param>
/// <param name="Standing">Where the door stands now.</param>
internal sealed record FleetOutcome(int Written, int Removed, IReadOnlyList<FleetRefusal> Refusals, FleetStanding Standing)
{
    /// <summary>Row ids of people whom the fleet has erased, and of whom kept pictures and names in the journal are still to be
    /// erased.</summary>
    public IReadOnlyList<long> ToErase { get; init; } = [];
}

/// <summary>A record that was refused.</summary>
/// <param name="Key">The record's key.</param>
/// <param name="Why">The reason, as a sentence; people of this door as <c>{person 17}</c>, without names and badge numbers.</param>
internal sealed record FleetRefusal(string Key, string Why);
