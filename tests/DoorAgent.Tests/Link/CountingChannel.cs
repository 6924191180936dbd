using DoorAgent.Events;
using DoorAgent.Link;

namespace DoorAgent.Tests.Link;

/// <summary>A channel that keeps the numbers of the events that it was given, and fails as a test wants.</summary>
internal sealed class CountingChannel(string name = "counting") : ILinkChannel
{
    private readonly Lock _gate = new();
    private readonly List<long> _accepted = [];
    private int _connections;

    public string Name => name;

    /// <summary>Called before each connection.</summary>
    public Func<Task> Connecting { get; set; } = () => Task.CompletedTask;

    /// <summary>Called with each batch before it is accepted.</summary>
    public Func<IReadOnlyList<DoorEvent>, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Called with each batch after it was accepted; an exception means that the acknowledgement was lost.</summary>
    public Action<IReadOnlyList<DoorEvent>> After { get; set; } = _ => { };

    /// <summary>What watches over the connection.</summary>
    public Func<CancellationToken, Task> Watching { get; set; } =
        stopping => new TaskCompletionSource().Task.WaitAsync(stopping);

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>The numbers of the accepted events, in the order in which they were accepted.</summary>
    public IReadOnlyList<long> Accepted
    {
        get
        {
            lock (_gate)
                return [.. _accepted];
        }
    }

    public async Task ConnectAsync(CancellationToken stopping)
    {
        Interlocked.Increment(ref _connections);
        await Connecting();
    }

    public async Task DeliverAsync(IReadOnlyList<DoorEvent> events, CancellationToken stopping)
    {
        await Before(events, stopping);
        lock (_gate)
            _accepted.AddRange(events.Select(made => made.Sequence));
        After(events);
    }

    public Task WatchAsync(CancellationToken stopping) => Watching(stopping);

    public Task<string> TestAsync(CancellationToken stopping) => Task.FromResult("Counted.");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
