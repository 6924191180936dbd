using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Auditing;

/// <summary>Writes many records as the door does, in one transaction.</summary>
internal static class ManyRecords
{
    /// <summary>Makes a journal file with records, all of it in the one file.</summary>
    /// <returns>The clock after the last record.</returns>
    public static FakeTimeProvider Make(string path, int count, TimeSpan blockTime, string? reason = null)
    {
        FakeTimeProvider clock = ChainedJournal.Clock();
        using SqliteConnection journal = JournalFile.OpenToAppend(path, check: false, mayUpgrade: true);
        Write(journal, count, clock, blockTime, reason);
        Sqlite.Run(journal, "PRAGMA wal_checkpoint(TRUNCATE)");
        return clock;
    }

    /// <summary>Writes records from 1 on with their chain and checkpoints into an empty journal.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="count">How many.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="blockTime">By how much the clock advances after each block.</param>
    /// <param name="reason">Why the end is signed; null to leave the records after the last full block without a checkpoint.</param>
    private static void Write(SqliteConnection journal, int count, FakeTimeProvider clock, TimeSpan blockTime, string? reason = null)
    {
        (JournalChain chain, _) = JournalChainStart.Open(journal, ChainedJournal.Keys, clock);
        using SqliteTransaction all = journal.BeginTransaction();
        using SqliteCommand insert = journal.CreateCommand();
        string[] columns = [.. EventRow.Columns(JournalSchema.Version), "mac"];
        insert.CommandText = $"INSERT INTO event ({string.Join(", ", columns)}) "
            + $"VALUES ({string.Join(", ", columns.Select(name => $"${name}"))})";
        foreach (string name in columns)
            insert.Parameters.Add(new SqliteParameter($"${name}", null));
        JournalNameWriter names = new(journal, chain.Macs);
        for (int i = 1; i <= count; i++)
        {
            DoorEvent e = (i % 7 == 0 ? SomeEvents.Granted(i) : SomeEvents.Number(i)) with { Time = clock.GetLocalNow().AddSeconds(i) };
            object?[] values = [.. EventRow.Write(e, JournalSchema.Version)];
            foreach ((int at, object? value) in values.Append(chain.Next(values)).Index())
                insert.Parameters[at].Value = value ?? DBNull.Value;
            insert.ExecuteNonQuery();
            foreach ((long person, string name) in names.NewIn(e))
            {
                names.Insert(person, name, i);
                names.Note([(person, name)]);
            }

            chain.Note(i);
            if (i % JournalChain.BlockLength != 0)
                continue;
            clock.Advance(blockTime);
            chain.WriteCheckpoint(journal, CheckpointReason.Count);
        }

        if (reason is not null)
            chain.WriteCheckpoint(journal, reason);
        all.Commit();
        chain.Dispose();
    }
}
