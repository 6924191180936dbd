namespace DoorAgent.Doors;

/// <summary>The phases of the door.</summary>
internal enum DoorPhase
{
    Locked,
    Unlocked,
    Open,

    /// <summary>The door is open for too long: an alarm.</summary>
    HeldOpen,

    /// <summary>The door was opened without being unlocked: an alarm.</summary>
    Forced,
}

/// <summary>What the door machine remembers between two inputs. Times are monotonic.</summary>
internal sealed record DoorState
{
    public static DoorState Initial { get; } = new();

    public DoorPhase Phase { get; init; }

    public bool HasContact { get; init; } = true;

    public bool HasStopped { get; init; }

    /// <summary>Whether the door is held unlocked.</summary>
    public bool IsHeld { get; init; }

    /// <summary>With <see cref="IsHeld"/>: time at which the relay is energised again.</summary>
    public TimeSpan RenewAt { get; init; }

    /// <summary>With <see cref="IsHeld"/>: end of the time in which an opening is that of the person who was granted access.</summary>
    public TimeSpan? GrantedUntil { get; init; }

    /// <summary>Time from which the relay's maximum counts: that at which it was first energised, or the last renewal of a hold; null
    /// while the relay is released.</summary>
    public TimeSpan? RelayOnSince { get; init; }

    /// <summary>Latest time at which the relay is released.</summary>
    public TimeSpan RelayUntil { get; init; }

    /// <summary>Time of the relay's last release.</summary>
    public TimeSpan? RelayOffAt { get; init; }

    /// <summary>Time at which a failed relay is released again; null while the relay works.</summary>
    public TimeSpan? RelayRetryAt { get; init; }

    /// <summary>End of the time in which an opening is an exit.</summary>
    public TimeSpan? ShuntUntil { get; init; }

    /// <summary>Time at which the door opened, or its open timers were restarted.</summary>
    public TimeSpan OpenSince { get; init; }

    public bool IsWarned { get; init; }

    /// <summary>Time at which the phase's alarm began.</summary>
    public TimeSpan AlarmSince { get; init; }

    /// <summary>The person who was let in or out last.</summary>
    public long? PersonId { get; init; }

    /// <summary>Whether that person gets more time.</summary>
    public bool IsExtended { get; init; }

    /// <summary>Whether that person wants out.</summary>
    public bool IsLeaving { get; init; }

    public bool IsRelayOn => RelayOnSince is not null;

    public bool HasRelayFault => RelayRetryAt is not null;

    /// <summary>Whether the contact is open: in every phase that is neither locked nor unlocked.</summary>
    public bool IsOpen => Phase is DoorPhase.Open or DoorPhase.HeldOpen or DoorPhase.Forced;

    public bool IsLocked => Phase == DoorPhase.Locked;
}
