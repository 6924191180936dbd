using DoorAgent.Events;

namespace DoorAgent.Operating;

/// <summary>Counts ends without a stop until an operator acknowledges them; reading the status does not. One thread adds, others may
/// read.</summary>
internal sealed class UncleanShutdowns
{
    private readonly Lock _gate = new();
    private string? _last;
    private int _count;

    /// <summary>A description of the unacknowledged ends; null without any.</summary>
    public string? Words
    {
        get
        {
            lock (_gate)
            {
                string times = _count == 1 ? "" : $" ({_count} times, the last time)";
                return _count == 0 ? null
                    : $"the previous run ended without stopping{times}: {_last}. Look at the door, then: dooragent acknowledge";
            }
        }
    }

    /// <summary>Counts an event; events must arrive in order.</summary>
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
