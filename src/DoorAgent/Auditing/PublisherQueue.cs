using System.Globalization;
using DoorAgent.Events;
using DoorAgent.Hardware;

namespace DoorAgent.Auditing;

/// <summary>
/// The queue of one publisher. A full queue drops its oldest event: observers need the current state of the door, and the journal has the
/// dropped events. <see cref="News"/> reports once that trouble began, and once that the trouble is over.
/// </summary>
internal sealed class PublisherQueue(IEventPublisher publisher, TimeProvider time)
{
    /// <summary>The largest number of queued events: some hours of a busy door.</summary>
    public const int Capacity = 1024;

    /// <summary>The time after which an event in delivery counts as trouble, even when no event is lost yet.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The time without a failure after which trouble is over: a publisher that fails occasionally is reported once.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly Mailbox<DoorEvent> _waiting = new(Capacity);
    private readonly Lock _gate = new();
    private TimeSpan? _busySince;
    private TimeSpan _troubleAt;
    private string? _trouble;
    private bool _isReported;
    private bool _hasDeliveredSince;
    private long _failed;
    private long _droppedSeen;
    private long _lostBefore;

    public IEventPublisher Publisher => publisher;

    /// <summary>Number of lost events: those for which the publisher threw, and those dropped from the full queue.</summary>
    public long Lost => Interlocked.Read(ref _failed) + _waiting.Dropped;

    /// <summary>Queues an event. Never blocks and never throws.</summary>
    public void Post(DoorEvent made) => _waiting.Post(made);

    public Task WhenIdleAsync() => _waiting.WhenIdleAsync();

    /// <summary>Closes the queue; <see cref="RunAsync"/> ends after the queued events.</summary>
    public void Close() => _waiting.Close();

    /// <summary>Delivers queued events until the queue is closed and empty. Never throws.</summary>
    public async Task RunAsync()
    {
        await foreach (DoorEvent made in _waiting.ReadAllAsync())
        {
            lock (_gate)
                _busySince = time.Monotonic();
            string? failure = FailureOf(made);
            lock (_gate)
            {
                _busySince = null;
                if (failure is null)
                    _hasDeliveredSince = true;
                else
                    TroubleNeedsLock(failure);
            }
        }
    }

    /// <summary>Returns what must be recorded: that trouble began or is over; null when nothing changed.</summary>
    public string? News()
    {
        lock (_gate)
        {
            CheckNeedsLock();
            if (_trouble is null || (_isReported && !IsOverNeedsLock()))
                return null;
            string news = _isReported
                ? $"{publisher.Name} takes the door's events again; {Count(Lost - _lostBefore)} lost "
                + "meanwhile, and the journal has what is on record"
                : $"{publisher.Name} does not take the door's events: {_trouble}. The door goes on, and the journal has its records; "
                + $"{Count(Lost - _lostBefore)} lost so far";
            if (_isReported)
                (_trouble, _lostBefore) = (null, Lost);
            _isReported = !_isReported;
            return news;
        }
    }

    /// <summary>Returns what was not delivered at the end, in words; null when everything was.</summary>
    public string? Undelivered()
    {
        lock (_gate)
        {
            int left = _waiting.Waiting + (_busySince is null ? 0 : 1);
            return left == 0 ? null : $"{publisher.Name} did not take the last {Count(left)} of the "
                + "door in time; the journal has its records";
        }
    }

    private string? FailureOf(DoorEvent made)
    {
        try
        {
            publisher.Publish(made);
            return null;
        }
#pragma warning disable CA1031 // A publisher may fail in any way: the event is lost, counted and reported.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Interlocked.Increment(ref _failed);
            return failure.Message;
        }
    }

    private void CheckNeedsLock()
    {
        if (time.Monotonic() - _busySince >= Patience)
            TroubleNeedsLock(string.Create(CultureInfo.InvariantCulture, $"one event has taken it more than {Patience.TotalSeconds:0} s"));
        if (_waiting.Dropped is var dropped && dropped > _droppedSeen)
        {
            _droppedSeen = dropped;
            TroubleNeedsLock($"it is too slow, and {Capacity} wait already");
        }
    }

    private void TroubleNeedsLock(string what)
    {
        _trouble ??= what;
        (_troubleAt, _hasDeliveredSince) = (time.Monotonic(), false);
    }

    private bool IsOverNeedsLock() => _hasDeliveredSince && _busySince is null && time.Monotonic() - _troubleAt >= Quiet;

    private static string Count(long events) => events == 1 ? "1 event" : string.Create(CultureInfo.InvariantCulture, $"{events} events");
}
