namespace DoorAgent.Events;

/// <summary>
/// One thing that happened at the door, from the rule that raises it to the journal and back; log line, record, status and the simulation's
/// table show it. The rules say what happened; the recorder adds time, number, name and encoder. No part of it can hold a badge's number.
/// </summary>
/// <param name="Kind">What happened; null only for a record whose kind this dooragent does not know (<see cref="Unread"/>).</param>
internal sealed record DoorEvent(DoorEventKind? Kind)
{
    /// <summary>Wall time; null before it is recorded, and for a record whose time cannot be read.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Counts up by one, over restarts too; 0 before it is recorded, and for what the journal does not keep.</summary>
    public long Sequence { get; init; }

    /// <summary>Why denied.</summary>
    public DenyReason? Reason { get; init; }

    /// <summary>The person it is about: the gallery's row.</summary>
    public long? PersonId { get; init; }

    /// <summary>Their name when it happened.</summary>
    public string? PersonName { get; init; }

    /// <summary>The badge as logs show it: format and last two digits.</summary>
    public string? BadgeHint { get; init; }

    /// <summary>Distance of the deciding comparison, 0 to 2.</summary>
    public float? Distance { get; init; }

    /// <summary>What the distance had to be below, 0 to 2.</summary>
    public float? Threshold { get; init; }

    /// <summary>Catalogue id of the encoder that made the comparison.</summary>
    public string? Encoder { get; init; }

    /// <summary>Whether the attempt that was under way ended with this: a denial may be of another badge, beside an attempt that goes on. For
    /// whoever watches the running door; the journal does not keep it.</summary>
    public bool EndsAttempt { get; init; }

    /// <summary>What a technician should know beyond the kind, in words; never a secret.</summary>
    public string? Detail { get; init; }

    /// <summary>The words of a record that this dooragent does not know, since a newer one wrote it; null for every other event.</summary>
    public UnreadWords? Unread { get; init; }
}

/// <summary>What a record says in words that stand for no value here; null for each word that was read.</summary>
/// <param name="Kind">The kind's word.</param>
/// <param name="Reason">The reason's word.</param>
/// <param name="Time">The time's text.</param>
internal sealed record UnreadWords(string? Kind, string? Reason, string? Time);
