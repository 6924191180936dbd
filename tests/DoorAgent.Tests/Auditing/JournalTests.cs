using System.Text;
using CsCheck;
using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Tests.Support;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Tests.Auditing;

public sealed class JournalTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string JournalPath => _folder.File("journal.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ARecordComesBackAsItWasWritten()
    {
        DoorEvent[] events = [SomeEvents.Granted(1), SomeEvents.Denied(DenyReason.FaceNotMatched) with { Sequence = 2,
            Detail = "a 'quoted' ü" }, SomeEvents.Number(3)];
        using (Journal journal = Journal.Open(JournalPath))
            Array.ForEach(events, journal.Append);
        Assert.Equal(events, WrittenJournal.Entries(JournalPath));
    }

    [Fact]
    public void AnyEventComesBackAsItWasWritten()
    {
        Dictionary<long, string> names = [];
        using Journal journal = Journal.Open(JournalPath);
        Gen.Select(Gen.Enum<DoorEventKind>(), Gen.Enum<DenyReason>().Nullable(), Gen.Long.Nullable(), Gen.Single[0, 2].Nullable(),
            Gen.DateTimeOffset, Gen.String.AlphaNumeric.Null()).Sample(any =>
            {
                (DoorEventKind kind, DenyReason? reason, long? person, float? distance, DateTimeOffset time, string? text) = any;
                DoorEvent e = new(kind)
                {
                    Time = time,
                    Sequence = journal.LastSequence + 1,
                    Reason = reason,
                    PersonId = person,
                    PersonName = text,
                    BadgeHint = text,
                    Distance = distance,
                    Threshold = distance,
                    Encoder = text,
                    Detail = text,
                };
                journal.Append(e);
                // A name belongs to a number, and a number without a name in its record has the newest one.
                if (person is { } id && text is not null)
                    names[id] = text;
                return WrittenJournal.Entries(JournalPath)[^1] == e with
                {
                    PersonName = person is { } known ? names.GetValueOrDefault(known) : null,
                };
            }, iter: 50, threads: 1);
    }

    [Fact]
    public void NumbersContinueAfterARestart()
    {
        OpenWith(3).Dispose();
        using Journal journal = Journal.Open(JournalPath);
        Assert.Equal(3, journal.LastSequence);
        Assert.Throws<ArgumentException>(() => journal.Append(SomeEvents.Number(3)));
        journal.Append(SomeEvents.Number(4));
    }

    [Fact]
    public void ALostRecordMaySkipANumber()
    {
        using Journal journal = OpenWith(1);
        journal.Append(SomeEvents.Number(3));
        Assert.Equal(3, journal.LastSequence);
    }

    [Fact]
    public void RecordsSurviveAProcessThatNeverCloses()
    {
        using Journal journal = OpenWith(2);
        foreach (string file in Directory.GetFiles(_folder.Path))
            File.Copy(file, Path.Combine(Directory.CreateDirectory(_folder.File("after")).FullName, Path.GetFileName(file)));
        using Journal after = Journal.Open(_folder.File("after/journal.db"));
        Assert.Equal(2, after.LastSequence);
    }

    [Theory]
    [InlineData("UPDATE event SET kind = 'Granted' WHERE sequence = 1")]
    [InlineData("DELETE FROM event")]
    [InlineData("INSERT OR REPLACE INTO event (sequence, time, kind) VALUES (1, 'then', 'Granted')")]
    [InlineData("INSERT INTO event (sequence, time, kind) VALUES (0, 'then', 'Granted')")]
    public void NoProgramCanRewriteTheRecords(string sql)
    {
        OpenWith(2).Dispose();
        SqliteException e = Assert.Throws<SqliteException>(() => WrittenJournal.Change(JournalPath, sql));
        Assert.Contains("the journal only grows", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OnlyTheOwnerCanReadTheFiles()
    {
        using Journal journal = OpenWith(1);
        Assert.All(Directory.GetFiles(_folder.Path), file =>
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void ADamagedJournalIsRefusedAndUnchanged()
    {
        OpenWith(500).Dispose();
        byte[] bytes = File.ReadAllBytes(JournalPath);
        bytes.AsSpan(4096 * 3, 4096 * 2).Fill(0xA5);
        File.WriteAllBytes(JournalPath, bytes);
        Assert.Contains("is damaged", Refusal(), StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(JournalPath));
    }

    [Fact]
    public void AFileThatIsNotADatabaseIsRefusedAndUnchanged()
    {
        File.WriteAllText(JournalPath, new string('x', 5_000), Encoding.ASCII);
        Assert.Contains("mkdir", Refusal(), StringComparison.Ordinal);
        Assert.Equal(new string('x', 5_000), File.ReadAllText(JournalPath));
    }

    [Fact]
    public void ADatabaseOfAnotherProgramIsRefused()
    {
        WrittenJournal.Change(JournalPath, "CREATE TABLE other (x)");
        Assert.Contains("of another program", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void AJournalOfANewerVersionIsRefused()
    {
        OpenWith(1).Dispose();
        WrittenJournal.Change(JournalPath, $"PRAGMA user_version = {JournalSchema.Version + 1}");
        string refusal = Refusal();
        Assert.Contains("newer dooragent (format 5; this version reads up to 4). Install that version. Or: Set it aside", refusal,
            StringComparison.Ordinal);
        Assert.Contains("mkdir", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void AnEmptyFileBecomesAJournal()
    {
        File.WriteAllBytes(JournalPath, []);
        using Journal journal = Journal.Open(JournalPath);
        Assert.Equal(0, journal.LastSequence);
    }

    [Fact]
    public void ReadingWithoutAJournalIsExplained() => Assert.Contains("nothing has happened",
        Assert.Throws<UserErrorException>(() => WrittenJournal.Entries(JournalPath)).Message, StringComparison.Ordinal);

    [Fact]
    public void AnOlderCopyWrittenOverTheJournalIsReportedOnceAndThenUsed()
    {
        OpenWith(2).Dispose();
        byte[] older = File.ReadAllBytes(JournalPath);
        using Journal journal = Journal.Open(JournalPath);
        journal.RequireUnchanged();
        journal.Append(SomeEvents.Number(3));
        journal.RequireUnchanged();
        Checkpoint();
        journal.RequireUnchanged();
        File.WriteAllBytes(JournalPath, older);
        Assert.Contains("ends at record 2, and record 3 was written", Assert.Throws<JournalException>(journal.RequireUnchanged).Message,
            StringComparison.Ordinal);
        journal.Append(SomeEvents.Number(4));
        journal.RequireUnchanged();
        Assert.Equal([1L, 2, 4], WrittenJournal.Entries(JournalPath).Select(entry => entry.Sequence));
    }

    [Fact]
    public void OverwrittenBytesAreNoticedAndNothingIsAppended()
    {
        using Journal journal = OpenWith(300);
        Checkpoint();
        journal.RequireUnchanged();
        using (FileStream file = File.OpenWrite(JournalPath))
        {
            file.Position = 4096 * 2;
            file.Write([.. Enumerable.Repeat((byte)0xA5, 4096 * 2)]);
        }

        Assert.Contains("is damaged", Assert.Throws<JournalException>(() => journal.Append(SomeEvents.Number(301))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void RemovedRightsOfOthersChangeNothing()
    {
        using Journal journal = OpenWith(1);
        File.SetUnixFileMode(JournalPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        journal.RequireUnchanged();
        journal.Append(SomeEvents.Number(2));
        Assert.Equal(2, journal.LastSequence);
    }

    [Theory]
    [InlineData("INSERT INTO event (sequence, time, kind) VALUES (9223372036854775807, 'then', 'Granted')",
        "the number of its last record is out of range")]
    [InlineData("DROP TRIGGER event_grows; DROP TRIGGER event_stays; DELETE FROM event; INSERT INTO event (sequence, time, kind) VALUES "
        + "(-9223372036854775808, 'then', 'Granted')", "the number of its last record is out of range")]
    [InlineData("CREATE VIEW endless AS SELECT 1", "it contains a view called endless")]
    [InlineData("CREATE TRIGGER theirs AFTER INSERT ON event BEGIN SELECT 1; END", "it contains a trigger called theirs")]
    [InlineData("DROP TABLE event; CREATE TABLE event (sequence INTEGER PRIMARY KEY, time, kind, reason, person, badge, distance, "
        + "threshold, encoder, detail)", "no such table: event")]
    [InlineData("ALTER TABLE event DROP COLUMN detail", "the column detail of its table event is missing")]
    [InlineData("PRAGMA user_version = 0", "its format number never existed")]
    [InlineData("PRAGMA user_version = -5", "its format number never existed")]
    public void AnInvalidJournalIsRefusedAtTheStartWithTheNextStep(string sql, string words)
    {
        OpenWith(1).Dispose();
        WrittenJournal.Change(JournalPath, sql);
        Assert.Contains(words, Refusal(), StringComparison.Ordinal);
        Assert.Contains("mkdir", Refusal(), StringComparison.Ordinal);
    }

    private void Checkpoint()
    {
        using SqliteConnection other = new($"Data Source={JournalPath};Pooling=False");
        other.Open();
        DoorAgent.Storage.Sqlite.Run(other, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    [Fact]
    public void AJournalRemovedWhileTheDoorRunsIsReportedOnceAndCreatedAgain()
    {
        using Journal journal = OpenWith(3);
        foreach (string file in Directory.GetFiles(_folder.Path))
            File.Delete(file);
        Assert.Contains("was removed or replaced", Assert.Throws<JournalException>(() => journal.Append(SomeEvents.Number(4))).Message,
            StringComparison.Ordinal);
        journal.Append(SomeEvents.Number(5));
        Assert.Equal(5, WrittenJournal.Entries(JournalPath).Single().Sequence);
    }

    [Fact]
    public void ASecondDoorOnOneJournalIsNoticed()
    {
        using Journal one = OpenWith(1);
        using Journal two = Journal.Open(JournalPath);
        two.Append(SomeEvents.Number(2));
        two.Append(SomeEvents.Number(3));
        Assert.Contains("second dooragent", Assert.Throws<JournalException>(() => one.Append(SomeEvents.Number(2))).Message,
            StringComparison.Ordinal);
        Assert.Throws<JournalException>(() => one.Append(SomeEvents.Number(3)));
        one.Append(SomeEvents.Number(4));
    }

    private Journal OpenWith(int records) => WrittenJournal.With(JournalPath, records);

    private string Refusal() => Assert.Throws<UserErrorException>(() => Journal.Open(JournalPath)).Message;
}
