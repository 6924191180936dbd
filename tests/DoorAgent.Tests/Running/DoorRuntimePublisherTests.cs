using System.Collections.Concurrent;
using DoorAgent.Events;
using DoorAgent.Operating;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Running;

/// <summary>Tests that a door continues when its publishers hang and throw.</summary>
public sealed class DoorRuntimePublisherTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>
{
    [Fact]
    [Slow]
    public async Task ADoorGrantsAndStopsThoughOnePublisherHangsAndOneAlwaysThrows()
    {
        using CancellationTokenSource test = new();
        ConcurrentQueue<DoorEvent> heard = [];
        MadePublisher hangs = new(_ => test.Token.WaitHandle.WaitOne()),
        throws = new(_ => throw new InvalidOperationException("no such bus")), hears = new(heard.Enqueue);
        await using DoorAtWork door = new(people, publishers: [hangs, throws, hears]);
        // The publisher is released before the door is disposed, so that a failed test does not wait for it.
        using IDisposable release = new Release(test);
        door.Show("adam/door-1");
        await door.PassAsync(20);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(5);
        Assert.Equal("Granted adam", door.Decision);
        Assert.Contains("relay on", door.Order);

        await door.PassAsync(120);
        string?[] said = [.. door.Events.Where(e => e.Kind == DoorEventKind.Warning
            && e.Detail!.StartsWith("the test", StringComparison.Ordinal)).Select(e => e.Detail)];
        Assert.Equal(2, said.Length);
        Assert.Single(said, detail => detail!.Contains("one event has taken it more than 10 s", StringComparison.Ordinal));
        Assert.Single(said, detail => detail!.Contains("no such bus", StringComparison.Ordinal));
        Assert.Contains((await door.AskAsync(OperatorVerb.Status)).Status!.Events, e => e.Kind == DoorEventKind.Granted);

        Task stopping = door.StopAsync();
        while (!stopping.IsCompleted)
        {
            // The simulated clock advances only when moved, and the stop waits by this clock.
            door.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        await stopping;
        // The test may advance the clock while the last record is written, which is then reported as slow.
        Assert.Equal(DoorEventKind.Stopping, door.Events.Last(e => e.Kind != DoorEventKind.StorageSlow).Kind);
        Assert.False(door.IsRelayOn);
        Assert.Equal(door.Events.Select(e => e.Sequence), heard.Select(e => e.Sequence));
    }

    private sealed class Release(CancellationTokenSource hangs) : IDisposable
    {
        public void Dispose() => hangs.Cancel();
    }
}
