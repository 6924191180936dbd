using DoorAgent.Events;

namespace DoorAgent.Operating;

/// <summary>The last events, for whoever asks how the door is. One thread adds, others may read.</summary>
internal sealed class RecentEvents
{
    /// <summary>So many fit on a screen.</summary>
    public const int Kept = 20;

    private readonly Lock _gate = new();
    private readonly Queue<DoorEvent> _events = new(Kept);

    public void Add(DoorEvent made)
    {
        lock (_gate)
        {
            if (_events.Count == Kept)
                _events.Dequeue();
            _events.Enqueue(made);
        }
    }

    /// <summary>Oldest first, at most <see cref="Kept"/>.</summary>
    public IReadOnlyList<DoorEvent> Read()
    {
        lock (_gate)
            return [.. _events];
    }
}
