using System.Globalization;
using System.Security.Cryptography;
using DoorAgent.Sealing;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>
/// The end of the chain of records, where the door goes on: every record gets the mac of the record before and of itself, and every block
/// of records a signed checkpoint. The chain in memory is the true one: where another program changed the file meanwhile, the next record
/// continues what the door wrote, and the gap shows ever after. One thread at a time.
/// </summary>
internal sealed class JournalChain : IDisposable
{
    /// <summary>The first format whose records have macs.</summary>
    public const int FirstFormat = 4;

    /// <summary>Number of records after which a checkpoint is signed.</summary>
    public const int BlockLength = 1000;

    /// <summary>Time after which a checkpoint is signed even when the block is not full.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>What ends each line of a block.</summary>
    internal static readonly byte[] LineFeed = [(byte)'\n'];

    private readonly DoorKey _door;
    private readonly JournalSigner _signer;
    private readonly TimeProvider _time;
    private readonly CanonicalRecord _record = new();
    private readonly IncrementalHash _block = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _next = new byte[RecordMac.Length];
    private byte[] _last = RecordMac.None;
    private byte[] _previous = new byte[SHA256.HashSizeInBytes];
    private bool _hasMacs;
    private long _first = 1;
    private long _records;
    private long _lastRecord;
    private DateTimeOffset _signedAt;

    internal JournalChain(DoorKey door, TimeProvider time)
    {
        (_door, _time, _signer) = (door, time, new JournalSigner(door));
        Macs = new RecordMac(RecordMac.KeyOf(door));
        _signedAt = time.GetUtcNow();
    }

    /// <summary>The macs of the chain's key.</summary>
    public RecordMac Macs { get; }

    /// <summary>The last number that is used; the next one must be larger.</summary>
    public long LastSequence { get; private set; }

    /// <summary>The mac of the newest record; null where no record has one.</summary>
    public byte[]? LastMac => _hasMacs ? _last : null;

    internal JournalSigner Signer => _signer;

    /// <summary>Makes the mac of the next record, which <see cref="Note(long)"/> makes valid when the record is written.</summary>
    /// <param name="values">The record's values, as <see cref="EventRow.Write"/> returns them.</param>
    public byte[] Next(IEnumerable<object?> values)
    {
        Macs.Of(_last, _record.Of(values), _next);
        return [.. _next];
    }

    /// <summary>Notes that the record of the last <see cref="Next"/> is on the disk.</summary>
    public void Note(long sequence) => Add(sequence, _record.Line, _next);

    /// <summary>Returns why a checkpoint is due; null when none is.</summary>
    public string? Due() => _records >= BlockLength ? CheckpointReason.Count
        : _records > 0 && (_time.GetUtcNow() - _signedAt).Duration() >= Longest ? CheckpointReason.Day : null;

    /// <summary>Signs a checkpoint for the records since the last one, which <see cref="Note(Checkpoint)"/> makes valid when the checkpoint
    /// is written; null when there are none.</summary>
    public Checkpoint? Sign(string reason) => _records == 0 ? null : new Checkpoint(_first, _lastRecord, _records, LastMac,
        _block.GetCurrentHash(), _previous, Now(), reason, _door.Id).SignedBy(_signer);

    /// <summary>Notes that a checkpoint is on the disk.</summary>
    public void Note(Checkpoint written)
    {
        _block.GetHashAndReset();
        (_first, _records, _previous, _signedAt) = (written.Last + 1, 0, written.Identity, _time.GetUtcNow());
    }

    /// <summary>Writes the row of the chain's key where the file has none, because it was replaced.</summary>
    public void EnsureKey(SqliteConnection journal)
    {
        if (JournalKeyRow.ReadAll(journal) is not [.., var newest] || newest.Key != _door.Id)
            WriteKey(journal, before: null);
    }

    /// <summary>Signs that the door removes a block of records.</summary>
    public RemovedSegment Sign(RemovedSegment block) => (block with { Time = Now(), Key = _door.Id }).SignedBy(_signer);

    /// <summary>Whether the newest record of a file is the one that the chain ends with.</summary>
    public bool EndsAt(SqliteConnection journal) => LastMac is null
        || JournalHead.Of(journal)?.Mac == Convert.ToHexStringLower(LastMac);

    public void Dispose()
    {
        _signer.Dispose();
        _block.Dispose();
        Macs.Dispose();
    }

    /// <summary>Begins after a checkpoint, or at the beginning of the journal.</summary>
    internal void StartAfter(Checkpoint? newest, long lastSequence)
    {
        LastSequence = Math.Max(lastSequence, newest?.Last ?? 0);
        if (newest is null)
            return;
        (_first, _previous) = (newest.Last + 1, newest.Identity);
        (_hasMacs, _last) = (newest.Mac is not null, newest.Mac ?? RecordMac.None);
        if (DateTimeOffset.TryParseExact(newest.Time, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset at))
            _signedAt = at;
    }

    /// <summary>Adds a record that the file has.</summary>
    internal void Add(long sequence, ReadOnlySpan<byte> line, ReadOnlySpan<byte> mac)
    {
        _block.AppendData(line);
        _block.AppendData(LineFeed);
        _records++;
        _lastRecord = sequence;
        LastSequence = Math.Max(LastSequence, sequence);
        if (mac.IsEmpty)
            return;
        (_hasMacs, _last) = (true, mac.ToArray());
    }

    /// <summary>Writes the row of the chain's key, for the records from the next one on.</summary>
    internal void WriteKey(SqliteConnection journal, JournalSigner? before)
    {
        // Two keys may follow each other without a record between them: the first keeps a number.
        if (JournalKeyRow.ReadAll(journal) is [.., var newest])
            LastSequence = Math.Max(LastSequence, newest.Since);
        JournalKeyRow.Of(_door, _signer, LastSequence + 1, before).Write(journal);
    }

    /// <summary>Writes a checkpoint where there is a record to sign, within the caller's transaction.</summary>
    internal void WriteCheckpoint(SqliteConnection journal, string reason)
    {
        if (Sign(reason) is not { } made)
            return;
        made.Write(journal);
        Note(made);
    }

    /// <summary>Number of the records since the last checkpoint.</summary>
    internal long Unsigned => _records;

    private string Now() => _time.GetLocalNow().ToString("O", CultureInfo.InvariantCulture);
}
