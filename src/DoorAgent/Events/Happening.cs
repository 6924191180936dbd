using DoorAgent.Hardware.Badges;

namespace DoorAgent.Events;

/// <summary>Something that policy or door says has happened: a <c>DoorEvent</c> before it has a time and a number.</summary>
internal sealed record Happening(DoorEventKind Kind)
{
    public DenyReason? Reason { get; init; }

    public long? PersonId { get; init; }

    public Badge? Badge { get; init; }

    public float? Distance { get; init; }

    public float? Threshold { get; init; }

    /// <summary>Whether the attempt that was under way ended with this: a denial may be of another badge, beside an attempt that goes on.</summary>
    public bool EndsAttempt { get; init; }

    /// <summary>What a technician should know beyond the kind, in words; never a secret.</summary>
    public string? Detail { get; init; }
}
