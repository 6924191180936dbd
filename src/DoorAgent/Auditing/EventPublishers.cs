using DoorAgent.Events;

namespace DoorAgent.Auditing;

/// <summary>
/// The list of publishers. Each has a bounded queue and a task of its own: one that throws, blocks or falls behind costs its own events and
/// never a decision. The journal is not among them, since decisions wait for it.
/// </summary>
internal sealed class EventPublishers(TimeProvider time, params IReadOnlyList<IEventPublisher> publishers)
{
    /// <summary>How long <see cref="StopAsync"/> waits for what is still queued; shorter than the host waits for a stop.</summary>
    public static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(3);

    private readonly PublisherQueue[] _queues = [.. publishers.Select(publisher => new PublisherQueue(publisher, time))];
    private Task _running = Task.CompletedTask;

    /// <summary>Sees each event at once, on the thread that decides and in order with the relay's moves; what it throws ends the door. For a
    /// simulation, whose world stands still meanwhile; a door has none.</summary>
    public Action<DoorEvent>? Observer { get; init; }

    /// <summary>Begins to hand on what is queued.</summary>
    public void Start() => _running = Task.WhenAll(_queues.Select(queue => Task.Run(queue.RunAsync)));

    /// <summary>Queues an event for each of them. Never blocks.</summary>
    public void Publish(DoorEvent made)
    {
        Observer?.Invoke(made);
        foreach (PublisherQueue queue in _queues)
            queue.Post(made);
    }

    /// <summary>What is to be recorded of them: who began to lose events, and who takes them again. Each is said once.</summary>
    public IReadOnlyList<string> News() => [.. _queues.Select(queue => queue.News()).OfType<string>()];

    /// <summary>Completes when this one has taken everything that was published so far.</summary>
    public Task WhenIdleAsync(IEventPublisher publisher) => _queues.Single(queue => queue.Publisher == publisher).WhenIdleAsync();

    /// <summary>Takes no more events and waits for what is queued, at most <see cref="TimeToStop"/>.</summary>
    /// <returns>What was not handed on, in words; empty when everything was.</returns>
    public async Task<IReadOnlyList<string>> StopAsync()
    {
        foreach (PublisherQueue queue in _queues)
            queue.Close();
        try
        {
            await _running.WaitAsync(TimeToStop, time);
        }
        catch (TimeoutException)
        {
            // A publisher that hangs is left behind; the answer says what it did not take.
        }

        return [.. _queues.Select(queue => queue.Left()).OfType<string>()];
    }
}
