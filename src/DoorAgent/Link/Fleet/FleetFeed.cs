using System.Threading.Channels;
using DoorAgent.Hub;

namespace DoorAgent.Link.Fleet;

/// <summary>What the hub sends to a door, of several consumers in one queue. What is not read yet waits in the hub.</summary>
internal sealed class FleetFeed : IAsyncDisposable
{
    private const int MostWaiting = 256;

    private readonly HubConnection _hub;
    private readonly TimeProvider _time;
    private readonly Channel<HubNews> _news = Channel.CreateBounded<HubNews>(MostWaiting);
    private readonly CancellationTokenSource _end = new();
    private readonly List<HubConsumer> _consumers = [];
    private readonly HashSet<HubConsumer> _behind = [];
    private readonly List<Task> _tasks = [];

    /// <param name="hub">The connection.</param>
    /// <param name="time">The clock.</param>
    public FleetFeed(HubConnection hub, TimeProvider time)
    {
        (_hub, _time) = (hub, time);
        _tasks.Add(FailWhenLostAsync());
    }

    /// <summary>Whether everything that the hub had a moment ago has been read.</summary>
    public bool IsCurrent => _behind.Count == 0 && _news.Reader.Count == 0;

    /// <summary>Begins to read a bucket; see <see cref="HubConsumer.CreateAsync"/>.</summary>
    /// <exception cref="IOException">The hub does not answer, or refuses.</exception>
    public async Task<HubConsumer> OpenAsync(string bucket, string keys, ulong from, CancellationToken stopping)
    {
        HubConsumer consumer = await HubConsumer.CreateAsync(_hub, bucket, keys, from, _time, stopping);
        _consumers.Add(consumer);
        _behind.Add(consumer);
        _tasks.Add(PumpAsync(consumer));
        return consumer;
    }

    /// <summary>Returns the next news, and waits for it.</summary>
    /// <exception cref="IOException">The connection is lost, or records were lost on the way.</exception>
    public async ValueTask<HubNews> NextAsync(CancellationToken stopping)
    {
        try
        {
            return Note(await _news.Reader.ReadAsync(stopping));
        }
        catch (ChannelClosedException closed)
        {
            throw new IOException(closed.InnerException?.Message ?? "The connection to the hub is lost.", closed);
        }
    }

    /// <summary>Returns the next news where it is there already.</summary>
    public bool TryNext(out HubNews news)
    {
        if (!_news.Reader.TryRead(out news))
            return false;
        Note(news);
        return true;
    }

    /// <summary>Waits for the next news, but not longer than until a task completes.</summary>
    public async Task<bool> WaitAsync(Task end, CancellationToken stopping)
    {
        Task<bool> more = _news.Reader.WaitToReadAsync(stopping).AsTask();
        return await Task.WhenAny(more, end) == more && more.IsCompletedSuccessfully && await more;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (HubConsumer consumer in _consumers)
            await consumer.DisposeAsync();
        _end.Dispose();
    }

    private HubNews Note(HubNews news)
    {
        if (news.IsCurrent)
            _behind.Remove(news.From);
        else
            _behind.Add(news.From);
        return news;
    }

    private async Task PumpAsync(HubConsumer consumer)
    {
        try
        {
            await consumer.PumpAsync(_news.Writer, _end.Token);
        }
        catch (Exception failure) when (!_end.IsCancellationRequested)
        {
            _news.Writer.TryComplete(failure);
        }
    }

    private async Task FailWhenLostAsync()
    {
        Task<string> lost = _hub.Lost;
        if (await Task.WhenAny(lost, Task.Delay(Timeout.InfiniteTimeSpan, _time, _end.Token)) == lost)
            _news.Writer.TryComplete(new IOException(await lost));
    }
}
