using System.Text.Json.Nodes;
using DoorAgent.Auditing;

namespace DoorAgent.Commands.Log;

/// <summary>Converts what a verification showed to the JSON of log verify --json (deploy/guide/evidence.md): fields are added, and none is
/// renamed or taken away.</summary>
internal static class ProofJson
{
    public static JsonObject Of(JournalProof proof) => new()
    {
        ["whole"] = proof.IsWhole,
        ["chained"] = proof.IsChained,
        ["records"] = proof.Records,
        ["first"] = proof.First,
        ["last"] = proof.Last,
        ["chainedFrom"] = proof.Keys is [var oldest, ..] ? oldest.Since : null,
        ["key"] = proof.Keys is [.., var newest] ? newest.Key : null,
        ["trust"] = Word(proof.Trust),
        ["checkpoints"] = proof.Checkpoints,
        ["signedTo"] = proof.SignedUpTo,
        ["anchoredTo"] = proof.Anchored?.Sequence,
        ["withoutKey"] = proof.WithoutChain,
        ["removed"] = new JsonArray([.. proof.Removed.Select(one => new JsonObject
        {
            ["first"] = one.First, ["last"] = one.Last, ["records"] = one.Records, ["archive"] = one.Archive, ["time"] = one.Time,
        })]),
        ["findings"] = new JsonArray([.. proof.Findings.Select(one => new JsonObject
        {
            ["fault"] = Word(one.Fault), ["first"] = one.First, ["last"] = one.Last, ["detail"] = one.More, ["words"] = one.Words,
        })]),
    };

    private static string Word(Enum value) => $"{char.ToLowerInvariant($"{value}"[0])}{$"{value}"[1..]}";
}
