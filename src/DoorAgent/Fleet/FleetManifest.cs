namespace DoorAgent.Fleet;

/// <summary>What the office says of a group, signed: which set of people is the newest, and by which rules its doors work. A newer manifest
/// has a larger serial; a door refuses an older one.</summary>
/// <param name="Group">Name of the group.</param>
/// <param name="Serial">Number of the office's last change of the group, from 1. Every record carries the serial of its change.</param>
/// <param name="Issued">When the office signed the manifest, UTC.</param>
internal sealed record FleetManifest(string Group, long Serial, DateTimeOffset Issued)
{
    /// <summary>Number of people in the group.</summary>
    public int Count { get; init; }

    /// <summary>Digest of the set of people, lower-case hexadecimal: SHA-256 of the lines <c>id serial\n</c> of the group's people in
    /// ordinal order of their ids, where serial is that of the person's record.</summary>
    public string Digest { get; init; } = "";

    /// <summary>The smallest serial of a removal that the hub still has: a door that stands before it reads everything, and removes
    /// whom it did not find.</summary>
    public long Horizon { get; init; }

    /// <summary>Number of the group's key that seals the newest records.</summary>
    public int Key { get; init; }

    /// <summary>How long a door works without contact to the hub before the fleet's people are stale, in seconds.</summary>
    public long OfflineFor { get; init; } = (long)TimeSpan.FromDays(60).TotalSeconds;

    /// <summary>Until when the office signs the next manifest, also without a change; null where it need not. A later time means that
    /// somebody withholds manifests: the fleet's people are stale then too.</summary>
    public DateTimeOffset? RenewBy { get; init; }

    /// <summary>Whether a door of the group refuses the fleet's people while they are stale.</summary>
    public bool IsStrict { get; init; }

    /// <summary>The group's hours of the week, by name, as in section <c>Schedules</c> of a door's configuration.</summary>
    public IReadOnlyDictionary<string, string> Schedules { get; init; } = new Dictionary<string, string>();

    /// <summary>The dates of the group's holidays, as in <c>Schedules:holidays</c>; null without any.</summary>
    public string? Holidays { get; init; }

    /// <summary>The group's lockdown; null without one.</summary>
    public FleetLockdown? Lockdown { get; init; }
}

/// <summary>A lockdown of all doors of a group.</summary>
/// <param name="Since">When the office ordered the lockdown, UTC.</param>
/// <param name="Until">When the lockdown ends by itself, UTC.</param>
/// <param name="Why">The reason, for the record.</param>
internal sealed record FleetLockdown(DateTimeOffset Since, DateTimeOffset Until, string Why);
