using System.Text;
using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Tests.Auditing;

/// <summary>Tests of the names beside the records: records contain numbers only, and an erased name is in no byte of the file.</summary>
public sealed class JournalNamesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string JournalPath => _folder.File("journal.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void NoRecordContainsANameNotEvenInItsDetail()
    {
        using (Journal journal = Journal.Open(JournalPath))
        {
            journal.Append(SomeEvents.Granted(1));
            journal.Append(SomeEvents.Number(2, DoorEventKind.ScheduleUnknown) with
            {
                Detail = $"'ofice' of {PersonReference.Of(7, "adam")}, {PersonReference.Of(8, "Nora O'Neil")}.",
            });
        }

        using SqliteConnection connection = JournalFile.OpenToRead(JournalPath);
        Assert.Equal("'ofice' of {person 7}, {person 8}.",
            Sqlite.Scalar(connection, "SELECT detail FROM event WHERE sequence = 2"));
        Assert.Equal("7 1 adam, 8 2 Nora O'Neil",
            Sqlite.Scalar(connection, "SELECT group_concat(person || ' ' || since || ' ' || name, ', ') FROM journal_name"));
        Assert.Equal("'ofice' of adam, Nora O'Neil.", WrittenJournal.Entries(JournalPath)[1].Detail);
    }

    [Fact]
    public void ANameIsWrittenOnceAndAgainOnlyWhenItChanges()
    {
        string[] names = ["adam", "adam", "adam smith", "adam smith", "adam"];
        using (Journal journal = Journal.Open(JournalPath))
        {
            foreach ((int i, string name) in names.Index())
                journal.Append(SomeEvents.Granted(i + 1) with { PersonName = name });
        }

        using (Journal again = Journal.Open(JournalPath))
            again.Append(SomeEvents.Granted(6));
        Assert.Equal([.. names, "adam"], WrittenJournal.Entries(JournalPath).Select(entry => entry.PersonName));
        using SqliteConnection connection = JournalFile.OpenToRead(JournalPath);
        Assert.Equal(3, Sqlite.Number(connection, "SELECT count(*) FROM journal_name"));
    }

    [Fact]
    public void AnErasedPersonsRecordsKeepTheNumberAndNothingElseChanges()
    {
        using Journal journal = WithThree();
        IReadOnlyList<DoorEvent> before = WrittenJournal.Entries(JournalPath);
        Assert.True(journal.EraseNames(7, called: null));
        IReadOnlyList<DoorEvent> after = WrittenJournal.Entries(JournalPath);
        Assert.Equal(["person 7 (erased)", "nora", "person 7 (erased)", null], after.Select(PersonReference.Who));
        Assert.Equal("'ofice' of person 7 (erased), nora.", after[3].Detail);
        Assert.Equal(before.Select(entry => entry with { PersonName = null, IsErased = false, Detail = null }),
            after.Select(entry => entry with { PersonName = null, IsErased = false, Detail = null }));
        Assert.Empty(WithName("adam"));
        Assert.NotEmpty(WithName("nora"));
        Assert.Equal([1L, 3], Found("person 7 (ERASED)"));
        Assert.Empty(Found("adam"));
    }

    [Fact]
    public void OnlyOneOfTwoPeopleWithOneNumberIsErasedWhereTheNameIsGiven()
    {
        using Journal journal = WithThree();
        journal.Append(SomeEvents.Granted(5) with { PersonName = "eva" });
        journal.EraseNames(7, "ADAM");
        Assert.Equal(["person 7 (erased)", "nora", "person 7 (erased)", null, "eva"],
            WrittenJournal.Entries(JournalPath).Select(PersonReference.Who));
        Assert.Equal([5L], Found("eva"));
        Assert.Empty(WithName("adam"));
    }

    [Fact]
    public void ADoorThatRunsGoesOnAfterAnotherProgramErasedAName()
    {
        using Journal door = WithThree();
        using (Journal command = Journal.Open(JournalPath))
            command.EraseNames(7, called: null);
        door.RequireUnchanged();
        door.Append(SomeEvents.Number(5));
        // A person restored from a backup has a name again; the records from before stay without one.
        door.Append(SomeEvents.Granted(6));
        Assert.Equal(["person 7 (erased)", "nora", "person 7 (erased)", null, null, "adam"],
            WrittenJournal.Entries(JournalPath).Select(PersonReference.Who));
    }

    [Fact]
    public void AReaderInTheMiddleIsReportedAndTheNextEraseCleansTheLog()
    {
        using Journal journal = WithThree();
        using (SqliteConnection reader = JournalFile.OpenToRead(JournalPath))
        {
            using SqliteTransaction reading = reader.BeginTransaction(deferred: true);
            Sqlite.Number(reader, "SELECT count(*) FROM event");
            Assert.False(journal.EraseNames(7, called: null));
        }

        Assert.True(journal.EraseNames(7, called: null));
        Assert.Empty(WithName("adam"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AnUpgradedJournalHasTheSameNamesAndErasesThem(int format)
    {
        OldJournal.Make(JournalPath, format);
        using Journal journal = Journal.Open(JournalPath);
        Assert.Equal(OldJournal.Events, WrittenJournal.Entries(JournalPath));
        foreach (long person in new[] { 7, 8, 9, 10 })
            journal.EraseNames(person, called: null);
        Assert.All(new[] { "adam", "nora", "eva", "first of", "second of" }, name => Assert.Empty(WithName(name)));
        Assert.Equal("'ofice' of person 7 (erased), person 8 (erased). Did you mean office?",
            WrittenJournal.Entries(JournalPath)[10].Detail);
    }

    [Fact]
    public void ANameWithoutANumberIsLeftOutOfAnOldDetail()
    {
        OldJournal.Make(JournalPath, 2);
        WrittenJournal.Change(JournalPath, """
            INSERT INTO event (sequence, time, kind, detail) VALUES
                (41, '2026-03-02T08:00:00.0000000Z', 'ScheduleUnknown', '''ofice'' of adam, X. Unknown and 2 more. Known here: a, b.'),
                (42, '2026-03-02T08:00:00.0000000Z', 'GalleryRefused', 'X. Unknown has an invalid date in the gallery (valid_from): why.'),
                (43, '2026-03-02T08:00:00.0000000+01:00', 'GalleryRefused', 'The gallery is damaged.')
            """);
        using Journal journal = Journal.Open(JournalPath);
        Assert.Equal(["'ofice' of adam, somebody and 2 more. Known here: a, b.",
            "somebody has an invalid date in the gallery (valid_from): why.", "The gallery is damaged."],
            WrittenJournal.Entries(JournalPath).Skip(OldJournal.Records).Select(entry => entry.Detail));
        WrittenJournal.Change(JournalPath, "PRAGMA wal_checkpoint(TRUNCATE)");
        Assert.Empty(WithName("X. Unknown"));
    }

    private Journal WithThree()
    {
        Journal journal = Journal.Open(JournalPath);
        journal.Append(SomeEvents.Granted(1));
        journal.Append(SomeEvents.Granted(2) with { PersonId = 8, PersonName = "nora" });
        journal.Append(SomeEvents.Granted(3));
        journal.Append(SomeEvents.Number(4, DoorEventKind.ScheduleUnknown) with
        {
            Detail = $"'ofice' of {PersonReference.Of(7, "adam")}, {PersonReference.Of(8, "nora")}.",
        });
        return journal;
    }

    private IEnumerable<long> Found(string person)
    {
        using JournalReader reader = new(JournalPath, new JournalFilter(Person: person));
        return reader.Last(100).Entries.Select(entry => entry.Sequence);
    }

    private IEnumerable<string> WithName(string name) => Directory.GetFiles(_folder.Path).Where(file =>
        File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(name)) >= 0);
}
