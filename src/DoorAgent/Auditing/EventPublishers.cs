using DoorAgent.Events;

namespace DoorAgent.Auditing;

/// <summary>
/// Publishes events to a list of publishers. Each publisher has its own bounded queue and task: a publisher that throws, blocks or falls
/// behind loses its own events and never delays a decision. The journal is not a publisher, since decisions wait for its records.
/// </summary>
internal sealed class EventPublishers(TimeProvider time, params IReadOnlyList<IEventPublisher> publishers)
{
    /// <summary>The longest time that <see cref="StopAsync"/> waits for queued events; shorter than the host's limit for a stop.</summary>
    public static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(3);

    private readonly PublisherQueue[] _queues = [.. publishers.Select(publisher => new PublisherQueue(publisher, time))];
    private Task _running = Task.CompletedTask;

    /// <summary>Receives each event at once, on the decision loop's thread and in order with the relay's switching; an exception ends the
    /// door. Only a simulation sets an observer, because its world stands still meanwhile.</summary>
    public Action<DoorEvent>? Observer { get; init; }

    /// <summary>Starts to deliver queued events.</summary>
    public void Start() => _running = Task.WhenAll(_queues.Select(queue => Task.Run(queue.RunAsync)));

    /// <summary>Queues an event for each publisher. Never blocks.</summary>
    public void Publish(DoorEvent made)
    {
        Observer?.Invoke(made);
        foreach (PublisherQueue queue in _queues)
            queue.Post(made);
    }

    /// <summary>Returns what must be recorded about the publishers: which began to lose events, and which receive events again. Each change
    /// is reported once.</summary>
    public IReadOnlyList<string> News() => [.. _queues.Select(queue => queue.News()).OfType<string>()];

    /// <summary>Completes when this publisher has received everything that was published so far.</summary>
    public Task WhenIdleAsync(IEventPublisher publisher) => _queues.Single(queue => queue.Publisher == publisher).WhenIdleAsync();

    /// <summary>Accepts no more events and waits for the queued ones, at most <see cref="TimeToStop"/>.</summary>
    /// <returns>What was not delivered, in words; empty when everything was.</returns>
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
            // A publisher that hangs is abandoned; the result says what it did not receive.
        }

        return [.. _queues.Select(queue => queue.Undelivered()).OfType<string>()];
    }
}

/// <summary>Publishes the door's events, such as to the log or the operator's status. DoorHost creates the publishers.</summary>
internal interface IEventPublisher
{
    /// <summary>The publisher's name as the subject of a sentence, such as <c>the log</c>.</summary>
    string Name { get; }

    /// <summary>Publishes one event. Events come in the order of their records, by one thread at a time, which is never the decision
    /// loop's. A publisher that blocks or throws loses only its own events.</summary>
    void Publish(DoorEvent made);
}
