using System.Text;
using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Networks;
using DoorAgent.Running;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Tests.Auditing;

/// <summary>Tests with journals of every format: they are read unchanged, and upgraded by the door that appends.</summary>
public sealed class JournalSchemaTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<int> Formats { get; } = [.. Enumerable.Range(1, JournalSchema.Version)];

    public static TheoryData<int> OlderFormats { get; } = [.. Enumerable.Range(1, JournalSchema.Version - 1)];

    private string JournalPath => _folder.File("journal.db");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void EachFormatIsReadWithoutAnUpgrade(int format)
    {
        OldJournal.Make(JournalPath, format);
        byte[] before = File.ReadAllBytes(JournalPath);
        Assert.Equal(OldJournal.Events, WrittenJournal.Entries(JournalPath));
        Assert.Equal(OldJournal.Records, JournalHealth.Of(JournalPath).Newest);
        Assert.Equal(format, Format(JournalPath));
        Assert.Equal(before, File.ReadAllBytes(JournalPath));
    }

    [Theory]
    [MemberData(nameof(OlderFormats))]
    public void TheDoorUpgradesTheJournalOnceAndKeepsEveryRecord(int format)
    {
        OldJournal.Make(JournalPath, format);
        using (Journal journal = Journal.Open(JournalPath))
        {
            Assert.Equal(OldJournal.Records, journal.LastSequence);
            Assert.Equal(JournalSchema.Version, Format(JournalPath));
            journal.Append(SomeEvents.Number(OldJournal.Records + 1));
        }

        long changes = SchemaChanges();
        Journal.Open(JournalPath).Dispose();
        Assert.Equal(changes, SchemaChanges());
        Assert.Equal([.. OldJournal.Events, SomeEvents.Number(OldJournal.Records + 1)], WrittenJournal.Entries(JournalPath));
    }

    [Theory]
    [MemberData(nameof(OlderFormats))]
    public void AnUpgradedJournalIsLikeANewOne(int format)
    {
        OldJournal.Make(JournalPath, format);
        Journal.Open(JournalPath).Dispose();
        Journal.Open(_folder.File("new.db")).Dispose();
        Assert.Equal(Schema(_folder.File("new.db")), Schema(JournalPath));
        Assert.Throws<SqliteException>(() => WrittenJournal.Change(JournalPath, "DELETE FROM event"));
    }

    /// <summary>The power is cut at any byte of what the upgrade writes: the file is of one format or the other, and has every
    /// record.</summary>
    [Theory]
    [MemberData(nameof(OlderFormats))]
    public void AnInterruptedUpgradeLeavesOneFormatOrTheOther(int format)
    {
        OldJournal.Make(JournalPath, format);
        byte[] before = File.ReadAllBytes(JournalPath), log;
        using (Journal.Open(JournalPath))
        {
            Assert.Equal(before, File.ReadAllBytes(JournalPath));
            log = File.ReadAllBytes(JournalPath + "-wal");
        }

        Dictionary<long, int> formats = [];
        for (int cut = 0; cut < log.Length + 512; cut += 512)
        {
            string killed = _folder.File($"killed-{cut}.db");
            File.WriteAllBytes(killed, before);
            File.WriteAllBytes(killed + "-wal", log[..Math.Min(cut, log.Length)]);
            long found = Format(killed);
            formats[found] = formats.GetValueOrDefault(found) + 1;
            Assert.Equal(OldJournal.Events, WrittenJournal.Entries(killed));
            using Journal again = Journal.Open(killed);
            Assert.Equal((JournalSchema.Version, OldJournal.Records), (Format(killed), again.LastSequence));
        }

        Assert.Equal([format, JournalSchema.Version], formats.Keys.Order());
    }

    [Fact]
    public void AJournalOfAnOlderFormatOnAReadOnlyMediumIsRead()
    {
        using MountedFolder medium = new("4m");
        OldJournal.Make(JournalPath, 1);
        string copy = Path.Combine(medium.Path, "journal.db");
        File.Copy(JournalPath, copy);
        medium.BecomeReadOnly();
        Assert.Equal(OldJournal.Events, WrittenJournal.Entries(copy));
        Assert.Contains("read-only", Assert.Throws<UserErrorException>(() => Journal.Open(copy)).Message, StringComparison.Ordinal);
    }

    /// <summary>A door that runs today keeps running: with too little room for the upgrade the records go on in the older format.</summary>
    [Theory]
    [MemberData(nameof(OlderFormats))]
    public void OnAFullDiskAJournalGoesOnInItsOlderFormatUntilThereIsRoom(int format)
    {
        using MountedFolder disk = new("6m");
        string path = Path.Combine(disk.Path, "journal.db"), ballast = Path.Combine(disk.Path, "ballast");
        OldJournal.Make(path, format);
        File.WriteAllBytes(ballast, new byte[11 << 19]);
        DoorEvent named = SomeEvents.Granted(OldJournal.Records + 1) with { PersonId = 7, PersonName = "adam newman" };
        DoorEvent detailed = SomeEvents.Number(OldJournal.Records + 2, DoorEventKind.ScheduleUnknown) with
        {
            Detail = $"'ofice' of {PersonReference.Of(7, "adam newman")}.",
        };
        IReadOnlyList<DoorEvent> all = [.. OldJournal.Events, named, detailed with { Detail = "'ofice' of adam newman." }];
        using (Journal journal = Journal.Open(path))
        {
            bool hasNames = format < JournalNames.FirstFormat;
            Assert.Contains($"needs {(hasNames ? 2 : 1)} MB of free space, and the disk has 0 MB", journal.Postponed, StringComparison.Ordinal);
            journal.Append(named);
            journal.RequireUnchanged();
            journal.Append(detailed);
            Assert.Equal(format, Format(path));
            Assert.Equal(all, WrittenJournal.Entries(path));
            Assert.Equal(journal.Postponed, JournalHealth.Of(path).Postponed);
            if (hasNames)
                Assert.Contains("people erase", Assert.Throws<JournalException>(() => journal.EraseNames(7, null)).Message,
                    StringComparison.Ordinal);
            else
                Assert.Contains("log verify", journal.Postponed, StringComparison.Ordinal);
            File.Delete(ballast);
            journal.RequireUnchanged();
            Assert.Equal(format, Format(path));
        }

        using (Journal journal = Journal.Open(path))
        {
            Assert.Null(journal.Postponed);
            Assert.Equal(all, WrittenJournal.Entries(path));
            Assert.True(journal.EraseNames(7, null));
        }

        Assert.DoesNotContain("newman", Encoding.UTF8.GetString(File.ReadAllBytes(path)), StringComparison.Ordinal);
    }

    /// <summary>The disk fills up during the upgrade: what the upgrade wrote does not keep the disk full.</summary>
    [Fact]
    public void AnUpgradeThatFillsTheDiskIsTakenBack()
    {
        using MountedFolder disk = new("6m");
        string path = Path.Combine(disk.Path, "journal.db");
        OldJournal.Make(path, 2);
        WrittenJournal.Change(path, $"""
            PRAGMA cache_size = 10;
            WITH RECURSIVE n(i) AS (SELECT {OldJournal.Records + 1} UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
            INSERT INTO event (sequence, time, kind, person, name) SELECT i, '2026-03-02T07:55:07.0000000+01:00', 'DoorClosed', i % 50, 'n' FROM n
            """);
        WrittenJournal.Change(path, "PRAGMA wal_checkpoint(TRUNCATE)");
        long size = new FileInfo(path).Length, free = new DriveInfo(disk.Path).AvailableFreeSpace;
        Assert.InRange(size, 1 << 20, free);
        File.WriteAllBytes(Path.Combine(disk.Path, "ballast"), new byte[free - (size / 2)]);
        using SqliteConnection connection = Sqlite.Open(path, SqliteOpenMode.ReadWrite, _ => { });
        Sqlite.Run(connection, "PRAGMA cache_size = 10");
        JournalUpgrade.Run(connection, path);
        Assert.Equal(2, JournalSchema.Format(connection));
        Assert.Equal(0, new FileInfo(path + "-wal").Length);
        Sqlite.Run(connection, "INSERT INTO event (sequence, time, kind) VALUES (20001, '', 'DoorClosed')");
    }

    [Fact]
    public void TheUpgradeOfALargeJournalGivesTheRoomBack()
    {
        OldJournal.Make(JournalPath, 2);
        WrittenJournal.Change(JournalPath, $"""
            WITH RECURSIVE n(i) AS (SELECT {OldJournal.Records + 1} UNION ALL SELECT i + 1 FROM n WHERE i < 150000)
            INSERT INTO event (sequence, time, kind) SELECT i, '2026-03-02T07:55:07.0000000+01:00', 'DoorClosed' FROM n
            """);
        using Journal journal = Journal.Open(JournalPath);
        journal.Append(SomeEvents.Number(150001));
        Assert.InRange(new FileInfo(JournalPath + "-wal").Length, 1, 5 << 20);
        Assert.InRange(new FileInfo(JournalPath).Length, 6 << 20, long.MaxValue);
    }

    [Fact]
    public void ADamagedJournalOfAnOlderFormatIsNotTouched()
    {
        OldJournal.Make(JournalPath, 1);
        byte[] bytes = File.ReadAllBytes(JournalPath);
        bytes.AsSpan(4096, 4096).Fill(0xA5);
        File.WriteAllBytes(JournalPath, bytes);
        Assert.Contains("is damaged", Assert.Throws<UserErrorException>(() => Journal.Open(JournalPath)).Message, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(JournalPath));
    }

    [Fact]
    public void AnOlderJournalRestoredWhileTheDoorRunsIsUpgradedToo()
    {
        OldJournal.Make(JournalPath, 1);
        byte[] older = File.ReadAllBytes(JournalPath);
        using Journal journal = Journal.Open(JournalPath);
        WrittenJournal.Change(JournalPath, "PRAGMA wal_checkpoint(TRUNCATE)");
        File.WriteAllBytes(JournalPath, older);
        journal.RequireUnchanged();
        journal.Append(SomeEvents.Number(OldJournal.Records + 1));
        Assert.Equal(JournalSchema.Version, Format(JournalPath));
        Assert.Equal(OldJournal.Records + 1, WrittenJournal.Entries(JournalPath).Count);
    }

    [Fact]
    public void AColumnThatAnOlderFormatLacksIsReadAsNull()
    {
        using SqliteConnection older = new("Data Source=:memory:;Pooling=False");
        older.Open();
        Sqlite.Run(older, "CREATE TABLE event (sequence INTEGER PRIMARY KEY, time TEXT, kind TEXT, reason TEXT, person INTEGER, name TEXT, "
            + "distance REAL); "
            + "INSERT INTO event VALUES (7, '2026-03-02T07:55:07.0000000+01:00', 'DoorClosed', NULL, 3, 'adam', 0.5)");
        using SqliteCommand command = Sqlite.Command(older, $"SELECT {EventRow.ColumnsIn(older)} FROM event");
        using SqliteDataReader row = command.ExecuteReader();
        Assert.True(row.Read());
        Assert.Equal(SomeEvents.Number(7) with { PersonId = 3, PersonName = "adam", Distance = 0.5f }, EventRow.Read(row));
    }

    [Fact]
    public void TheQueryOfEachStartDoesNotReadTheWholeJournal()
    {
        Journal.Open(JournalPath).Dispose();
        using SqliteConnection journal = JournalFile.OpenToRead(JournalPath);
        using SqliteCommand command = Sqlite.Command(journal,
            $"EXPLAIN QUERY PLAN SELECT kind FROM event WHERE {PreviousRun.Ends.Condition().Sql} ORDER BY sequence DESC LIMIT 100");
        using SqliteDataReader row = command.ExecuteReader();
        Assert.True(row.Read());
        Assert.Contains("USING INDEX event_ends", row.GetString(3), StringComparison.Ordinal);
    }

    // A change of the table is a further step: these have been written to the disks of doors.
    [Theory]
    [InlineData(1, "79d0d861f33542a9060d3533ae520c47e61a005a1b1f228bec912849637d0c68")]
    [InlineData(2, "11101520c030a0e30eec5a499cd23f8963b559e8b2958a0dc2dafbe0eb655bc9")]
    [InlineData(3, "4bb68c6010091c33f87575a04a68d0574047c42d23f6736a0e6c80e08383e68f")]
    [InlineData(4, "2cc397275be31e75f61b17d08d4225fe038b94edbade872ffb078001b5f96955")]
    public void APublishedFormatNeverChanges(int format, string digest) =>
        Assert.Equal(digest, ModelStore.Digest(Encoding.UTF8.GetBytes(JournalSchema.Statements(format - 1, format))));

    private static long Format(string path)
    {
        using SqliteConnection connection = JournalFile.OpenToRead(path);
        return Sqlite.Number(connection, "PRAGMA user_version");
    }

    private long SchemaChanges()
    {
        using SqliteConnection connection = JournalFile.OpenToRead(JournalPath);
        return Sqlite.Number(connection, "PRAGMA schema_version");
    }

    private static string Schema(string path)
    {
        using SqliteConnection connection = JournalFile.OpenToRead(path);
        return (string)Sqlite.Scalar(connection, "SELECT group_concat(sql, char(10)) FROM (SELECT sql FROM sqlite_schema ORDER BY name)")!;
    }
}
