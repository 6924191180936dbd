using DoorAgent.Hardware;

namespace DoorAgent.Simulation;

/// <summary>
/// Time that stands still until a caller moves it. Timers fire in <see cref="AdvanceTo"/>, on the caller's thread, one after the other in
/// order of their due times (equal times in order of creation), with the clock at the due time. A callback may create timers, and those
/// that become due fire in the same call. The wall clock can be moved forward and back without effect on timers, as on a real board. Timers
/// may be created and changed from any thread; one caller at a time moves the clock. The monotonic clock
/// (<see cref="MonotonicTime.Monotonic"/>) starts at <see cref="Uptime"/>.
/// </summary>
internal sealed class SimulatedTime(DateTimeOffset start, TimeZoneInfo zone) : TimeProvider
{
    /// <summary>How long the machine has been up when a simulation starts. Zero would hide code that wrongly counts from the machine's
    /// start.</summary>
    public static readonly TimeSpan Uptime = TimeSpan.FromDays(40);

    private readonly Lock _gate = new();
    private readonly SortedSet<Timer> _pending = new(Comparer<Timer>.Create(Timer.Compare));
    private TimeSpan _now;
    private long _made;
    private TimeSpan _wallShift;
    private bool _isMoving;

    /// <summary>By how much the wall clock has been moved forward.</summary>
    public TimeSpan WallShift
    {
        get
        {
            lock (_gate)
                return _wallShift;
        }
        set
        {
            lock (_gate)
                _wallShift = value;
        }
    }

    public override TimeZoneInfo LocalTimeZone => zone;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How far the clock has been moved.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (_gate)
                return _now;
        }
    }

    /// <summary>Due time of the next timer, not earlier than <see cref="Elapsed"/>; null without a pending timer.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            lock (_gate)
                return _pending.Min?.Due;
        }
    }

    public override DateTimeOffset GetUtcNow() => (start + Elapsed + WallShift).ToUniversalTime();

    public override long GetTimestamp() => (Uptime + Elapsed).Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Timer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock forward by <paramref name="by"/>; zero fires the timers that are due now.</summary>
    public void Advance(TimeSpan by) => AdvanceTo(Elapsed + by);

    /// <summary>Moves the clock to <paramref name="elapsed"/> and fires every timer that is due until then. An exception from a callback
    /// leaves this method, with the clock at the time of the callback.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is in the past.</exception>
    /// <exception cref="InvalidOperationException">The clock is already being moved.</exception>
    public void AdvanceTo(TimeSpan elapsed) => Move(elapsed, atMost: int.MaxValue);

    /// <summary>Moves the clock as <see cref="AdvanceTo"/> does, but fires only one timer and stops at its time, so that its effects can be
    /// processed before another timer fires at the same time.</summary>
    /// <returns>Whether a timer fired; if not, the clock is at <paramref name="elapsed"/>.</returns>
    public bool StepTo(TimeSpan elapsed) => Move(elapsed, atMost: 1) > 0;

    private int Move(TimeSpan elapsed, int atMost)
    {
        lock (_gate)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(elapsed, _now);
            if (_isMoving)
                throw new InvalidOperationException("The clock is already being moved; a timer's callback cannot move the clock.");
            _isMoving = true;
        }

        try
        {
            int fired = 0;
            for (; fired < atMost && TakeDue(elapsed) is { } timer; fired++)
                timer.Fire();
            return fired;
        }
        finally
        {
            lock (_gate)
                _isMoving = false;
        }
    }

    /// <summary>Returns the next timer due until then, with the clock at its time; or null, with the clock at
    /// <paramref name="until"/>.</summary>
    private Timer? TakeDue(TimeSpan until)
    {
        lock (_gate)
        {
            if (_pending.Min is not { } timer || timer.Due > until)
            {
                _now = until;
                return null;
            }

            _now = timer.Due;
            _pending.Remove(timer);
            if (timer.Period > TimeSpan.Zero)
                ScheduleNeedsLock(timer, timer.Period);
            return timer;
        }
    }

    private void ScheduleNeedsLock(Timer timer, TimeSpan dueTime)
    {
        (timer.Due, timer.Order) = (_now + dueTime, _made++);
        _pending.Add(timer);
    }

    private sealed class Timer(SimulatedTime owner, TimerCallback callback, object? state) : ITimer
    {
        private bool _isDisposed;

        public TimeSpan Due { get; set; }

        /// <summary>Unique among pending timers; a timer that was never pending equals none of them.</summary>
        public long Order { get; set; } = -1;

        public TimeSpan Period { get; private set; }

        public static int Compare(Timer one, Timer other)
        {
            int byTime = one.Due.CompareTo(other.Due);
            return byTime != 0 ? byTime : one.Order.CompareTo(other.Order);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            ThrowIfNegative(dueTime);
            ThrowIfNegative(period);
            lock (owner._gate)
            {
                if (_isDisposed)
                    return false;
                owner._pending.Remove(this);
                Period = period;
                if (dueTime != Timeout.InfiniteTimeSpan)
                    owner.ScheduleNeedsLock(this, dueTime);
                return true;
            }
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (owner._gate)
            {
                _isDisposed = true;
                owner._pending.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private static void ThrowIfNegative(TimeSpan time)
        {
            if (time != Timeout.InfiniteTimeSpan)
                ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        }
    }
}
