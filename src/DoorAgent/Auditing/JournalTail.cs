using System.Security.Cryptography;
using System.Text;
using DoorAgent.Events;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>Where a reader of the journal stands: the last record that the reader has.</summary>
/// <param name="Sequence">Number of the record; 0 before the first one.</param>
/// <param name="Mark">Digest of the record's number, time and kind, which tells this journal from one that replaced it; null before the
/// first record.</param>
internal sealed record JournalPosition(long Sequence, string? Mark)
{
    private const int MarkBytes = 8;

    /// <summary>Before the first record of a journal.</summary>
    public static JournalPosition Start { get; } = new(0, null);

    /// <summary>The position after a record.</summary>
    public static JournalPosition Of(DoorEvent record)
    {
        string text = string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{record.Sequence}|{EventWords.OfTime(record)}|{EventWords.OfKind(record)}");
        return new JournalPosition(record.Sequence,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, MarkBytes)));
    }
}

/// <summary>Records after a position.</summary>
/// <param name="Events">The records, oldest first.</param>
/// <param name="Position">The position after them.</param>
/// <param name="IsOtherJournal">Whether the asked position is not of this journal, so that these are its first records.</param>
/// <param name="Removed">How many records after the asked position the door had removed already (<c>Auditing:KeepFor</c>).</param>
/// <param name="Waiting">How many records follow after these.</param>
internal sealed record JournalBatch(
    IReadOnlyList<DoorEvent> Events, JournalPosition Position, bool IsOtherJournal = false, long Removed = 0, long Waiting = 0);

/// <summary>Reads the records after a position, also while a door writes.</summary>
internal static class JournalTail
{
    /// <summary>Reads records, in a transaction of its own.</summary>
    /// <param name="path">The journal.</param>
    /// <param name="after">The position; null for the newest record's, with no records.</param>
    /// <param name="atMost">The largest number of records.</param>
    /// <param name="hasNames">Whether the records get the names of people.</param>
    /// <exception cref="UserErrorException">The journal is damaged or cannot be read.</exception>
    public static JournalBatch Read(string path, JournalPosition? after, int atMost, bool hasNames) => JournalFile.Reading(path, () =>
    {
        using SqliteConnection? journal = JournalFile.OpenIfAny(path);
        if (journal is null)
            return new JournalBatch([], after ?? JournalPosition.Start);
        using SqliteTransaction moment = journal.BeginTransaction(deferred: true);
        string columns = EventRow.ColumnsIn(journal);
        long first = Sqlite.Number(journal, "SELECT ifnull(min(sequence), 0) FROM event");
        long last = Sqlite.Number(journal, "SELECT ifnull(max(sequence), 0) FROM event");
        if (after is null)
        {
            return new JournalBatch([],
                Records(journal, columns, last - 1, 1) is [var newest] ? JournalPosition.Of(newest) : JournalPosition.Start);
        }

        bool isOther = !IsOf(journal, columns, after, first, last);
        long from = isOther ? 0 : after.Sequence;
        JournalNames names = hasNames ? JournalNames.Read(journal) : new JournalNames();
        bool mayHaveNames = JournalSchema.Format(journal) < JournalNames.FirstFormat;
        List<DoorEvent> records = Records(journal, columns, from, atMost);
        JournalPosition position = records is [.., var end] ? JournalPosition.Of(end) : isOther ? JournalPosition.Start : after;
        return new JournalBatch([.. records.Select(record => hasNames ? names.Named(record) : Nameless(record, mayHaveNames))],
            position, isOther, Removed: records is [var next, ..] && first == next.Sequence && from > 0 ? Math.Max(0, first - from - 1) : 0,
            Waiting: Math.Max(0, last - position.Sequence));
    });

    /// <summary>Returns a record as it leaves the house: without the names of people.</summary>
    public static DoorEvent Nameless(DoorEvent record, bool mayHaveNames = false) => record with
    {
        PersonName = null,
        // What was configured wrongly, or what is wrong in the gallery, is said with names.
        Detail = mayHaveNames || record.Kind is DoorEventKind.ScheduleUnknown or DoorEventKind.GalleryRefused or null ? null
            : PersonReference.Plain(PersonReference.Stored(record.Detail)),
    };

    // The record itself may have been removed as the settings say; then the journal must have gone on beyond it.
    private static bool IsOf(SqliteConnection journal, string columns, JournalPosition after, long first, long last)
    {
        if (after.Sequence <= 0)
            return true;
        return Records(journal, columns, after.Sequence - 1, 1) is [var record] && record.Sequence == after.Sequence
            ? after.Mark is null || JournalPosition.Of(record).Mark == after.Mark
            : after.Sequence < first && after.Sequence < last;
    }

    private static List<DoorEvent> Records(SqliteConnection journal, string columns, long after, int atMost)
    {
        using SqliteCommand command = Sqlite.Command(journal,
            $"SELECT {columns} FROM event WHERE sequence > $after ORDER BY sequence LIMIT $atMost", ("$after", after), ("$atMost", atMost));
        using SqliteDataReader row = command.ExecuteReader();
        List<DoorEvent> records = [];
        while (row.Read())
            records.Add(EventRow.Read(row));
        return records;
    }
}
