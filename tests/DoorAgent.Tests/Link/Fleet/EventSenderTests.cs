using System.Text;
using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Hub;
using DoorAgent.Link;
using DoorAgent.Link.Fleet;
using DoorAgent.Tests.Auditing;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Link.Fleet;

/// <summary>Tests what of a door's journal arrives at a hub.</summary>
public sealed class EventSenderTests : IAsyncLifetime
{
    // Only a failing test waits this long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly LinkBench _door = new();
    private EventHub _hub = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        NatsServer.Require();
        _hub = await EventHub.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_hub is not null)
            await _hub.DisposeAsync();
        await _door.DisposeAsync();
    }

    [Fact]
    public async Task EveryRecordArrivesOnceInBatchesOfFiftyAndThenEachNewOne()
    {
        _door.Happen(120);
        SendingLink link = await _hub.ConnectAsync(_door);
        await SentAsync(link, 120);
        Assert.Equal([(1, 50), (51, 100), (101, 120)], (await _hub.ReadAsync()).Batches.Select(batch => (batch.From, batch.To)));

        _door.Happen();
        await SentAsync(link, 121);

        await AssertOnceAsync(121);
        Assert.Equal(0, link.Events.Waiting);
    }

    [Fact]
    public async Task NeitherNamesNorBadgesNorDistancesLeaveTheHouse()
    {
        _door.Happen(SomeEvents.Granted(), SomeEvents.Denied(DenyReason.FaceNotMatched), SomeEvents.Granted() with
        {
            Kind = DoorEventKind.Duress, Detail = $"{PersonReference.Of(7, "adam")} typed it after H10301 ...67",
        });
        await SentAsync(await _hub.ConnectAsync(_door), 3);

        string sent = Encoding.UTF8.GetString(Assert.Single(await _hub.MessagesAsync(HubNames.Events)))
            + Encoding.UTF8.GetString(Assert.Single(await _hub.MessagesAsync(HubNames.Alarms)));
        Assert.All(["adam", "H10301", "67", "0.412", "1.071", "0.883", "door-encoder"],
            secret => Assert.DoesNotContain(secret, sent, StringComparison.Ordinal));
        EventBatch batch = Assert.Single((await _hub.ReadAsync()).Batches);
        Assert.Equal([("Granted", null, null), ("Denied", "FaceNotMatched", null), ("Duress", null, 7L)],
            batch.Events.Select(made => (made.Kind, made.Reason, made.Person)));
    }

    [Fact]
    public async Task AlarmsAndTheirEndsOvertakeTheEventsThatWait()
    {
        _door.Happen(200);
        _door.Happen(SomeEvents.Number(1, DoorEventKind.DoorForced), SomeEvents.Number(2), SomeEvents.Number(3, DoorEventKind.Restored));
        LinkDoor door = new(_door.Door);
        AlarmsAhead ahead = new(new EventStream(await _hub.LoginAsync("lab"), "lab"), new SentJournal("id", null, JournalPosition.Start),
            (after, stopping) => door.ReadAsync(after, 20, stopping));
        using CancellationTokenSource stop = new();

        Task sending = ahead.RunAsync(stop.Token);
        await ahead.PassedAsync(203, Cancellation);

        Assert.Equal([("id", 201, true), ("id", 203, false)], (await _hub.MessagesAsync(HubNames.Alarms))
            .Select(message => FleetAlarm.Find(message)!).Select(alarm => (alarm.Journal, alarm.Event.Sequence, alarm.Event.IsAlarm)));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task NoBatchIsSentBeforeItsAlarms()
    {
        await RemoveAsync(HubNames.Alarms);
        _door.Happen(60);
        _door.Happen(SomeEvents.Number(1, DoorEventKind.DoorForced));

        SendingLink link = await _hub.ConnectAsync(_door);

        IOException why = await Assert.ThrowsAsync<IOException>(() => link.Sending.WaitAsync(Patience, Cancellation));
        Assert.Contains("no stream ALARMS", why.Message, StringComparison.Ordinal);
        Assert.DoesNotContain((await _hub.ReadAsync()).Batches, batch => batch.To > 60);
    }

    [Fact]
    public async Task AReplacedJournalBeginsAtOneAndSaysWhichOneItFollows()
    {
        _door.Happen(70);
        SendingLink link = await _hub.ConnectAsync(_door);
        await SentAsync(link, 70);

        await ReplaceJournalAsync();
        _door.Happen(SomeEvents.Number(900), SomeEvents.Number(901));
        await SentAsync(link, 2);
        await link.KillAsync();
        _door.Happen(1);
        await SentAsync(await _hub.ConnectAsync(_door), 3);

        EventReader reader = await AssertOnceAsync(73);
        Assert.Equal(2, reader.Journals.Count);
        Assert.Equal(reader.Journals[0], reader.Batches[2].Previous);
    }

    [Fact]
    public async Task AJournalThatWasSetBackToAnOlderCopyIsAnotherJournal()
    {
        _door.Happen(20);
        await _door.StopDoorAsync();
        byte[] copy = await File.ReadAllBytesAsync(_door.Door.JournalFile, Cancellation);
        _door.StartDoor();
        _door.Happen(30);
        SendingLink link = await _hub.ConnectAsync(_door);
        await SentAsync(link, 50);

        await ReplaceJournalAsync(copy);
        _door.Happen(SomeEvents.Number(900));
        await SentAsync(link, 21);

        EventReader reader = await AssertOnceAsync(71);
        Assert.Equal([(1, 50), (1, 21)], reader.Batches.Select(batch => (batch.From, batch.To)));
        Assert.Equal(2, reader.Journals.Count);
    }

    [Fact]
    public async Task AHubThatWasRestoredFromAnOldCopyGetsTheRestAgain()
    {
        using TempFolder copy = new();
        _door.Happen(60);
        SendingLink link = await _hub.ConnectAsync(_door);
        await SentAsync(link, 60);
        await _hub.Server.StopAsync();
        _hub.Server.CopyStore(copy.Path);
        await _hub.Server.StartAgainAsync();
        await Assert.ThrowsAsync<IOException>(() => link.Sending.WaitAsync(Patience, Cancellation));
        _door.Happen(100);
        link = await _hub.ConnectAsync(_door, before: link);
        await SentAsync(link, 160);

        await _hub.Server.KillAsync();
        _hub.Server.RestoreStore(copy.Path);
        await _hub.Server.StartAgainAsync();
        await Assert.ThrowsAsync<IOException>(() => link.Sending.WaitAsync(Patience, Cancellation));
        _door.Happen(1);
        await SentAsync(await _hub.ConnectAsync(_door, before: link), 161);

        Assert.Single((await AssertOnceAsync(161)).Journals);
    }

    [Fact]
    public async Task TwoLinksOfOneDoorTogetherSendEachRecordOnce()
    {
        _door.Happen(500);
        SendingLink one = await _hub.ConnectAsync(_door), other = await _hub.ConnectAsync(_door);
        while (!one.Sending.IsCompleted && !other.Sending.IsCompleted && ((one.Events.Last ?? 0) < 700 || (other.Events.Last ?? 0) < 700))
        {
            if (_door.Last < 700)
                _door.Happen(20);
            await Task.Yield();
        }

        Assert.Null(one.Sending.Exception ?? other.Sending.Exception);
        await AssertOnceAsync(_door.Last);
    }

    [Fact]
    public async Task ACopiedCardSendsNothingWhileTheOtherBoardDoes()
    {
        await using LinkBench copied = new();
        _door.Happen(10);
        copied.Happen(SomeEvents.Number(500));
        SendingLink link = await _hub.ConnectAsync(_door);
        await SentAsync(link, 10);
        await SentAsync(await _hub.ConnectAsync(copied), 1);

        _door.Happen(1);

        IOException why = await Assert.ThrowsAsync<IOException>(() => link.Sending.WaitAsync(Patience, Cancellation));
        Assert.Contains("was its card copied?", why.Message, StringComparison.Ordinal);
        await AssertOnceAsync(11);
    }

    [Fact]
    public async Task AMessageThatIsNoBatchEndsTheSending()
    {
        await _hub.AskAsync(office =>
            office.PublishAsync(HubNames.EventsOf("lab"), "nonsense", cancellationToken: Cancellation).AsTask());

        SendingLink link = await _hub.ConnectAsync(_door);

        IOException why = await Assert.ThrowsAsync<IOException>(() => link.Sending.WaitAsync(Patience, Cancellation));
        Assert.Contains("is not a batch of events", why.Message, StringComparison.Ordinal);
    }

    private async Task SentAsync(SendingLink link, long last)
    {
        await _door.UntilAsync(() => link.Events.Last == last && link.Events.Waiting == 0 || link.Sending.IsCompleted);
        if (link.Sending.IsCompleted)
            await link.Sending;
    }

    private async Task<EventReader> AssertOnceAsync(long records)
    {
        EventReader reader = await _hub.ReadAsync();
        Assert.Empty(reader.Findings);
        Assert.Equal(records, reader.Records);
        return reader;
    }

    private Task<bool> RemoveAsync(string stream) =>
        _hub.AskAsync(office => office.DeleteStreamAsync(stream, Cancellation).AsTask());

    private async Task ReplaceJournalAsync(byte[]? copy = null)
    {
        await _door.StopDoorAsync();
        _door.RemoveJournal();
        if (copy is not null)
            await File.WriteAllBytesAsync(_door.Door.JournalFile, copy, Cancellation);
        _door.StartDoor();
    }
}
