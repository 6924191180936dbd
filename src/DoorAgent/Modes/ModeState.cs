namespace DoorAgent.Modes;

/// <summary>A lockdown.</summary>
/// <param name="Since">Its begin, in the door's local time.</param>
/// <param name="By">Who ordered it.</param>
internal sealed record Lockdown(DateTimeOffset Since, string By);

/// <summary>An operator's order to hold the door unlocked for a time.</summary>
/// <param name="Since">Begin, in the door's local time.</param>
/// <param name="Until">End, in the door's local time, as it is shown.</param>
/// <param name="EndsAt">End, in monotonic time, which decides.</param>
/// <param name="By">Who ordered it.</param>
internal sealed record UnlockOrder(DateTimeOffset Since, DateTimeOffset Until, TimeSpan EndsAt, string By);

/// <summary>The unlock hours while they are open.</summary>
/// <param name="Since">Time from which they were seen open.</param>
/// <param name="Until">Time at which they close; null when that is not known.</param>
internal sealed record OpenHours(DateTimeOffset Since, DateTimeOffset? Until)
{
    /// <summary>Time from which the door is held by these hours; null while nobody has come in, where somebody must.</summary>
    public DateTimeOffset? HeldSince { get; init; }

    /// <summary>Who suspended these hours; null where nobody did.</summary>
    public string? SuspendedBy { get; init; }

    public bool Hold => HeldSince is not null && SuspendedBy is null;

    /// <summary>Returns these hours, suspended; whoever suspended them first stays named.</summary>
    public OpenHours SuspendBy(string by) => SuspendedBy is null ? this with { SuspendedBy = by } : this;
}

/// <summary>The door's mode, and why. Immutable.</summary>
internal sealed record ModeState
{
    public static ModeState Initial { get; } = new();

    /// <summary>The lockdown; null without one.</summary>
    public Lockdown? Lockdown { get; init; }

    /// <summary>The lockdown that the fleet's office ordered last and that is not over; null without one.</summary>
    public GroupLockdown? Group { get; init; }

    /// <summary>An operator's unlock for a time; null without one.</summary>
    public UnlockOrder? Unlock { get; init; }

    /// <summary>The unlock hours; null while they are closed.</summary>
    public OpenHours? Hours { get; init; }

    /// <summary>Suspended hours that are not open now: of a previous run, or because the clock was set. Where they open again before
    /// their end, they are the same hours.</summary>
    public SuspendedHours? Suspended { get; init; }

    /// <summary>The mode: a lockdown is stronger than everything that unlocks.</summary>
    public DoorMode Mode => Lockdown is not null || Group is { IsInForce: true } ? DoorMode.Lockdown
        : Unlock is not null || Hours is { Hold: true } ? DoorMode.Unlocked : DoorMode.Normal;

    /// <summary>What a restart must know of the mode. Hours whose end is not known, such as those that never close, stay
    /// suspended.</summary>
    public LastingMode Lasting => new(Lockdown,
        Hours is { SuspendedBy: { } by, Until: var until } ? new SuspendedHours(until ?? DateTimeOffset.MaxValue, by) : Suspended, Group);
}
