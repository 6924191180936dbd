using System.Globalization;
using DoorAgent.Events;
using DoorAgent.Hardware;

namespace DoorAgent.Auditing;

/// <summary>
/// One publisher and the events that wait for it. A full queue drops its oldest event: whoever follows the door wants to know how the door is
/// now, and the journal has what was dropped. <see cref="News"/> says once that trouble began, and once that it is over.
/// </summary>
internal sealed class PublisherQueue(IEventPublisher publisher, TimeProvider time)
{
    /// <summary>The most events that wait: some hours of a busy door.</summary>
    public const int Capacity = 1024;

    /// <summary>An event that takes longer is trouble, though nothing may be lost yet.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The time without trouble after which trouble is over: a publisher that fails now and then is reported once.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly Mailbox<DoorEvent> _waiting = new(Capacity);
    private readonly Lock _gate = new();
    private TimeSpan? _busySince;
    private TimeSpan _troubleAt;
    private string? _trouble;
    private bool _isSaid;
    private bool _hasTakenSince;
    private long _failed;
    private long _droppedSeen;
    private long _lostBefore;

    public IEventPublisher Publisher => publisher;

    /// <summary>Events that it did not take: thrown back, or dropped from the full queue.</summary>
    public long Lost => Interlocked.Read(ref _failed) + _waiting.Dropped;

    /// <summary>Queues an event. Never blocks and never throws.</summary>
    public void Post(DoorEvent made) => _waiting.Post(made);

    public Task WhenIdleAsync() => _waiting.WhenIdleAsync();

    /// <summary>No more events; <see cref="RunAsync"/> ends after those that wait.</summary>
    public void Close() => _waiting.Close();

    /// <summary>Hands on what is queued until the queue is closed and empty. Never throws.</summary>
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
                    _hasTakenSince = true;
                else
                    TroubleNeedsLock(failure);
            }
        }
    }

    /// <summary>What is to be recorded of it: that trouble began, or that it is over; null when there is nothing new.</summary>
    public string? News()
    {
        lock (_gate)
        {
            LookNeedsLock();
            if (_trouble is null || (_isSaid && !IsOverNeedsLock()))
                return null;
            string news = _isSaid
                ? $"{publisher.Name} takes the door's events again; {Count(Lost - _lostBefore)} lost meanwhile, and the journal has what is on record"
                : $"{publisher.Name} does not take the door's events: {_trouble}. The door goes on, and the journal has its records; {Count(Lost - _lostBefore)} lost so far";
            if (_isSaid)
                (_trouble, _lostBefore) = (null, Lost);
            _isSaid = !_isSaid;
            return news;
        }
    }

    /// <summary>What it has not taken at the end, in words; null when it has taken everything.</summary>
    public string? Left()
    {
        lock (_gate)
        {
            int left = _waiting.Waiting + (_busySince is null ? 0 : 1);
            return left == 0 ? null : $"{publisher.Name} did not take the last {Count(left)} of the door in time; the journal has its records";
        }
    }

    private string? FailureOf(DoorEvent made)
    {
        try
        {
            publisher.Publish(made);
            return null;
        }
#pragma warning disable CA1031 // A publisher may fail in any way: it costs this event, is counted, and is said.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Interlocked.Increment(ref _failed);
            return failure.Message;
        }
    }

    private void LookNeedsLock()
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
        (_troubleAt, _hasTakenSince) = (time.Monotonic(), false);
    }

    private bool IsOverNeedsLock() => _hasTakenSince && _busySince is null && time.Monotonic() - _troubleAt >= Quiet;

    private static string Count(long events) => events == 1 ? "1 event" : string.Create(CultureInfo.InvariantCulture, $"{events} events");
}
