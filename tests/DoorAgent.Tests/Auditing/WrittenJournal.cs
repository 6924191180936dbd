using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Tests.Auditing;

/// <summary>Reads and writes journals for tests.</summary>
internal static class WrittenJournal
{
    /// <summary>Every record, oldest first.</summary>
    public static IReadOnlyList<DoorEvent> Entries(string path)
    {
        using JournalReader reader = new(path, new JournalFilter());
        return reader.Last(int.MaxValue).Entries;
    }

    /// <summary>A journal to append to, with records from 1 on in it.</summary>
    public static Journal With(string path, int records)
    {
        Journal journal = Journal.Open(path);
        for (int i = 1; i <= records; i++)
            journal.Append(SomeEvents.Number(i));
        return journal;
    }

    /// <summary>Changes the database by another connection.</summary>
    public static void Change(string path, string sql)
    {
        using SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        Sqlite.Run(connection, sql);
    }
}
