using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>What was exported.</summary>
/// <param name="Records">How many records.</param>
/// <param name="First">The first; 0 where there is none.</param>
/// <param name="Last">The last; 0 where there is none.</param>
/// <param name="IsProven">Whether a proof stands beside the file; a journal without a chain has none.</param>
/// <param name="Left">How many of the newest records were left out, because no checkpoint signs them yet and the door's key is not
/// here.</param>
internal sealed record ExportedRecords(long Records, long First, long Last, bool IsProven, long Left);

/// <summary>
/// Writes records of a journal into a file with its proof beside it. Checkpoints sign blocks, so that an export begins with the block of
/// the first record that was asked for; the records after the last checkpoint are signed for the export where the door's key is here.
/// </summary>
internal sealed class JournalExport(string path, KeyRing ring, TimeProvider time)
{
    private const int BufferSize = 1 << 16;

    /// <summary>Exports records.</summary>
    /// <param name="file">The file; one that exists is replaced.</param>
    /// <param name="format">Its form.</param>
    /// <param name="since">From the first record of this time on; null for all.</param>
    /// <param name="upTo">The last record; null for the newest.</param>
    /// <param name="progress">Receives the share that is done.</param>
    /// <exception cref="UserErrorException">The journal cannot be read.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public ExportedRecords Run(string file, ExportFormat format, DateTimeOffset? since = null, long? upTo = null,
        IProgress<double>? progress = null) => JournalFile.Reading(path, () =>
    {
        using SqliteConnection journal = JournalFile.OpenToRead(path);
        using SqliteTransaction moment = journal.BeginTransaction(deferred: true);
        if (JournalSchema.Format(journal) < JournalChain.FirstFormat)
            throw new UserErrorException($"The journal {path} has an older format and cannot be exported. The door upgrades the journal "
                + "when it starts: 'sudo systemctl restart dooragent'.");
        IReadOnlyList<JournalKeyRow> keys = JournalKeyRow.ReadAll(journal);
        DoorKey? door = keys is [.., var newest] ? ring.Find(newest.Key) : null;
        IReadOnlyList<Checkpoint> checkpoints = Checkpoint.Read(journal, "1 = 1 ORDER BY last");
        long newestRecord = Sqlite.Number(journal, "SELECT ifnull(max(sequence), 0) FROM event"), last = upTo ?? newestRecord;
        long first = FirstOf(journal, since);
        first = checkpoints.FirstOrDefault(one => one.First <= first && first <= one.Last)?.First ?? first;
        long signed = checkpoints is [.., var end] ? end.Last : 0, left = 0;
        if (keys.Count > 0 && door is null && signed < last)
        {
            left = Sqlite.Number(journal, "SELECT count(*) FROM event WHERE sequence > $signed AND sequence >= $first",
                ("$signed", signed), ("$first", first));
            last = signed;
        }

        // The end is signed as a whole.
        if (keys.Count > 0 && signed < last && first <= newestRecord)
            first = Math.Min(first, signed + 1);
        ExportedFile written = WriteRecords(journal, file, format, first, last, signed, progress);
        if (keys.Count > 0 && written.Records > 0)
        {
            List<Checkpoint> blocks = [.. checkpoints.Where(one => one.First >= first && one.Last <= last)];
            if (door is not null && signed < last)
                blocks.Add(Tail(checkpoints, written, door));
            ExportProof.Write(file, blocks, keys, door, written.Digest, time.GetLocalNow());
        }

        return new ExportedRecords(written.Records, written.First, written.Last, keys.Count > 0 && written.Records > 0, left);
    });

    private static long FirstOf(SqliteConnection journal, DateTimeOffset? since)
    {
        (string condition, (string, object?)[] values) = new JournalFilter(Since: since).Condition();
        return Sqlite.Number(journal, $"SELECT ifnull((SELECT min(sequence) FROM event WHERE {condition}), "
            + "(SELECT ifnull(max(sequence), 0) + 1 FROM event))", values);
    }

    private Checkpoint Tail(IReadOnlyList<Checkpoint> checkpoints, ExportedFile written, DoorKey door)
    {
        using JournalSigner signer = new(door);
        Checkpoint? before = checkpoints is [.., var newest] ? newest : null;
        return new Checkpoint((before?.Last ?? 0) + 1, written.Last, written.TailRecords, written.TailMac, written.TailDigest,
            before?.Identity ?? new byte[SHA256.HashSizeInBytes], time.GetLocalNow().ToString("O", CultureInfo.InvariantCulture),
            CheckpointReason.Export, door.Id).SignedBy(signer);
    }

    private static ExportedFile WriteRecords(SqliteConnection journal, string file, ExportFormat format, long first, long last, long signed,
        IProgress<double>? progress)
    {
        File.Delete(file);
        DataDirectory.EnsureFile(file);
        using FileStream stream = new(file, FileMode.Open, FileAccess.Write, FileShare.None, BufferSize);
        using IncrementalHash whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using IncrementalHash tail = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ExportLine lines = new(format, JournalNames.Read(journal));
        CanonicalRecord record = new();
        ExportedFile written = new();
        if (format == ExportFormat.Csv)
            Append(Encoding.UTF8.GetBytes(ExportLine.Heading + "\n"));
        using RecordRows rows = new(journal, first - 1, last);
        while (rows.Read())
        {
            ReadOnlySpan<byte> canonical = record.Of(rows.Row);
            Append(lines.Of(rows.Row, canonical));
            written.Note(rows.Sequence, rows.Mac, isTail: rows.Sequence > signed);
            if (rows.Sequence > signed)
            {
                tail.AppendData(canonical);
                tail.AppendData("\n"u8);
            }

            if (written.Records % JournalChain.BlockLength == 0)
                progress?.Report((double)(rows.Sequence - first + 1) / (last - first + 1));
        }

        stream.Flush(flushToDisk: true);
        (written.Digest, written.TailDigest) = (whole.GetHashAndReset(), tail.GetHashAndReset());
        return written;

        void Append(ReadOnlySpan<byte> bytes)
        {
            stream.Write(bytes);
            whole.AppendData(bytes);
        }
    }

    /// <summary>What was written, as it was counted on the way.</summary>
    private sealed class ExportedFile
    {
        public long Records { get; private set; }

        public long First { get; private set; }

        public long Last { get; private set; }

        public long TailRecords { get; private set; }

        public byte[]? TailMac { get; private set; }

        public byte[] Digest { get; set; } = [];

        public byte[] TailDigest { get; set; } = [];

        public void Note(long sequence, ReadOnlySpan<byte> mac, bool isTail)
        {
            First = Records++ == 0 ? sequence : First;
            Last = sequence;
            TailRecords += isTail ? 1 : 0;
            TailMac = mac.Length == RecordMac.Length ? mac.ToArray() : TailMac;
        }
    }
}
