using DoorAgent.Auditing;
using DoorAgent.Events;

namespace DoorAgent.Hub;

/// <summary>A record of a door's journal as it leaves the house: no name, no badge, no distance. Who it was, the door's own journal
/// says.</summary>
/// <param name="Sequence">Number of the record in its journal.</param>
/// <param name="Time">The door's wall time, in round-trip form (ISO 8601 with offset).</param>
/// <param name="Kind">The kind's word, as in the journal.</param>
internal sealed record FleetEvent(long Sequence, string Time, string Kind)
{
    /// <summary>The reason's word; null without one.</summary>
    public string? Reason { get; init; }

    /// <summary>Number of the person in the door's gallery, of a duress alarm only: somebody may have to help.</summary>
    public long? Person { get; init; }

    /// <summary>What a technician should know beyond the kind; null for most kinds.</summary>
    public string? Detail { get; init; }

    /// <summary>Whether the event is an alarm.</summary>
    public bool IsAlarm { get; init; }

    /// <summary>Makes the event of a record that is already without what stays in the house.</summary>
    public static FleetEvent Of(DoorEvent sent) => new(sent.Sequence, EventWords.OfTime(sent), EventWords.OfKind(sent))
    {
        Reason = EventWords.OfReason(sent), Person = sent.PersonId, Detail = sent.Detail, IsAlarm = sent.IsAlarm(),
    };
}
