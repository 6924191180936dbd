using System.Globalization;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>The newest record of a chained journal. A copy of the head outside of the journal (an anchor) shows later that the journal was
/// cut off or replaced by an older copy.</summary>
/// <param name="Sequence">Number of the record.</param>
/// <param name="Mac">The record's mac, in hexadecimal digits.</param>
/// <param name="Time">The record's time, as in the journal.</param>
internal sealed record JournalHead(long Sequence, string Mac, string Time)
{
    private const string Form = "journal-head-1";

    /// <summary>Reads the head of a journal file; null where no record has a mac.</summary>
    /// <exception cref="UserErrorException">The journal is missing, damaged or cannot be read.</exception>
    public static JournalHead? OfFile(string path) => JournalFile.Reading(path, () =>
    {
        using SqliteConnection journal = JournalFile.OpenToRead(path);
        return JournalSchema.Format(journal) < JournalChain.FirstFormat ? null : Read(journal, "mac IS NOT NULL");
    });

    /// <summary>Reads the newest record with a mac that meets a condition.</summary>
    internal static JournalHead? Read(SqliteConnection journal, string condition)
    {
        using SqliteCommand command =
            Sqlite.Command(journal, $"SELECT sequence, mac, time FROM event WHERE {condition} ORDER BY sequence DESC LIMIT 1");
        using SqliteDataReader row = command.ExecuteReader();
        return row.Read() ? new JournalHead(row.GetInt64(0), Convert.ToHexStringLower(row.GetFieldValue<byte[]>(1)), row.GetString(2)) : null;
    }

    /// <summary>Reads the text form; null for any other text.</summary>
    public static JournalHead? Parse(string text) => text.Trim().Split(' ') is [Form, var sequence, var mac, var time]
        && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
        && mac.Length == 2 * RecordMac.Length && mac.All(char.IsAsciiHexDigitLower)
        ? new JournalHead(number, mac, time) : null;

    /// <summary>Returns the text form: <c>journal-head-1 SEQUENCE MAC TIME</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Form} {Sequence} {Mac} {Time}");
}
