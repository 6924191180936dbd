using DoorAgent.Link;
using DoorAgent.Operating;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Link;

public sealed class ChannelRunnerTests : IAsyncDisposable
{
    private readonly LinkBench _bench = new();
    private readonly CountingChannel _channel = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task EveryEventIsDeliveredOnceAndInOrderAndThePositionFollows()
    {
        _bench.Happen(120);
        ChannelRunner runner = _bench.Start(_channel);
        await DeliveredAsync(120);
        _bench.Happen();
        await DeliveredAsync(121);
        Assert.Equal(Numbers(1, 121), _channel.Accepted);
        await _bench.StopLinkAsync();
        Assert.Equal((121, 0), (runner.State.Status.Position, runner.State.Status.Waiting));
        Assert.Equal(121, new PositionFile(_bench.Places.PositionFile("counting")).Read(out _)!.Sequence);
        Assert.Equal(1, _channel.Connections);
    }

    [Fact]
    public async Task ANewChannelStartsWithWhatHappensFromNowOn()
    {
        _bench.Happen(10);
        _bench.Start(_channel, LinkStart.Now);
        await _bench.UntilAsync(() => File.Exists(_bench.Places.PositionFile("counting")), passes: false);
        _bench.Happen(2);
        await DeliveredAsync(2);
        Assert.Equal([11, 12], _channel.Accepted);
        await _bench.StopLinkAsync();

        // The next start goes on where this one stopped.
        _bench.Happen(3);
        _bench.Start(_channel, LinkStart.Now);
        await DeliveredAsync(5);
        Assert.Equal(Numbers(11, 15), _channel.Accepted);
    }

    [Fact]
    public async Task AFloodIsDeliveredInBatchesThatFitIntoALine()
    {
        const int flood = 1_000;
        int largest = 0;
        _channel.After = events => largest = Math.Max(largest, events.Count);
        _bench.Start(_channel);
        for (int i = 0; i < flood / 100; i++)
            _bench.Happen(100);
        await DeliveredAsync(flood);
        Assert.Equal(Numbers(1, flood), _channel.Accepted);
        Assert.InRange(largest, 2, OperatorEvents.Most);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task OverKillsOfEitherSideNothingIsLostAndOnlyABatchWithoutAnAcknowledgementComesTwice(int seed)
    {
        Random random = new(seed);
        List<long> repeated = [];
        Lock gate = new();
        _channel.Connecting = () => Draw(6) == 0 ? throw new IOException("no connection") : Task.CompletedTask;
        _channel.Before = (_, _) => Draw(6) == 0 ? throw new IOException("refused") : Task.CompletedTask;
        _channel.After = events =>
        {
            if (Draw(6) != 0)
                return;
            lock (gate)
                repeated.AddRange(events.Select(made => made.Sequence));
            throw new IOException("the acknowledgement is lost");
        };
        for (int i = 0; i < 24; i++)
        {
            if (i % 3 == 0)
                _bench.Start(_channel, seed: seed + i);
            _bench.Happen(1 + Draw(70));
            int goal = _channel.Accepted.Count + Draw(60);
            await _bench.UntilAsync(() => _channel.Accepted.Count >= Math.Min(goal, _bench.Last) || Draw(50) == 0);
            if (i % 3 == 2)
                await _bench.StopLinkAsync();
            if (Draw(3) == 0)
            {
                await _bench.StopDoorAsync();
                _bench.StartDoor();
            }
        }

        await _bench.StopLinkAsync();
        (_channel.Connecting, _channel.Before, _channel.After) = (() => Task.CompletedTask, (_, _) => Task.CompletedTask, _ => { });
        _bench.Start(_channel);
        await _bench.UntilAsync(() => _channel.Accepted is [.., var last] && last == _bench.Last);

        IReadOnlyList<long> accepted = _channel.Accepted;
        Assert.Equal(Numbers(1, _bench.Last), accepted.Distinct().Order());
        // The first time that an event comes, all before it have come.
        Assert.Equal(Numbers(1, _bench.Last), accepted.Distinct());
        Assert.Equal(repeated.Order(), accepted.GroupBy(number => number).SelectMany(same => same.Skip(1)).Order());

        int Draw(int below)
        {
            lock (gate)
                return random.Next(below);
        }
    }

    [Fact]
    public async Task AChannelWaitsForADoorThatIsAbsentAndSaysSoOnce()
    {
        await _bench.StopDoorAsync();
        ChannelRunner runner = _bench.Start(_channel);
        await _bench.UntilAsync(() => _bench.Lines.Count > 0);
        _bench.StartDoor();
        _bench.Happen(3);
        await DeliveredAsync(3);
        Assert.Equal(Numbers(1, 3), _channel.Accepted);
        await _bench.UntilAsync(() => _bench.Lines.Count >= 2);
        Assert.Equal(2, _bench.Lines.Count);
        Assert.Contains("The door does not answer", _bench.Lines[0], StringComparison.Ordinal);
        Assert.Equal("The door answers again", _bench.Lines[1]);
        Assert.Null(runner.State.Status.Failure);
    }

    [Fact]
    public async Task AJournalThatWasReplacedIsDeliveredFromItsFirstRecord()
    {
        _bench.Happen(5);
        _bench.Start(_channel);
        await DeliveredAsync(5);
        await _bench.StopDoorAsync();
        _bench.RemoveJournal();
        _bench.StartDoor();
        _bench.Happen(2);
        await DeliveredAsync(7);
        Assert.Equal([1, 2, 3, 4, 5, 1, 2], _channel.Accepted);
        Assert.Contains(_bench.Lines, line => line.Contains("another journal", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ASlowChannelDoesNotDelayAFastOne()
    {
        CountingChannel slow = new("slow");
        TaskCompletionSource goesOn = new();
        slow.Before = (_, stopping) => goesOn.Task.WaitAsync(stopping);
        _bench.Start(slow);
        _bench.Start(_channel);
        _bench.Happen(300);
        await _bench.UntilAsync(() => _channel.Accepted.Count == 300, passes: false);
        Assert.Empty(slow.Accepted);
        goesOn.SetResult();
        await _bench.UntilAsync(() => slow.Accepted.Count == 300, passes: false);
    }

    [Fact]
    public async Task AChannelWhoseSettingsCannotWorkIsOffWithOneLineAndTheOthersGoOn()
    {
        CountingChannel broken = new("broken") { Connecting = () => throw new UserErrorException("Mail:From is not an address.") };
        ChannelRunner off = _bench.Start(broken);
        _bench.Start(_channel);
        _bench.Happen(2);
        await DeliveredAsync(2);
        await _bench.UntilAsync(() => off.State.Status.IsOff);
        Assert.Equal((1, "Mail:From is not an address."), (broken.Connections, off.State.Status.Failure));
        Assert.Single(_bench.Lines, line => line.Contains("is off until the link starts again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AConnectionThatIsLostWhileNothingHappensIsMadeAgain()
    {
        TaskCompletionSource lost = new();
        int watches = 0;
        _channel.Watching = stopping => Interlocked.Increment(ref watches) == 1 ? lost.Task
            : new TaskCompletionSource().Task.WaitAsync(stopping);
        ChannelRunner runner = _bench.Start(_channel);
        await _bench.UntilAsync(() => Volatile.Read(ref watches) == 1);
        lost.SetException(new IOException("The broker closed the connection."));
        await _bench.UntilAsync(() => Volatile.Read(ref watches) == 2);
        _bench.Happen();
        await DeliveredAsync(1);
        Assert.Equal((2, "The broker closed the connection."), (_channel.Connections, runner.State.Status.Failure));
    }

    [Fact]
    public async Task AConnectionThatIsLostWhileTheDoorIsAwayIsMadeAgain()
    {
        TaskCompletionSource lost = new();
        int watches = 0;
        _channel.Watching = stopping => Interlocked.Increment(ref watches) == 1 ? lost.Task
            : new TaskCompletionSource().Task.WaitAsync(stopping);
        await _bench.StopDoorAsync();
        _bench.Start(_channel);
        await _bench.UntilAsync(() => _bench.Lines.Count > 0);
        lost.SetException(new IOException("The broker closed the connection."));
        await _bench.UntilAsync(() => Volatile.Read(ref watches) == 2);
        _bench.StartDoor();
        Assert.Equal(2, _channel.Connections);
    }

    [Fact]
    public async Task WhatFailsWhileTheLinkStopsIsNotAFailureOfTheLink()
    {
        TaskCompletionSource begun = new();
        _channel.Before = (_, stopping) =>
        {
            begun.TrySetResult();
            while (!stopping.IsCancellationRequested)
                Thread.Yield();
            throw new IOException("The broker is gone.");
        };
        _bench.Happen();
        _bench.Start(_channel);
        await begun.Task;
        await _bench.StopLinkAsync();
        Assert.Empty(_channel.Accepted);
    }

    [Fact]
    public async Task ADeliveryThatHangsEndsAfterTwoMinutesAndIsTriedAgain()
    {
        int deliveries = 0;
        _channel.Before = (_, stopping) =>
            Interlocked.Increment(ref deliveries) == 1 ? new TaskCompletionSource().Task.WaitAsync(stopping)
                : Task.CompletedTask;
        ChannelRunner runner = _bench.Start(_channel);
        _bench.Happen();
        await DeliveredAsync(1);
        Assert.Equal(2, Volatile.Read(ref deliveries));
        Assert.Contains("within 120 s", runner.State.Status.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFaultInAChannelIsOnRecordAndIsTriedAgain()
    {
        int deliveries = 0;
        _channel.Before = (_, _) =>
            Interlocked.Increment(ref deliveries) == 1 ? throw new InvalidOperationException("a bug") : Task.CompletedTask;
        _bench.Start(_channel);
        _bench.Happen();
        await DeliveredAsync(1);
        Assert.Contains(_bench.Lines, line => line.Contains("failed unexpectedly", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OnAFullDiskEventsGoOnAndComeAgainAfterTheNextStart()
    {
        using MountedFolder small = new("64k");
        string full = Path.Combine(small.Path, "counting.position");
        Assert.ThrowsAny<IOException>(() => File.WriteAllBytes(Path.Combine(small.Path, "filling"), new byte[128 * 1024]));
        ChannelRunner runner = RunnerOnFullDisk();
        using CancellationTokenSource stop = new();
        Task running = Task.Run(() => runner.RunAsync(stop.Token), CancellationToken.None);
        _bench.Happen(3);
        await DeliveredAsync(3);
        _bench.Happen(2);
        await DeliveredAsync(5);
        await stop.CancelAsync();
        await running;
        Assert.Equal(Numbers(1, 5), _channel.Accepted);
        Assert.Contains("cannot be stored", runner.State.Status.Failure, StringComparison.Ordinal);
        Assert.Single(_bench.Lines, line => line.Contains("cannot be stored", StringComparison.Ordinal));

        File.Delete(Path.Combine(small.Path, "filling"));
        using CancellationTokenSource stopNext = new();
        running = Task.Run(() => RunnerOnFullDisk().RunAsync(stopNext.Token), CancellationToken.None);
        await DeliveredAsync(10);
        await _bench.UntilAsync(() => new PositionFile(full).Read(out _) is { Sequence: 5 }, passes: false);
        await stopNext.CancelAsync();
        await running;

        ChannelRunner RunnerOnFullDisk() => _bench.RunnerOf(_channel, file: full);
    }

    private static IEnumerable<long> Numbers(long first, long last) =>
        Enumerable.Range((int)first, (int)(last - first + 1)).Select(number => (long)number);

    private Task DeliveredAsync(int events) => _bench.UntilAsync(() => _channel.Accepted.Count >= events);
}
