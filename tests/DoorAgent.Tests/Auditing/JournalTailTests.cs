using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Auditing;

public sealed class JournalTailTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string JournalPath => _folder.File("journal.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WithoutAPositionTheNewestRecordsPositionIsReturnedAndNoRecord()
    {
        using Journal journal = OpenWith(3);
        JournalBatch batch = Read(after: null);
        Assert.Empty(batch.Events);
        Assert.Equal((3, 0), (batch.Position.Sequence, batch.Waiting));
        journal.Append(SomeEvents.Number(4));
        Assert.Equal([4], Numbers(Read(batch.Position)));
    }

    [Fact]
    public void WithoutAJournalThereIsNothingAndThenEverything()
    {
        JournalBatch batch = Read(after: null);
        Assert.Equal(JournalPosition.Start, batch.Position);
        using Journal journal = OpenWith(2);
        Assert.Equal([1, 2], Numbers(Read(batch.Position)));
    }

    [Fact]
    public void BatchesTogetherAreTheWholeJournalOnceWhateverTheirSize()
    {
        using Journal journal = OpenWith(23);
        foreach (int size in new[] { 1, 2, 7, 23, 50 })
        {
            List<long> all = [];
            JournalPosition position = JournalPosition.Start;
            while (Read(position, size) is { Events.Count: > 0 } batch)
            {
                Assert.InRange(batch.Events.Count, 1, size);
                all.AddRange(Numbers(batch));
                Assert.Equal(23 - all[^1], batch.Waiting);
                position = batch.Position;
            }

            Assert.Equal(Enumerable.Range(1, 23).Select(number => (long)number), all);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(9)]
    public void AJournalThatReplacedTheOneOfThePositionIsReadFromItsFirstRecord(int records)
    {
        JournalPosition position;
        using (OpenWith(5))
            position = Read(after: null).Position;
        foreach (string file in Directory.GetFiles(_folder.Path))
            File.Delete(file);
        using Journal other = OpenWith(records, TimeSpan.FromHours(1));
        JournalBatch batch = Read(position);
        Assert.True(batch.IsOtherJournal);
        Assert.Equal(Enumerable.Range(1, records).Select(number => (long)number), Numbers(batch));
        Assert.False(Read(batch.Position).IsOtherJournal);
    }

    [Fact]
    public void AnEmptyJournalInThePlaceOfTheOneOfThePositionIsNoticed()
    {
        JournalPosition position;
        using (OpenWith(5))
            position = Read(after: null).Position;
        foreach (string file in Directory.GetFiles(_folder.Path))
            File.Delete(file);
        using Journal other = OpenWith(0);
        JournalBatch batch = Read(position);
        Assert.True(batch.IsOtherJournal);
        Assert.Equal(JournalPosition.Start, batch.Position);
    }

    [Fact]
    public void AnOlderCopyOfTheJournalIsAnotherJournal()
    {
        JournalPosition position;
        using (OpenWith(3))
        {
        }

        string copy = _folder.File("copy");
        File.Copy(JournalPath, copy);
        using (Journal journal = OpenWith(0))
        {
            journal.Append(SomeEvents.Number(4));
            journal.Append(SomeEvents.Number(5));
            position = Read(after: null).Position;
        }

        File.Copy(copy, JournalPath, overwrite: true);
        Assert.True(Read(position).IsOtherJournal);
    }

    [Fact]
    public void RecordsThatTheDoorHasRemovedAreCountedAndAreNoReasonToStartAgain()
    {
        using Journal journal = OpenWith(9);
        JournalPosition position = Read(JournalPosition.Start, 3).Position;
        WrittenJournal.Change(JournalPath, """
            INSERT INTO segment (last, first, records, time, key, signature) VALUES (5, 1, 5, '', '', x'00');
            DELETE FROM event WHERE sequence < 6;
            """);
        JournalBatch batch = Read(position);
        Assert.False(batch.IsOtherJournal);
        Assert.Equal(2, batch.Removed);
        Assert.Equal([6, 7, 8, 9], Numbers(batch));
    }

    [Fact]
    public void ARecordForTheLinkHasNoNameAndOneForThePageHasIt()
    {
        using (Journal journal = OpenWith(0))
        {
            journal.Append(SomeEvents.Granted() with { Detail = $"hosted by {PersonReference.Of(9, "bertha")}" });
            journal.Append(SomeEvents.Number(2, DoorEventKind.ScheduleUnknown) with { Detail = "adam has the schedule nights" });
            journal.Append(SomeEvents.Number(3, DoorEventKind.AttemptOpened) with { PersonId = 9, PersonName = "bertha" });
        }

        DoorEvent[] nameless = [.. Read(JournalPosition.Start).Events];
        Assert.All(nameless, made => Assert.Null(made.PersonName));
        Assert.DoesNotContain(nameless, made => made.Detail?.Contains("adam", StringComparison.Ordinal) == true
            || made.Detail?.Contains("bertha", StringComparison.Ordinal) == true);
        Assert.Equal("hosted by person 9", nameless[0].Detail);
        DoorEvent[] named = [.. JournalTail.Read(JournalPath, JournalPosition.Start, 50, hasNames: true).Events];
        Assert.Equal(("adam", "hosted by bertha"), (named[0].PersonName, named[0].Detail));
    }

    private static IEnumerable<long> Numbers(JournalBatch batch) => batch.Events.Select(made => made.Sequence);

    private JournalBatch Read(JournalPosition? after, int atMost = 50) => JournalTail.Read(JournalPath, after, atMost, hasNames: false);

    private Journal OpenWith(int records, TimeSpan later = default)
    {
        Journal journal = Journal.Open(JournalPath);
        for (int number = 1; number <= records; number++)
        {
            DoorEvent made = SomeEvents.Number(number);
            journal.Append(made with { Time = made.Time + later });
        }

        return journal;
    }
}
