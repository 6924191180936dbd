using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>The newest record of a journal. A copy of the head outside of the journal (the anchor) shows later that the journal was cut off
/// or replaced by an older copy.</summary>
/// <param name="Sequence">Number of the record.</param>
/// <param name="Mac">The record's message authentication code, in hexadecimal digits; null where the journal has none.</param>
internal sealed record JournalHead(long Sequence, string? Mac)
{
    /// <summary>Reads the newest record with a mac of a journal file; null where no record has one.</summary>
    /// <exception cref="UserErrorException">The journal is missing, damaged or cannot be read.</exception>
    public static JournalHead? OfFile(string path) => JournalFile.Reading(path, () =>
    {
        using SqliteConnection journal = JournalFile.OpenToRead(path);
        return JournalSchema.Format(journal) < JournalChain.FirstFormat ? null : Of(journal);
    });

    /// <summary>Reads the newest record with a mac of an open journal of a format with macs.</summary>
    public static JournalHead? Of(SqliteConnection journal)
    {
        using SqliteCommand command =
            Sqlite.Command(journal, "SELECT sequence, mac FROM event WHERE mac IS NOT NULL ORDER BY sequence DESC LIMIT 1");
        using SqliteDataReader row = command.ExecuteReader();
        return row.Read() ? new JournalHead(row.GetInt64(0), Convert.ToHexStringLower(row.GetFieldValue<byte[]>(1))) : null;
    }
}
