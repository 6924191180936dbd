using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Auditing;

/// <summary>Tests of publishers that throw, block and fall behind: each loses its own events, which are counted and reported
/// once.</summary>
public sealed class PublisherQueueTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ManualResetEventSlim _goOn = new();
    private readonly SemaphoreSlim _isAtWork = new(0);
    private readonly List<long> _taken = [];

    public void Dispose()
    {
        _goOn.Dispose();
        _isAtWork.Dispose();
    }

    [Fact]
    public async Task EventsAreDeliveredInOrder()
    {
        EventPublishers publishers = new(_time, new MadePublisher(Take));
        publishers.Start();
        Publish(publishers, 1, 100);
        Assert.Empty(await publishers.StopAsync());
        Assert.Equal(Enumerable.Range(1, 100).Select(i => (long)i), _taken);
        Assert.Empty(publishers.News());
    }

    [Fact]
    public async Task APublisherThatAlwaysThrowsIsReportedOnceAndTheOthersReceiveEverything()
    {
        EventPublishers publishers = new(_time, new MadePublisher(_ => throw new InvalidOperationException("no such bus")),
            new MadePublisher(Take));
        publishers.Start();
        Publish(publishers, 1, 5);
        Assert.Empty(await publishers.StopAsync());
        Assert.Equal([1, 2, 3, 4, 5], _taken);
        Assert.Equal(["the test does not take the door's events: no such bus. The door goes on, and the journal has its records; 5 "
            + "events lost so far"], publishers.News());
        _time.Advance(PublisherQueue.Quiet * 10);
        Assert.Empty(publishers.News());
    }

    [Fact]
    public async Task APublisherThatRecoversIsReportedOnceAfterAQuietMinute()
    {
        bool fails = true;
        MadePublisher publisher = new(e =>
        {
            if (fails)
                throw new IOException("the line is down");
            Take(e);
        });
        EventPublishers publishers = new(_time, publisher);
        publishers.Start();
        Publish(publishers, 1, 1);
        await publishers.WhenIdleAsync(publisher);
        Assert.Contains("the line is down", Assert.Single(publishers.News()), StringComparison.Ordinal);
        fails = false;
        _time.Advance(PublisherQueue.Quiet);
        // Nothing was delivered since, so the state is unknown.
        Assert.Empty(publishers.News());
        Publish(publishers, 2, 2);
        await publishers.WhenIdleAsync(publisher);
        Assert.Equal(["the test takes the door's events again; 1 event lost meanwhile, and the journal has what is on record"],
            publishers.News());
        Assert.Empty(publishers.News());
        Assert.Equal([2, 3], _taken);
        await publishers.StopAsync();
    }

    [Fact]
    public async Task APublisherThatFailsOccasionallyIsReportedOnce()
    {
        MadePublisher publisher = new(e =>
        {
            if (e.Sequence % 2 == 0)
                throw new IOException("full");
        });
        EventPublishers publishers = new(_time, publisher);
        publishers.Start();
        List<string> news = [];
        for (int i = 1; i <= 200; i++)
        {
            Publish(publishers, i, 1);
            await publishers.WhenIdleAsync(publisher);
            _time.Advance(PublisherQueue.Quiet / 4);
            news.AddRange(publishers.News());
        }

        Assert.Single(news);
        await publishers.StopAsync();
    }

    [Fact]
    public async Task ASlowPublisherLosesItsOldestEventsAndReportsHowMany()
    {
        PublisherQueue queue = new(new MadePublisher(TakeWhenTold), _time);
        Task running = Task.Run(queue.RunAsync, TestContext.Current.CancellationToken);
        queue.Post(SomeEvents.Number(1));
        await _isAtWork.WaitAsync(TestContext.Current.CancellationToken);
        // The first is at work; behind it there is room for so many.
        for (int i = 2; i <= PublisherQueue.Capacity + 8; i++)
            queue.Post(SomeEvents.Number(i));
        Assert.Equal(7, queue.Lost);
        Assert.Equal($"the test does not take the door's events: it is too slow, and {PublisherQueue.Capacity} wait already. "
            + "The door goes on, and the journal has its records; 7 events lost so far", queue.News());
        Assert.Null(queue.News());
        _goOn.Set();
        await queue.WhenIdleAsync();
        Assert.Equal([1, .. Enumerable.Range(9, PublisherQueue.Capacity).Select(i => (long)i)], _taken);
        _time.Advance(PublisherQueue.Quiet);
        Assert.Equal("the test takes the door's events again; 7 events lost meanwhile, and the journal has what is on record",
            queue.News());
        queue.Close();
        await running;
    }

    [Fact]
    public async Task APublisherThatHangsIsReportedAndDelaysTheStopOnlyUpToALimit()
    {
        EventPublishers publishers = new(_time, new MadePublisher(TakeWhenTold));
        publishers.Start();
        Publish(publishers, 1, 3);
        await _isAtWork.WaitAsync(TestContext.Current.CancellationToken);
        _time.Advance(PublisherQueue.Patience - TimeSpan.FromSeconds(1));
        Assert.Empty(publishers.News());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("one event has taken it more than 10 s", Assert.Single(publishers.News()), StringComparison.Ordinal);
        _time.Advance(PublisherQueue.Quiet * 10);
        Assert.Empty(publishers.News());

        Task<IReadOnlyList<string>> stopping = publishers.StopAsync();
        Assert.False(stopping.IsCompleted);
        _time.Advance(EventPublishers.TimeToStop);
        Assert.Equal(["the test did not take the last 3 events of the door in time; the journal has its records"], await stopping);
        _goOn.Set();
    }

    private static void Publish(EventPublishers publishers, int first, int count)
    {
        for (int i = first; i < first + count; i++)
            publishers.Publish(SomeEvents.Number(i));
    }

    private void Take(DoorEvent made) => _taken.Add(made.Sequence);

    private void TakeWhenTold(DoorEvent made)
    {
        _isAtWork.Release();
        _goOn.Wait();
        Take(made);
    }
}
