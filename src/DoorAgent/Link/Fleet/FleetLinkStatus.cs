namespace DoorAgent.Link.Fleet;

/// <summary>How a door's connection to its fleet fares: what <c>dooragent link status</c> shows.</summary>
/// <param name="Door">Name of the door.</param>
/// <param name="Group">Name of its group.</param>
/// <param name="Hub">Where the hub listens.</param>
internal sealed record FleetLinkStatus(string Door, string Group, string Hub)
{
    /// <summary>When the present connection was made; null without one.</summary>
    public DateTimeOffset? ConnectedSince { get; init; }

    /// <summary>Whether the connection is off until the link starts again; <see cref="Failure"/> says why.</summary>
    public bool IsOff { get; init; }

    /// <summary>Whether the door has everything that the hub had a moment ago.</summary>
    public bool IsCaughtUp { get; init; }

    /// <summary>Sequence of the last applied record of the bucket of people.</summary>
    public ulong Revision { get; init; }

    /// <summary>Serial of the newest manifest whose set of people the door has exactly.</summary>
    public long Confirmed { get; init; }

    /// <summary>Serial of the newest manifest.</summary>
    public long Manifest { get; init; }

    /// <summary>Number of people of the fleet at the door.</summary>
    public int Count { get; init; }

    /// <summary>What the door says is wrong.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>The present failure, or the last one.</summary>
    public string? Failure { get; init; }

    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>When the next attempt is due; null while there is a connection.</summary>
    public DateTimeOffset? NextTry { get; init; }

    /// <summary>Whether the connection works and nothing is wrong.</summary>
    public bool IsWell => ConnectedSince is not null && Faults.Count == 0;

    /// <summary>Whether another status says the same.</summary>
    public bool IsSameAs(FleetLinkStatus? other) =>
        other is not null && this with { Faults = other.Faults } == other && Faults.SequenceEqual(other.Faults);
}
