using System.Text.Json.Nodes;
using DoorAgent.Auditing;
using DoorAgent.Events;

namespace DoorAgent.Commands.Log;

/// <summary>Converts an event to the JSON that every --json writes. Names and words are a contract with programs (deploy/guide/log.md, "For
/// programs"): fields are added, and none is renamed or taken away.</summary>
internal static class EventJson
{
    /// <summary>Returns the fields of an event; unknown values are null.</summary>
    public static JsonObject Of(DoorEvent entry) => new()
    {
        ["sequence"] = entry.Sequence,
        ["time"] = EventWords.OfTime(entry),
        ["kind"] = EventWords.OfKind(entry),
        ["event"] = entry.Kind is { } kind ? EventLines.Of(kind).Id : null,
        ["level"] = Explanation.Mark(DoorLog.LevelOf(entry)),
        ["reason"] = EventWords.OfReason(entry),
        ["personId"] = entry.PersonId,
        ["person"] = entry.PersonName,
        ["badge"] = entry.BadgeHint,
        ["distance"] = Rounded(entry.Distance),
        ["threshold"] = Rounded(entry.Threshold),
        ["encoder"] = entry.Encoder,
        ["detail"] = entry.Detail,
        ["erased"] = entry.IsErased,
    };

    // A single-precision number as it was meant: 0.412, not 0.41200000047683716.
    private static double? Rounded(float? number) => number is { } known ? Math.Round((double)known, 6) : null;
}
