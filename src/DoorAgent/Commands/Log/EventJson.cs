using System.Text.Json.Nodes;
using DoorAgent.Auditing;

namespace DoorAgent.Commands.Log;

/// <summary>An event as every --json writes it. Names and words are a contract with programs (deploy/guide/log.md, "For programs"):
/// fields are added, and none is renamed or taken away.</summary>
internal static class EventJson
{
    /// <summary>The fields of an event; what is not known is null.</summary>
    public static JsonObject Of(JournalEntry entry) => new()
    {
        ["sequence"] = entry.Sequence,
        ["time"] = entry.Time,
        ["kind"] = entry.Kind,
        ["event"] = entry.KnownKind is { } kind ? EventLines.Of(kind).Id : null,
        ["level"] = Explanation.Mark(entry.Level),
        ["reason"] = entry.Reason,
        ["personId"] = entry.PersonId,
        ["person"] = entry.Person,
        ["badge"] = entry.Badge,
        ["distance"] = entry.Distance,
        ["threshold"] = entry.Threshold,
        ["encoder"] = entry.Encoder,
        ["detail"] = entry.Detail,
    };
}
