namespace DoorAgent.Events;

/// <summary>One thing that happened at the door: log line, record and the simulation's table all come from it.</summary>
/// <param name="Time">Wall time.</param>
/// <param name="Sequence">Counts up by one, over restarts too; 0 for what the journal does not keep.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Reason">Why denied.</param>
/// <param name="PersonId">The person it is about.</param>
/// <param name="PersonName">Their name, for the reader of the log.</param>
/// <param name="BadgeHint">The badge, redacted.</param>
/// <param name="Distance">Distance of the deciding comparison.</param>
/// <param name="Threshold">Threshold it was held against.</param>
/// <param name="Encoder">Catalogue id of the encoder.</param>
/// <param name="Detail">More, in words.</param>
internal sealed record DoorEvent(DateTimeOffset Time, long Sequence, DoorEventKind Kind, DenyReason? Reason, long? PersonId,
    string? PersonName, string? BadgeHint, float? Distance, float? Threshold, string? Encoder, string? Detail)
{
    /// <summary>Whether the attempt that was under way ended with this; for whoever watches the running door, not kept in the journal.</summary>
    public bool EndsAttempt { get; init; }
}
