using System.Text.Json;

namespace DoorAgent.Hub;

/// <summary>
/// Records of one journal of a door, one message of the stream of events. The batches of a journal follow each other: each begins after the
/// one before ends, and says how many records between the two the door had removed.
/// </summary>
/// <param name="Journal">Id of the journal. A door whose journal was replaced begins another one at its first record.</param>
/// <param name="From">Number of the first record.</param>
/// <param name="To">Number of the last record.</param>
/// <param name="Mark">Mark of the last record, by which the door finds out whether its journal is still this one.</param>
internal sealed record EventBatch(string Journal, long From, long To, string Mark)
{
    /// <summary>In the first batch of a journal, the id of the journal before; null in the door's very first, and in every other one.</summary>
    public string? Previous { get; init; }

    /// <summary>How many records before the first one the door had removed before they could be sent.</summary>
    public long Removed { get; init; }

    /// <summary>The records, oldest first.</summary>
    public IReadOnlyList<FleetEvent> Events { get; init; } = [];

    /// <summary>Returns the batch as a message.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, HubJson.Options);

    /// <summary>Reads a message; null for one that is not a batch.</summary>
    public static EventBatch? Find(ReadOnlySpan<byte> message) =>
        HubJson.Find<EventBatch>(message) is { From: > 0 } batch && batch.To >= batch.From ? batch : null;
}

/// <summary>An alarm of a door, or the end of one, one message of the stream of alarms. The record comes in a batch of events too; the stream
/// may have an alarm twice, with the same journal and number.</summary>
/// <param name="Journal">Id of the journal, as in the batch.</param>
/// <param name="Event">The record.</param>
internal sealed record FleetAlarm(string Journal, FleetEvent Event)
{
    /// <summary>Returns the alarm as a message.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, HubJson.Options);

    /// <summary>Reads a message; null for one that is not an alarm.</summary>
    public static FleetAlarm? Find(ReadOnlySpan<byte> message) => HubJson.Find<FleetAlarm>(message);
}
