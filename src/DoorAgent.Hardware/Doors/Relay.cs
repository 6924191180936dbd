using DoorAgent.Hardware.Gpio;

namespace DoorAgent.Hardware.Doors;

/// <summary>
/// Drives a relay on an output line. A timer releases the relay after at most <see cref="IRelay.Maximum"/>, even when the caller
/// that energised the relay hangs; a failed release is retried every second.
/// </summary>
internal sealed class Relay : IRelay
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly IOutputLine _line;
    private readonly TimeProvider _time;
    private readonly ITimer _releaseTimer;
    private readonly Lock _gate = new();
    private TimeSpan? _energisedAt;
    private TimeSpan _releaseAt;
    private bool _isDisposed;

    /// <summary>Requests the line in the released state, in one step.</summary>
    /// <exception cref="IOException">The line cannot be requested.</exception>
    public Relay(IGpioLines lines, int line, bool activeLow, TimeProvider time)
    {
        (_time, IsSimulated) = (time, lines.IsSimulated);
        _line = lines.RequestOutput("lock relay", line, activeLow, isActive: false);
        _releaseTimer = time.CreateTimer(_ => OnReleaseTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public bool IsSimulated { get; }

    public bool IsEnergised
    {
        get
        {
            lock (_gate)
                return _energisedAt is not null;
        }
    }

    public void Energise(TimeSpan atMost)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(atMost, TimeSpan.Zero);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            TimeSpan now = _time.Monotonic();
            TimeSpan since = _energisedAt ?? now;
            TimeSpan left = since + IRelay.Maximum - now;
            if (left <= TimeSpan.Zero)
                return;
            EnergiseNeedsLock(since, atMost < left ? atMost : left);
        }
    }

    public void Hold()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            EnergiseNeedsLock(_time.Monotonic(), IRelay.Maximum);
        }
    }

    public void Release()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            ReleaseNeedsLock();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            _releaseTimer.Dispose();
            try
            {
                _line.Set(false);
            }
            catch (IOException)
            {
                // No other way to release is left: closing the line below leaves the level to the external pull.
            }

            _line.Dispose();
        }
    }

    private void OnReleaseTimer()
    {
        lock (_gate)
        {
            if (_isDisposed || _energisedAt is null)
                return;
            try
            {
                ReleaseNeedsLock();
            }
            catch (IOException)
            {
                // The failed release has set the timer for the next attempt.
            }
        }
    }

    private void EnergiseNeedsLock(TimeSpan since, TimeSpan atMost)
    {
        // The timer is set first: if setting the line throws half-way, the timer still releases the relay.
        ReleaseAfterNeedsLock(atMost);
        _energisedAt = since;
        _line.Set(true);
    }

    private void ReleaseNeedsLock()
    {
        try
        {
            _line.Set(false);
        }
        catch (IOException)
        {
            TimeSpan left = _releaseAt - _time.Monotonic();
            ReleaseAfterNeedsLock(_energisedAt is not null && left > TimeSpan.Zero && left < Retry ? left : Retry);
            throw;
        }

        _energisedAt = null;
        _releaseTimer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void ReleaseAfterNeedsLock(TimeSpan wait)
    {
        _releaseAt = _time.Monotonic() + wait;
        _releaseTimer.Change(wait, Timeout.InfiniteTimeSpan);
    }
}
