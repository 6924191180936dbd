using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Operating;
using DoorAgent.Tests.Auditing;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Operating;

public sealed class PageJournalTests : IDisposable
{
    private const int Records = 120;

    private readonly TempFolder _folder = new();
    private readonly PageJournal _journal;

    public PageJournalTests()
    {
        using Journal written = WrittenJournal.With(_folder.File("journal.db"), Records);
        _journal = new PageJournal(_folder.File("journal.db"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheNewestRecordsComeFirstAndTheOlderOnesPageByPage()
    {
        List<long> seen = [];
        PageRecords page = _journal.Read(new PageQuery());
        while (true)
        {
            seen.AddRange(page.Events.Select(one => one.Sequence));
            if (!page.HasMore)
                break;
            page = _journal.Read(new PageQuery { Before = seen[^1] });
        }

        Assert.Equal(Enumerable.Range(1, Records).Reverse().Select(one => (long)one), seen);
    }

    [Fact]
    public void RecordsAfterANumberComeOldestFirst()
    {
        PageRecords page = _journal.Read(new PageQuery { After = 117 });
        Assert.Equal([118L, 119, 120], page.Events.Select(one => one.Sequence));
        Assert.False(page.HasMore);
        Assert.Empty(_journal.Read(new PageQuery { After = Records }).Events);
        Assert.Empty(_journal.Read(new PageQuery { Before = 1 }).Events);
        Assert.Equal(7, Assert.Single(_journal.Read(new PageQuery { After = 6, Before = 8 }).Events).Sequence);
    }

    [Fact]
    public void EveryRecordAfterANumberIsReadPageByPage()
    {
        List<long> seen = [];
        PageRecords page;
        do
        {
            page = _journal.Read(new PageQuery { After = seen.LastOrDefault(3) });
            seen.AddRange(page.Events.Select(one => one.Sequence));
        }
        while (page.HasMore);

        Assert.Equal(Enumerable.Range(4, Records - 3).Select(one => (long)one), seen);
    }

    [Theory]
    [InlineData(long.MaxValue, null)]
    [InlineData(null, long.MinValue)]
    [InlineData(7L, 7L)]
    public void ImpossibleNumbersFindNothing(long? after, long? before) =>
        Assert.Empty(_journal.Read(new PageQuery { After = after, Before = before }).Events);

    [Fact]
    public void RecordsWithLongDetailsComeInSeveralAnswersEachOfWhichFitsIntoALine()
    {
        string path = _folder.File("long.db");
        using Journal written = Journal.Open(path);
        for (int number = 1; number <= 40; number++)
            written.Append(SomeEvents.Number(number, DoorEventKind.Warning) with { Detail = new string('\u0416', 10_000) });
        PageJournal journal = new(path);
        List<long> seen = [];
        PageRecords page = journal.Read(new PageQuery());
        for (; ; page = journal.Read(new PageQuery { Before = seen[^1] }))
        {
            Assert.InRange(OperatorProtocol.LineOf(new OperatorAnswer { Records = page }).Length, 1, OperatorProtocol.LongestLine);
            seen.AddRange(page.Events.Select(one => one.Sequence));
            if (!page.HasMore)
                break;
        }

        Assert.Equal(Enumerable.Range(1, 40).Reverse().Select(one => (long)one), seen);
    }

    [Fact]
    public void AMissingJournalIsRefusedWithWords() =>
        Assert.Throws<UserErrorException>(() => new PageJournal(_folder.File("none.db")).Read(new PageQuery()));
}
