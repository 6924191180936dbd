using DoorAgent.Events;

namespace DoorAgent.Operating;

/// <summary>Keeps the last events for the status. One thread adds, others may read.</summary>
internal sealed class RecentEvents
{
    /// <summary>The number of kept events, which fits on a screen.</summary>
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

    /// <summary>Removes a person's name from the events, and details that may contain names.</summary>
    public void Erase(long person)
    {
        lock (_gate)
        {
            DoorEvent[] all = [.. _events];
            _events.Clear();
            foreach (DoorEvent made in all)
                _events.Enqueue(Erased(made, person));
        }
    }

    private static DoorEvent Erased(DoorEvent made, long person)
    {
        if (made.Kind is DoorEventKind.ScheduleUnknown or DoorEventKind.GalleryRefused)
            made = made with { Detail = null };
        return made.PersonId == person ? made with { PersonName = null, IsErased = true } : made;
    }

    /// <summary>Returns the events, oldest first, at most <see cref="Kept"/>.</summary>
    public IReadOnlyList<DoorEvent> Read()
    {
        lock (_gate)
            return [.. _events];
    }
}
