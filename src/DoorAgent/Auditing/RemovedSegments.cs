using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>What retention removed from a journal.</summary>
/// <param name="Signed">The segments that the door signed and whose block a checkpoint confirms.</param>
/// <param name="Findings">Segments that the door did not sign, and records that are there although they were removed.</param>
internal sealed record RemovedSegments(IReadOnlyList<RemovedSegment> Signed, IReadOnlyList<ProofFinding> Findings)
{
    private readonly HashSet<long> _ends = [.. Signed.Select(one => one.Last)];

    /// <summary>Judges the segments of a journal.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="keys">The trusted public keys, by the id of the door's key.</param>
    /// <param name="checkpoints">The trusted checkpoints.</param>
    public static RemovedSegments Of(
        SqliteConnection journal, IReadOnlyDictionary<string, byte[]> keys, IReadOnlyList<Checkpoint> checkpoints)
    {
        Dictionary<string, JournalVerifier> verifiers = JournalVerifier.Of(keys);
        Dictionary<long, Checkpoint> ends = checkpoints.ToDictionary(one => one.Last);
        List<RemovedSegment> signed = [];
        List<ProofFinding> findings = [];
        foreach (RemovedSegment one in RemovedSegment.ReadAll(journal))
        {
            bool isDoors = verifiers.TryGetValue(one.Key, out JournalVerifier? key) && key.IsSignatureOf(one.Statement, one.Signature);
            bool isConfirmed = ends.TryGetValue(one.Last, out Checkpoint? block) && block.First == one.First
                && Checkpoint.Hex(block.Mac) == Checkpoint.Hex(one.After);
            if (!isDoors || !isConfirmed)
                findings.Add(new ProofFinding(ProofFault.Removed, one.First, one.Last));
            else if (Sqlite.Number(journal, "SELECT count(*) FROM event WHERE sequence BETWEEN $first AND $last",
                ("$first", one.First), ("$last", one.Last)) > 0)
                findings.Add(new ProofFinding(ProofFault.Inserted, one.First, one.Last, "the door had removed these numbers"));
            if (isDoors && isConfirmed)
                signed.Add(one);
        }

        foreach (JournalVerifier verifier in verifiers.Values)
            verifier.Dispose();
        return new RemovedSegments(signed, findings);
    }

    /// <summary>Whether a checkpoint's block was removed.</summary>
    public bool Has(Checkpoint block) => _ends.Contains(block.Last);
}
