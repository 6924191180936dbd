using System.Globalization;
using System.Security.Cryptography;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>
/// Finds where the chain of a journal goes on, at a start: compares the last signed block with its checkpoint, and checks the macs of the
/// records since. Where they do not continue, that is reported, a checkpoint says so from then on, and the door goes on after them. A journal
/// without a chain gets one: its records are signed as they are, in blocks.
/// </summary>
internal sealed class JournalChainStart
{
    private readonly SqliteConnection _journal;
    private readonly JournalChain _chain;
    private readonly List<string> _findings = [];

    private JournalChainStart(SqliteConnection journal, JournalChain chain) => (_journal, _chain) = (journal, chain);

    /// <summary>Opens the chain in one transaction.</summary>
    /// <param name="journal">The journal, of a format with macs.</param>
    /// <param name="keys">The door's keys, at least one.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The chain, and why the journal does not continue as the door wrote it; null when it does.</returns>
    public static (JournalChain Chain, string? Finding) Open(SqliteConnection journal, KeyRing keys, TimeProvider time)
    {
        using SqliteTransaction all = journal.BeginTransaction(deferred: false);
        (JournalChain chain, string? finding) = OpenWithin(journal, keys, time);
        all.Commit();
        return (chain, finding);
    }

    /// <summary>Opens the chain within the caller's transaction.</summary>
    internal static (JournalChain Chain, string? Finding) OpenWithin(SqliteConnection journal, KeyRing keys, TimeProvider time)
    {
        IReadOnlyList<JournalKeyRow> rows = JournalKeyRow.ReadAll(journal);
        DoorKey door = (rows is [.., var newest] ? keys.Find(newest.Key) : null) ?? keys.Newest
            ?? throw new ArgumentException("A chain needs a key.", nameof(keys));
        JournalChain chain = new(door, time);
        try
        {
            JournalChainStart start = new(journal, chain);
            start.Run(rows, door);
            return (chain, start._findings.Count == 0 ? null : "the journal does not continue as this door wrote it: "
                + $"{string.Join("; ", start._findings)}. 'dooragent log verify' shows where. The door goes on, and its next records "
                + "continue from here");
        }
        catch
        {
            chain.Dispose();
            throw;
        }
    }

    private void Run(IReadOnlyList<JournalKeyRow> rows, DoorKey door)
    {
        Checkpoint? newest = Checkpoint.Newest(_journal);
        long last = Math.Max(Sqlite.Number(_journal, "SELECT ifnull(max(sequence), 0) FROM event"),
            rows is [.., var row] ? row.Since - 1 : 0);
        _chain.StartAfter(newest, last);
        bool isBegun = rows.Count > 0 || newest is not null || JournalHead.Of(_journal) is not null;
        bool continues = rows is [.., var key] && key.Key == door.Id;
        if (newest is not null)
            CheckNewest(newest, last, door);
        if (newest is not null && newest.Last <= last)
            CheckBlock(newest);
        if (isBegun && !continues)
            _findings.Add(rows is [.., var missing]
                ? $"its last records were made with the key {missing.Key}, which this door does not have"
                : "its keys are missing");
        ReadBlock(newest, isBegun, continues);
        if (continues && _findings.Count == 0)
            return;
        _chain.WriteCheckpoint(_journal, isBegun ? CheckpointReason.Unproven : CheckpointReason.Begin);
        if (continues)
            return;
        _chain.WriteKey(_journal, before: null);
        if (!isBegun)
            JournalNameWriter.AddMacs(_journal, _chain.Macs);
    }

    private void CheckNewest(Checkpoint newest, long last, DoorKey door)
    {
        using JournalVerifier own = new(_chain.Signer.PublicKey);
        if (newest.Key == door.Id && !own.IsSignatureOf(newest.Statement, newest.Signature))
            _findings.Add($"the checkpoint at record {newest.Last} is not signed by this door");
        if (newest.Last > last)
            _findings.Add($"{Range(last + 1, newest.Last)} missing at the end");
    }

    /// <summary>Compares the records of the newest checkpoint with its digest: whoever wants to hide what happened last changes the records
    /// before a clean stop.</summary>
    private void CheckBlock(Checkpoint newest)
    {
        CanonicalRecord record = new();
        using IncrementalHash lines = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[]? mac = null;
        using RecordRows rows = new(_journal, newest.First - 1, newest.Last);
        while (rows.Read())
        {
            lines.AppendData(record.Of(rows.Row));
            lines.AppendData(JournalChain.LineFeed);
            mac = rows.Mac.IsEmpty ? mac : rows.Mac.ToArray();
        }

        // Retention keeps the newest records, so the block is never one that the door has removed. Records that were written without the
        // key have no mac, and the checkpoint has an earlier one.
        if (!lines.GetHashAndReset().AsSpan().SequenceEqual(newest.Digest)
            || (mac is not null && !mac.AsSpan().SequenceEqual(newest.Mac)))
            _findings.Add($"{Range(newest.First, newest.Last)} not as they were signed");
    }

    private void ReadBlock(Checkpoint? newest, bool isBegun, bool continues)
    {
        CanonicalRecord record = new();
        byte[] mac = new byte[RecordMac.Length], before = _chain.LastMac ?? RecordMac.None;
        (long First, long Last)? changed = null, without = null;
        using RecordRows rows = new(_journal, newest?.Last ?? 0, long.MaxValue);
        while (rows.Read())
        {
            ReadOnlySpan<byte> line = record.Of(rows.Row), stored = rows.Mac;
            if (continues && stored.IsEmpty)
            {
                without = (without?.First ?? rows.Sequence, rows.Sequence);
            }
            else if (continues)
            {
                _chain.Macs.Of(before, line, mac);
                if (!stored.SequenceEqual(mac))
                    changed = (changed?.First ?? rows.Sequence, rows.Sequence);
                before = stored.Length == RecordMac.Length ? stored.ToArray() : before;
            }

            _chain.Add(rows.Sequence, line, stored.Length == RecordMac.Length ? stored : []);
            // Only a chain that begins finds more than a block.
            if (_chain.Unsigned == JournalChain.BlockLength && (!continues || without is not null || changed is not null))
                _chain.WriteCheckpoint(_journal, isBegun ? CheckpointReason.Unproven : CheckpointReason.Begin);
        }

        if (changed is var (first, end))
            _findings.Add($"{Range(first, end)} changed, or after missing ones");
        if (without is var (from, to))
            _findings.Add($"{Range(from, to)} without proof: written while the door had no key, or by another program");
    }

    private static string Range(long first, long last) => string.Create(CultureInfo.InvariantCulture, $"{(first == last
        ? $"record {first} is" : $"records {first} to {last} are")}");
}
