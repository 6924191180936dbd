using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>The door's keys under which a journal keeps the keys of its chain.</summary>
internal static class JournalKeyIds
{
    private const int FirstWithKeys = 4;

    /// <summary>Returns the ids of the keys, each once; none for a journal without a chain, and without a journal. Needs no key.</summary>
    /// <exception cref="UserErrorException">The file cannot be used; the message says why and what to do.</exception>
    public static IReadOnlyList<string> Of(string path)
    {
        if (!Permission.Exists(path) || new FileInfo(path).Length == 0)
            return [];
        using SqliteConnection journal = JournalFile.OpenToRead(path);
        return JournalFile.Reading<IReadOnlyList<string>>(path, () => JournalSchema.Format(journal) < FirstWithKeys ? [] : Ids(journal));
    }

    private static List<string> Ids(SqliteConnection journal)
    {
        using SqliteCommand command = Sqlite.Command(journal, "SELECT DISTINCT sealed_by FROM journal_key ORDER BY since");
        using SqliteDataReader rows = command.ExecuteReader();
        List<string> ids = [];
        while (rows.Read())
            ids.Add(rows.GetString(0));
        return ids;
    }
}
