using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>A block of records to verify: those of a checkpoint, or those after the last one.</summary>
/// <param name="After">The number before the first.</param>
/// <param name="Last">The last number.</param>
/// <param name="Before">The mac of the last record before the block.</param>
/// <param name="Signed">Its checkpoint; null for the end of the journal.</param>
internal sealed record RecordBlock(long After, long Last, byte[] Before, Checkpoint? Signed);

/// <summary>A record that does not continue the one before.</summary>
/// <param name="Sequence">Its number.</param>
/// <param name="Line">Its canonical line.</param>
/// <param name="Mac">Its mac.</param>
/// <param name="Before">The mac of the record before.</param>
internal sealed record SuspectRecord(long Sequence, byte[] Line, byte[] Mac, byte[] Before);

/// <summary>What was found in a block.</summary>
/// <param name="Records">Number of its records.</param>
/// <param name="Findings">What its macs do not agree with.</param>
/// <param name="IsSigned">Whether the records are those of the block's checkpoint; true for a block without one.</param>
internal sealed record CheckedBlock(long Records, IReadOnlyList<ProofFinding> Findings, bool IsSigned)
{
    /// <summary>The first records that do not continue the one before, for <see cref="ExchangedRecords"/>.</summary>
    public IReadOnlyList<SuspectRecord> Suspects { get; init; } = [];
}

/// <summary>
/// Verifies blocks of records: each mac with the one before, and all lines with the checkpoint. The macs stand in the file, so that each
/// record is verified by itself and blocks in any order; and where a mac does not fit, those after it show what was done: a record that
/// fits the last good one has inserted ones before it. One thread at a time.
/// </summary>
internal sealed class BlockCheck(SqliteConnection journal, ChainKeys keys) : IDisposable
{
    /// <summary>Number of records of a block that are compared with each other for an exchange.</summary>
    private const int MostSuspects = 100;

    private static readonly byte[] LineFeed = [(byte)'\n'];

    private readonly CanonicalRecord _record = new();
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _expected = new byte[RecordMac.Length];
    private readonly byte[] _before = new byte[RecordMac.Length];
    private readonly byte[] _good = new byte[RecordMac.Length];

    // What the mac of the record before would be if only macs were changed since the last good one.
    private readonly byte[] _own = new byte[RecordMac.Length];
    private List<ProofFinding> _findings = [];
    private List<SuspectRecord> _suspects = [];
    private (long First, long Last)? _run, _unproven;

    public CheckedBlock Run(RecordBlock block)
    {
        (_findings, _suspects, _run, _unproven) = ([], [], null, null);
        Accept(block.Before);
        (long records, long number) = (0, block.After);
        using RecordRows rows = new(journal, block.After, block.Last);
        for (; rows.Read(); records++)
        {
            ReadOnlySpan<byte> line = _record.Of(rows.Row);
            _digest.AppendData(line);
            _digest.AppendData(LineFeed);
            Check(rows.Sequence, number, line, rows.Mac);
            number = rows.Sequence;
        }

        EndRun();
        EndUnproven();
        // A checkpoint ends with a record.
        if (block.Signed is not null && number < block.Last)
            _findings.Add(new ProofFinding(ProofFault.Missing, number + 1, block.Last));
        bool isSigned = _digest.GetHashAndReset() is var digest && (block.Signed is not { } signed
            || (signed.Records == records && digest.AsSpan().SequenceEqual(signed.Digest)));
        return new CheckedBlock(records, _findings, isSigned) { Suspects = _suspects };
    }

    public void Dispose()
    {
        _digest.Dispose();
        keys.Dispose();
    }

    private void Check(long sequence, long before, ReadOnlySpan<byte> line, ReadOnlySpan<byte> mac)
    {
        if (sequence < keys.First)
            return;
        if (mac.IsEmpty)
        {
            EndRun();
            _unproven = (_unproven?.First ?? sequence, sequence);
            keys.Of(sequence)?.Of(_own, line, _own);
            return;
        }

        EndUnproven();
        if (keys.Of(sequence) is not { } macs || Fits(macs, _before, line, mac))
        {
            EndRun();
            Accept(mac);
            return;
        }

        if (Ends(macs, line, mac))
        {
            Accept(mac);
            return;
        }

        if (_run is null && sequence > before + 1)
        {
            _findings.Add(new ProofFinding(ProofFault.Missing, before + 1, sequence - 1));
            Accept(mac);
            return;
        }

        if (_suspects.Count < MostSuspects)
            _suspects.Add(new SuspectRecord(sequence, line.ToArray(), mac.ToArray(), [.. _before]));
        macs.Of(_own, line, _own);
        _run = (_run?.First ?? sequence, sequence);
        Continue(mac);
    }

    /// <summary>Whether a record that does not fit the one before shows what those before it are: it fits the last good record, so that
    /// they were inserted, or the mac that their own content gives, so that only their macs were changed.</summary>
    private bool Ends(RecordMac macs, ReadOnlySpan<byte> line, ReadOnlySpan<byte> mac)
    {
        if (_run is var (first, last) && Fits(macs, _good, line, mac))
        {
            _findings.Add(new ProofFinding(ProofFault.Inserted, first, last));
            _suspects.RemoveAll(one => one.Sequence >= first);
            _run = null;
            return true;
        }

        if (!Fits(macs, _own, line, mac))
            return false;
        EndRun();
        return true;
    }

    private void Accept(ReadOnlySpan<byte> mac)
    {
        Continue(mac);
        _before.CopyTo(_good, 0);
        _before.CopyTo(_own, 0);
    }

    private bool Fits(RecordMac macs, ReadOnlySpan<byte> before, ReadOnlySpan<byte> line, ReadOnlySpan<byte> mac)
    {
        macs.Of(before, line, _expected);
        return mac.SequenceEqual(_expected);
    }

    private void Continue(ReadOnlySpan<byte> mac)
    {
        if (mac.Length == RecordMac.Length)
            mac.CopyTo(_before);
    }

    private void EndRun()
    {
        if (_run is var (first, last))
            _findings.Add(new ProofFinding(ProofFault.Changed, first, last));
        _run = null;
    }

    private void EndUnproven()
    {
        if (_unproven is var (first, last))
            _findings.Add(new ProofFinding(ProofFault.Unproven, first, last,
                "written while the door had no key, or by another program"));
        _unproven = null;
    }
}
