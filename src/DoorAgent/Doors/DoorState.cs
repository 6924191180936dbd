namespace DoorAgent.Doors;

/// <summary>Where the door is.</summary>
internal enum DoorPhase
{
    Locked,
    Unlocked,
    Open,

    /// <summary>Open for too long: an alarm.</summary>
    HeldOpen,

    /// <summary>Opened without being unlocked: an alarm.</summary>
    Forced,
}

/// <summary>All that the door machine remembers between two inputs. Times are monotonic.</summary>
internal sealed record DoorState
{
    public static DoorState Initial { get; } = new();

    public DoorPhase Phase { get; init; }

    public bool HasContact { get; init; } = true;

    public bool HasStopped { get; init; }

    /// <summary>When the relay was first energised; null while it is released.</summary>
    public TimeSpan? RelayOnSince { get; init; }

    /// <summary>When the relay lets go at the latest.</summary>
    public TimeSpan RelayUntil { get; init; }

    /// <summary>When the relay last let go.</summary>
    public TimeSpan? RelayOffAt { get; init; }

    /// <summary>When a failed relay is told again to let go; null while it obeys.</summary>
    public TimeSpan? RelayRetryAt { get; init; }

    /// <summary>Until when an opening is an exit.</summary>
    public TimeSpan? ShuntUntil { get; init; }

    /// <summary>Since when the door is open, or its open timers run anew.</summary>
    public TimeSpan OpenSince { get; init; }

    public bool IsWarned { get; init; }

    /// <summary>When the alarm of the phase began.</summary>
    public TimeSpan AlarmSince { get; init; }

    /// <summary>Who was let in last.</summary>
    public long? PersonId { get; init; }

    /// <summary>Whether they get more time.</summary>
    public bool IsExtended { get; init; }

    public bool IsRelayOn => RelayOnSince is not null;

    public bool HasRelayFault => RelayRetryAt is not null;

    /// <summary>What the contact says: open in every phase that is neither locked nor unlocked.</summary>
    public bool IsOpen => Phase is DoorPhase.Open or DoorPhase.HeldOpen or DoorPhase.Forced;

    public bool IsLocked => Phase == DoorPhase.Locked;
}
