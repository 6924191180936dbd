using System.Globalization;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>
/// Removes the oldest records of a journal, as the settings say: whole signed blocks only, each with the door's signed statement, so that
/// verification tells what the door removed from what somebody else did. The file does not shrink; its room is used again.
/// </summary>
internal static class JournalRetention
{
    /// <summary>The newest records, which always stay: a start counts failures and finds out from them how the run before ended.</summary>
    public const int LeastKept = 10_000;

    private const long Megabyte = 1_000_000;

    /// <summary>Returns the last record that is to be removed; null where there is none.</summary>
    /// <param name="path">The journal.</param>
    /// <param name="options">Checked options.</param>
    /// <param name="now">The wall time.</param>
    /// <exception cref="UserErrorException">The journal is missing, damaged or cannot be read.</exception>
    public static long? Due(string path, AuditingOptions options, DateTimeOffset now)
    {
        if (options is { KeepFor: null, KeepMB: null } || !File.Exists(path))
            return null;
        return JournalFile.Reading(path, () =>
        {
            using SqliteConnection journal = JournalFile.OpenToRead(path);
            if (JournalSchema.Format(journal) < JournalChain.FirstFormat)
                return null;
            long limit = Sqlite.Number(journal,
                $"SELECT ifnull((SELECT sequence FROM event ORDER BY sequence DESC LIMIT 1 OFFSET {LeastKept}), 0)");
            long first = Sqlite.Number(journal, "SELECT ifnull(min(sequence), 0) FROM event");
            List<Checkpoint> blocks = [.. Checkpoint.Read(journal, "1 = 1 ORDER BY last")
                .Where(one => one.Last >= first && one.Last <= limit)];
            long tooMany = options.KeepMB is { } most ? Excess(journal, most * Megabyte) : 0, removed = 0;
            long? due = null;
            foreach (Checkpoint block in blocks)
            {
                bool isOld = options.KeepFor is { } time && IsOlder(block, now - time);
                if (!isOld && removed >= tooMany)
                    break;
                removed += block.Records;
                due = block.Last;
            }

            return due;
        });
    }

    /// <summary>Removes the oldest block in one transaction.</summary>
    /// <returns>What was removed; null where no whole block is left up to the number.</returns>
    internal static RemovedSegment? Remove(SqliteConnection journal, JournalChain chain, long upTo, string? archive)
    {
        long first = Sqlite.Number(journal, "SELECT ifnull(min(sequence), 0) FROM event");
        if (Checkpoint.Read(journal, $"last >= {first} ORDER BY last LIMIT 1") is not [var block]
            || block.Last > upTo || first < block.First)
            return null;
        using SqliteTransaction all = journal.BeginTransaction(deferred: false);
        byte[]? before = Checkpoint.Read(journal, $"last < {block.First} ORDER BY last DESC LIMIT 1") is [var earlier] ? earlier.Mac : null;
        RemovedSegment removed =
            chain.Sign(new RemovedSegment(block.First, block.Last, block.Records, before, block.Mac, archive, Time: "", Key: ""));
        removed.Write(journal);
        Sqlite.Run(journal, "DELETE FROM event WHERE sequence BETWEEN $first AND $last", ("$first", block.First), ("$last", block.Last));
        all.Commit();
        return removed;
    }

    // A block was signed after its records. A clock that was not set then keeps the block until the next one is old.
    private static bool IsOlder(Checkpoint block, DateTimeOffset limit) => DateTimeOffset.TryParseExact(block.Time, "O",
        CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset at) && at < limit;

    /// <summary>Returns how many records are too many for a size in bytes; free pages do not count, because they are used again.</summary>
    private static long Excess(SqliteConnection journal, long most)
    {
        long page = Sqlite.Number(journal, "PRAGMA page_size");
        long used = (Sqlite.Number(journal, "PRAGMA page_count") - Sqlite.Number(journal, "PRAGMA freelist_count")) * page;
        long records = Sqlite.Number(journal, "SELECT count(*) FROM event");
        return used <= most ? 0 : (long)Math.Ceiling(records * ((double)(used - most) / used));
    }
}
