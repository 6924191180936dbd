using DoorAgent.Events;

namespace DoorAgent.Operating;

/// <summary>Ends without a stop, until an operator says that somebody has looked: a program that asks for the status is not somebody. One thread notes, others may read.</summary>
internal sealed class Unacknowledged
{
    private readonly Lock _gate = new();
    private string? _last;
    private int _count;

    /// <summary>What there is to look at, in words; null when there is nothing.</summary>
    public string? Words
    {
        get
        {
            lock (_gate)
            {
                return _count == 0 ? null
                    : $"the run before ended without stopping{(_count == 1 ? "" : $" ({_count} times, the last time)")}: {_last}. Look at the door, then: dooragent acknowledge";
            }
        }
    }

    /// <summary>Takes what happened, in order.</summary>
    public void Note(DoorEvent made)
    {
        lock (_gate)
        {
            if (made.Kind == DoorEventKind.EndedWithoutStopping)
                (_last, _count) = (made.Detail, _count + 1);
            else if (made.Kind == DoorEventKind.Acknowledged)
                (_last, _count) = (null, 0);
        }
    }
}
