using DoorAgent.Fleet;

namespace DoorAgent.Link.Fleet;

/// <summary>How far the events of the door have come.</summary>
/// <param name="Waiting">How many the hub does not have yet.</param>
/// <param name="Last">The newest event that the hub has; null before the first.</param>
internal sealed record EventsAtHub(long Waiting, long? Last);

/// <summary>Keeps how the connection fares; the tasks of the connection write it, others read.</summary>
/// <param name="names">The names of door, group and hub.</param>
/// <param name="time">The clock.</param>
internal sealed class FleetProgress(FleetLinkStatus names, TimeProvider time)
{
    private readonly Lock _gate = new();
    private FleetLinkStatus _status = names;
    private FleetStanding? _standing;
    private TaskCompletionSource _change = New();
    private EventsAtHub _events = new(0, null);
    private long _movedAt = time.GetTimestamp();
    private TimeSpan _mayTake;

    public FleetLinkStatus Status
    {
        get
        {
            lock (_gate)
                return _status;
        }
    }

    /// <summary>Where the door stood when it was asked last; null before.</summary>
    public FleetStanding? Standing
    {
        get
        {
            lock (_gate)
                return _standing;
        }
    }

    /// <summary>How far the events have come; set by whoever sends them.</summary>
    public EventsAtHub Events
    {
        get
        {
            lock (_gate)
                return _events;
        }
    }

    /// <summary>Completes at the next change that the hub and the door are to know of.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate)
                return _change.Task;
        }
    }

    /// <summary>How long the connection's task has made no progress, beyond what <see cref="Moved"/> allowed.</summary>
    public TimeSpan SinceMoved
    {
        get
        {
            lock (_gate)
                return time.GetElapsedTime(_movedAt) - _mayTake;
        }
    }

    /// <summary>Notes that the connection's task goes on.</summary>
    /// <param name="mayTake">How long the next step may take.</param>
    public void Moved(TimeSpan mayTake = default)
    {
        lock (_gate)
            (_movedAt, _mayTake) = (time.GetTimestamp(), mayTake);
    }

    public void Connected() => Change(status => status with { ConnectedSince = time.GetLocalNow(), IsCaughtUp = false, NextTry = null });

    public void Failed(string why, TimeSpan? wait) => Change(status => status with
    {
        ConnectedSince = null, IsCaughtUp = false, Failure = why, FailedAt = time.GetLocalNow(),
        NextTry = wait is { } until ? time.GetLocalNow() + until : null, IsOff = wait is null,
    });

    /// <summary>Notes something that is wrong although there is a connection.</summary>
    public void Noted(string why) => Change(status => status with { Failure = why, FailedAt = time.GetLocalNow() });

    public void CaughtUp(bool isCaughtUp) => Change(status => status with { IsCaughtUp = isCaughtUp });

    public void Stands(FleetStanding standing) => Change(
        status => status with
        {
            Revision = standing.Revision, Confirmed = standing.Confirmed, Manifest = standing.Manifest, Count = standing.Count,
            Faults = standing.Faults,
        },
        standing);

    public void EventsStand(EventsAtHub events)
    {
        lock (_gate)
        {
            bool isNews = (events.Waiting == 0) != (_events.Waiting == 0);
            _events = events;
            if (isNews)
                Tell();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Change(Func<FleetLinkStatus, FleetLinkStatus> change, FleetStanding? standing = null)
    {
        Moved();
        lock (_gate)
        {
            FleetLinkStatus before = _status;
            _status = change(before);
            _standing = standing ?? _standing;
            if (!_status.IsSameAs(before))
                Tell();
        }
    }

    private void Tell()
    {
        _change.SetResult();
        _change = New();
    }
}
