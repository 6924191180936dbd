using DoorAgent.Auditing;
using DoorAgent.Commands.Log;
using DoorAgent.Events;
using DoorAgent.Tests.Support;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Tests.Auditing;

/// <summary>Some thousand damaged journals, always the same ones: each is read, or refused with our one exception.</summary>
public sealed class JournalFuzzTests : IDisposable
{
    private static readonly string[] Values = ["NULL", "-1", "2147483648", "9223372036854775807", "-9223372036854775808", "9e999", "''",
        "'x'", "x''", "CAST(x'EDA080' AS TEXT)", "zeroblob(5000)"];

    private static readonly string[] Columns = ["sequence", "time", "kind", "reason", "person", "badge", "distance", "threshold",
        "encoder", "detail"];

    private static readonly string[] ColumnsOfNames = ["person", "since", "name"];

    private readonly TempFolder _folder = new();
    private readonly byte[] _whole;

    public JournalFuzzTests()
    {
        using (Journal journal = WrittenJournal.With(JournalPath, 60))
            journal.Append(SomeEvents.Granted(61));
        _whole = File.ReadAllBytes(JournalPath);
    }

    private string JournalPath => _folder.File("journal.db");

    public void Dispose() => _folder.Dispose();

    [Slow]
    [Fact]
    public void AnyOverwrittenBytesCauseOnlyOurException()
    {
        Random random = new(20261128);
        int refused = 0;
        for (int i = 0; i < 1000; i++)
        {
            byte[] bytes = [.. _whole];
            for (int k = random.Next(1, 6); k > 0; k--)
                bytes[random.Next(3) == 0 ? random.Next(120) + (4096 * random.Next(bytes.Length / 4096))
                    : random.Next(bytes.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(JournalPath, bytes);
            refused += IsRefused($"byte change {i}") ? 1 : 0;
        }

        Assert.InRange(refused, 100, 999);
    }

    [Slow]
    [Fact]
    public void AnyChangedValuesCauseOnlyOurException()
    {
        string[] changes =
        [
            .. from column in Columns from value in Values from loose in new[] { false, true }
               select (loose ? "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, ' STRICT', '') WHERE name = "
                   + "'event'; PRAGMA writable_schema = RESET; " : "")
                   + $"UPDATE event SET {column} = {value} WHERE sequence = 60",
            .. from column in ColumnsOfNames from value in Values from loose in new[] { false, true }
               select (loose ? "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, ' STRICT', '') WHERE name = "
                   + "'journal_name'; PRAGMA writable_schema = RESET; " : "")
                   + $"UPDATE journal_name SET {column} = {value}",
            .. Columns.Select(column => $"ALTER TABLE event DROP COLUMN {column}"),
            .. Columns.Select(column => $"CREATE INDEX i ON event ({column})"),
        ];
        int refused = 0;
        foreach (string change in changes)
        {
            File.WriteAllBytes(JournalPath, _whole);
            try
            {
                WrittenJournal.Change(JournalPath, "DROP TRIGGER event_keeps; " + change);
            }
            catch (SqliteException)
            {
                // SQLite itself refuses this change.
                continue;
            }

            refused += IsRefused(change) ? 1 : 0;
        }

        Assert.InRange(refused, changes.Length / 4, changes.Length);
    }

    /// <summary>Reads the journal as the start, the log and the doctor do.</summary>
    private bool IsRefused(string what)
    {
        try
        {
            using (Journal journal = Journal.Open(JournalPath))
                Assert.True(journal.LastSequence >= 0);
            using JournalReader reader = new(JournalPath, new JournalFilter());
            foreach (DoorEvent entry in reader.Last(100).Entries)
                _ = (DoorLog.WordsOf(entry), EventJson.Of(entry).ToJsonString(), LogRow.Of(entry, entry.Time, 80));
            _ = (reader.Next(), JournalHealth.Of(JournalPath));
            return false;
        }
        catch (UserErrorException)
        {
            return true;
        }
        catch (Exception other)
        {
            throw new InvalidOperationException($"{what}: {other}", other);
        }
    }
}
