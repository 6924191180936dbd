using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Link;
using DoorAgent.Tests.Auditing;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Link;

public sealed class SummaryScheduleTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(SomeEvents.Morning.ToUniversalTime());
    private readonly List<DoorEvent> _journal = [.. Enumerable.Range(1, 3).Select(number => SomeEvents.Granted(number))];
    private readonly List<DaySummary> _sent = [];
    private CancellationTokenSource _stop = new();
    private bool _isAway;
    private string? _refusal;

    public SummaryScheduleTests() => _time.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

    private string StateFile => Path.Combine(_folder.Path, "mail.summary");

    public void Dispose()
    {
        _stop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task ASummaryCountsWhatHappenedSinceTheLastOne()
    {
        // The schedule's first turn ends at its first wait.
        Task running = Start();
        _journal.AddRange(Enumerable.Range(4, 120).Select(number => SomeEvents.Granted(number)));
        _time.Pass(TimeSpan.FromHours(23));
        Assert.Empty(_sent);
        _time.Pass(TimeSpan.FromMinutes(6));
        DaySummary first = Assert.Single(_sent);
        // The records before the first start do not count.
        Assert.Equal((120, 1), (first.Granted, first.Faults.Count));
        Assert.Equal(213, first.Waiting["mqtt"]);
        Assert.Equal(SomeEvents.Morning, first.From);

        _journal.Add(SomeEvents.Granted(124));
        _time.Pass(TimeSpan.FromDays(1));
        Assert.Equal((2, 1), (_sent.Count, _sent[1].Granted));
        Assert.Equal(first.To, _sent[1].From);
        await StopAsync(running);
    }

    [Fact]
    public async Task ASummaryThatWasNotAcceptedIsSentAgainWithTheSameBegin()
    {
        _refusal = "no";
        Task running = Start();
        _time.Pass(TimeSpan.FromDays(1));
        Assert.Equal("no", (await Assert.ThrowsAsync<IOException>(() => running)).Message);
        _refusal = null;
        running = Start();
        Assert.Equal(SomeEvents.Morning, Assert.Single(_sent).From);
        await StopAsync(running);
    }

    [Fact]
    public async Task AfterDaysWithoutALinkOneSummaryTellsOfAllOfThem()
    {
        Task running = Start();
        await StopAsync(running);
        _journal.AddRange(Enumerable.Range(4, 10).Select(number => SomeEvents.Granted(number)));
        _time.Pass(TimeSpan.FromDays(5));
        running = Start();
        _time.Pass(TimeSpan.FromMinutes(10));
        Assert.Equal(10, Assert.Single(_sent).Granted);
        await StopAsync(running);
    }

    [Fact]
    public async Task ADoorThatDoesNotAnswerDelaysTheSummary()
    {
        Task running = Start();
        _isAway = true;
        _time.Pass(TimeSpan.FromDays(1));
        Assert.Empty(_sent);
        _isAway = false;
        _time.Pass(TimeSpan.FromMinutes(2));
        Assert.Single(_sent);
        await StopAsync(running);
    }

    [Fact]
    public async Task AClockThatWasSetBackDoesNotSilenceTheSummaries()
    {
        new SummaryState(SomeEvents.Morning.AddYears(3), JournalPosition.Of(_journal[0])).Write(StateFile);
        Task running = Start();
        _time.Pass(TimeSpan.FromDays(1));
        Assert.Equal(2, _sent[0].Granted);
        await StopAsync(running);
    }

    [Fact]
    public async Task AFileThatIsNotAStateBeginsAgain()
    {
        await File.WriteAllTextAsync(StateFile, "{\"since\":", TestContext.Current.CancellationToken);
        Task running = Start();
        Assert.Equal(3, SummaryState.Read(StateFile)!.Position.Sequence);
        await StopAsync(running);
    }

    /// <summary>The channel fails with its schedule, and a channel that fails each time delays the alarms.</summary>
    [Fact]
    public async Task AStateThatCannotBeStoredAtTheFirstStartIsAFailureOnce()
    {
        SummarySchedule schedule = Schedule(Path.Combine(_folder.Path, "missing", "mail.summary"));
        await Assert.ThrowsAnyAsync<IOException>(() => Start(schedule));
        Task running = Start(schedule);
        _time.Pass(TimeSpan.FromHours(1));
        Assert.False(running.IsCompleted);
        await StopAsync(running);
    }

    private SummarySchedule Schedule(string path) => new(new TimeOnly(7, 0), path, ReadAsync,
        _ => Task.FromResult<IReadOnlyList<string>>(["the camera is gone"]),
        () => new LinkStatus(SomeEvents.Morning, null, [new ChannelStatus("mqtt") { Waiting = 213 }, new ChannelStatus("mail")]), _time);

    private Task Start(SummarySchedule? begun = null)
    {
        SummarySchedule schedule = begun ?? Schedule(StateFile);
        return InlineTime.Run(() => schedule.RunAsync((summary, _) =>
        {
            if (_refusal is { } why)
                throw new IOException(why);
            _sent.Add(summary);
            return Task.CompletedTask;
        }, _stop.Token));
    }

    private async Task StopAsync(Task running)
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        _stop.Dispose();
        _stop = new CancellationTokenSource();
    }

    private Task<JournalBatch> ReadAsync(JournalPosition? after, CancellationToken stopping)
    {
        if (_isAway)
            throw new LinkDoorException("no door");
        if (after is null)
            return Task.FromResult(new JournalBatch([], JournalPosition.Of(_journal[^1])));
        DoorEvent[] all = [.. _journal.Where(made => made.Sequence > after.Sequence)];
        DoorEvent[] batch = [.. all.Take(50)];
        return Task.FromResult(new JournalBatch(batch, batch is [.., var last] ? JournalPosition.Of(last) : after,
            Waiting: all.Length - batch.Length));
    }
}
