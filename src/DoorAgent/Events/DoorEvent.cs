namespace DoorAgent.Events;

/// <summary>
/// One event at the door, on the whole way from the rule that raises it to the journal and back. The log line, the record, the status and
/// the simulation's table show the event. The rules raise events; the recorder adds time, number, name and encoder. No part can hold a
/// badge's number.
/// </summary>
/// <param name="Kind">What happened; null only for a record whose kind this dooragent does not know (<see cref="Unread"/>).</param>
internal sealed record DoorEvent(DoorEventKind? Kind)
{
    /// <summary>The wall time; null before the event is recorded, and for a record whose time cannot be read.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The number of the record, which grows by one and continues after a restart; 0 before the event is recorded, and for an
    /// event that the journal does not keep.</summary>
    public long Sequence { get; init; }

    /// <summary>The reason of a denial, or why a badge that opens the way out would not open the way in; null for other events.</summary>
    public DenyReason? Reason { get; init; }

    /// <summary>The gallery's row of the person concerned; null where no person is known.</summary>
    public long? PersonId { get; init; }

    /// <summary>The person's name at the time of the event.</summary>
    public string? PersonName { get; init; }

    /// <summary>Whether the journal knew the person's name, and an operator erased the name.</summary>
    public bool IsErased { get; init; }

    /// <summary>The badge as logs show it: format and last two digits.</summary>
    public string? BadgeHint { get; init; }

    /// <summary>Distance of the deciding comparison, 0 to 2.</summary>
    public float? Distance { get; init; }

    /// <summary>The threshold that the distance had to be below, 0 to 2.</summary>
    public float? Threshold { get; init; }

    /// <summary>Catalogue id of the encoder that made the comparison.</summary>
    public string? Encoder { get; init; }

    /// <summary>Whether this event ended the current attempt; a denial can concern another badge while the attempt goes on. Observers of
    /// the running door read this flag; the journal does not keep it.</summary>
    public bool EndsAttempt { get; init; }

    /// <summary>What a technician should know beyond the kind; never a secret. A name in it is a <see cref="PersonReference"/> until the
    /// event is recorded.</summary>
    public string? Detail { get; init; }

    /// <summary>The words of a record that a newer dooragent wrote and this one does not know; null for every other event.</summary>
    public UnreadWords? Unread { get; init; }
}

/// <summary>The words of a record that this dooragent cannot read as values; each is null where the value could be read.</summary>
/// <param name="Kind">The kind's word.</param>
/// <param name="Reason">The reason's word.</param>
/// <param name="Time">The time's text.</param>
internal sealed record UnreadWords(string? Kind, string? Reason, string? Time);
