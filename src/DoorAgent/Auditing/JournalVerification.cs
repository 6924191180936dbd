using DoorAgent.Sealing;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>
/// Verifies a journal: that every record, checkpoint and name is as the door wrote it, and what was done where one is not. With the door's
/// key every record is verified by itself; with the public key alone, blocks of records by their checkpoints.
/// </summary>
/// <param name="path">The journal, which a door may write meanwhile.</param>
/// <param name="ring">The door's keys, as far as this process has them.</param>
internal sealed class JournalVerification(string path, KeyRing ring)
{
    /// <summary>A public key that is known to be the door's; null for none.</summary>
    public byte[]? PublicKey { get; init; }

    /// <summary>The newest head outside of the journal; null without an anchor.</summary>
    public JournalHead? Anchored { get; init; }

    /// <summary>Verifies, and reports the share that is done.</summary>
    /// <exception cref="UserErrorException">The journal is missing, damaged, of a newer format or cannot be read.</exception>
    public JournalProof Run(IProgress<double>? progress = null) => JournalFile.Reading(path, () =>
    {
        using SqliteConnection journal = JournalFile.OpenToRead(path);
        // The transaction keeps the answer consistent while a door writes.
        using SqliteTransaction moment = journal.BeginTransaction(deferred: true);
        (long first, long last) = (Number(journal, "min"), Number(journal, "max"));
        if (JournalSchema.Format(journal) < JournalChain.FirstFormat || JournalKeyRow.ReadAll(journal) is not { Count: > 0 } rows)
            return Unchained(journal, first, last);
        TrustedKeys keys = TrustedKeys.Of(rows, ring, PublicKey);
        CheckpointTrust checkpoints = CheckpointTrust.Of(Checkpoint.Read(journal, "1 = 1 ORDER BY last"), keys.Public);
        RemovedSegments removed = RemovedSegments.Of(journal, keys.Public, checkpoints.Trusted);
        IReadOnlyList<RecordBlock> blocks = Blocks(journal, checkpoints.Trusted, removed, last);
        (long records, List<ProofFinding> found) = new BlockWorkers(path, journal, keys.Chain).Run(blocks, progress);
        List<ProofFinding> findings = [.. keys.Findings, .. checkpoints.Findings, .. removed.Findings, .. found,
            .. Names(journal, keys.Chain), .. UsedGallery(journal), .. AtTheEnd(journal, checkpoints.Trusted, last)];
        return new JournalProof(records, first, last, rows, [.. findings.Distinct().OrderBy(finding => finding.First)])
        {
            Checkpoints = checkpoints.Trusted.Count,
            SignedUpTo = checkpoints.Trusted is [.., var newest] ? Math.Min(newest.Last, last) : 0,
            Removed = removed.Signed,
            Anchored = Anchored,
            Trust = keys.Trust,
            WithoutChain = keys.Chain.Any(key => key.Key is null) ? ring.Absence ?? "a key of the journal is not here" : null,
        };
    });

    /// <summary>Reads the keys of a journal, the first first; none where it has no chain.</summary>
    /// <exception cref="UserErrorException">The journal is missing, damaged, of a newer format or cannot be read.</exception>
    public static IReadOnlyList<JournalKeyRow> KeysOf(string path) => JournalFile.Reading(path, () =>
    {
        using SqliteConnection journal = JournalFile.OpenToRead(path);
        return JournalSchema.Format(journal) < JournalChain.FirstFormat ? [] : JournalKeyRow.ReadAll(journal);
    });

    /// <summary>A journal without a key: the chain has not begun, or somebody has removed the keys.</summary>
    private JournalProof Unchained(SqliteConnection journal, long first, long last) =>
        new(Sqlite.Number(journal, "SELECT count(*) FROM event"), first, last, [],
            JournalSchema.Format(journal) >= JournalChain.FirstFormat && Sqlite.Number(journal, "SELECT EXISTS (SELECT 1 FROM checkpoint) "
                + "OR EXISTS (SELECT 1 FROM event WHERE mac IS NOT NULL)") == 1
                ? [new ProofFinding(ProofFault.Key, first, last, "the keys of the journal were removed")] : []) { Anchored = Anchored };

    private static long Number(SqliteConnection journal, string function) =>
        Sqlite.Number(journal, $"SELECT ifnull({function}(sequence), 0) FROM event");

    private static List<RecordBlock> Blocks(
        SqliteConnection journal, IReadOnlyList<Checkpoint> checkpoints, RemovedSegments removed, long last)
    {
        List<RecordBlock> blocks = [];
        (long after, byte[] before) = (0, RecordMac.None);
        foreach (Checkpoint one in checkpoints)
        {
            // Where a checkpoint is missing, its records belong to no block, and are verified by their macs.
            if (one.First > after + 1)
            {
                blocks.Add(new RecordBlock(after, one.First - 1, before, null));
                before = MacBefore(journal, one.First);
            }

            if (one.Last <= last && !removed.Has(one))
                blocks.Add(new RecordBlock(one.First - 1, one.Last, before, one));
            else if (one.Last > last && one.First <= last)
                blocks.Add(new RecordBlock(one.First - 1, last, before, null));
            (after, before) = (one.Last, one.Mac ?? RecordMac.None);
        }

        if (after < last)
            blocks.Add(new RecordBlock(after, last, before, null));
        return blocks;
    }

    private static byte[] MacBefore(SqliteConnection journal, long sequence) => Sqlite.Scalar(journal,
        "SELECT mac FROM event WHERE sequence < $sequence AND length(mac) = 32 ORDER BY sequence DESC LIMIT 1", ("$sequence", sequence))
        as byte[] ?? RecordMac.None;

    private static List<ProofFinding> Names(SqliteConnection journal, IReadOnlyList<(long, byte[]?)> chain)
    {
        using ChainKeys keys = new(chain);
        using SqliteCommand command =
            Sqlite.Command(journal, "SELECT person, since, name, mac FROM journal_name WHERE name IS NOT NULL ORDER BY since");
        using SqliteDataReader row = command.ExecuteReader();
        List<ProofFinding> findings = [];
        while (row.Read())
        {
            (long person, long since) = (row.GetInt64(0), row.GetInt64(1));
            if (keys.OfName(since) is { } macs && (row.IsDBNull(3)
                || !row.GetFieldValue<byte[]>(3).AsSpan().SequenceEqual(macs.OfName(person, since, row.GetString(2)))))
                findings.Add(new ProofFinding(ProofFault.Name, since, since, $"person {person}"));
        }

        return findings;
    }

    private IEnumerable<ProofFinding> UsedGallery(SqliteConnection journal)
    {
        if (ring.Newest is not null && LoadedGallery.NewestIn(journal, ring) is var (sequence, revision, _)
            && Sqlite.Number(journal, "SELECT ifnull(max(revision), -1) FROM gallery_used") < revision)
            yield return new ProofFinding(ProofFault.Gallery, sequence, sequence, FormattableString.Invariant($"revision {revision}"));
    }

    private IEnumerable<ProofFinding> AtTheEnd(SqliteConnection journal, IReadOnlyList<Checkpoint> checkpoints, long last)
    {
        long end = Math.Max(checkpoints is [.., var newest] ? newest.Last : 0, Anchored?.Sequence ?? 0);
        if (end > last)
            yield return new ProofFinding(ProofFault.CutOff, last + 1, end);
        else if (Anchored is { Mac: { } mac } anchored && Sqlite.Scalar(journal, "SELECT mac FROM event WHERE sequence = $sequence",
            ("$sequence", anchored.Sequence)) is var found && (found is byte[] is false || Convert.ToHexStringLower((byte[])found) != mac)
            && !IsRemoved(journal, anchored.Sequence))
            yield return new ProofFinding(ProofFault.Replaced, anchored.Sequence, anchored.Sequence);
    }

    private static bool IsRemoved(SqliteConnection journal, long sequence) => Sqlite.Number(journal,
        "SELECT count(*) FROM segment WHERE first <= $sequence AND last >= $sequence", ("$sequence", sequence)) > 0;
}
