using DoorAgent.Hardware.Gpio;

namespace DoorAgent.Hardware.Doors;

/// <summary>
/// A relay on an output line. Its own timer lets go after at most <see cref="IRelay.Maximum"/>, also when the program that
/// energised it hangs; a release that the system refuses is tried again every second.
/// </summary>
internal sealed class Relay : IRelay
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly IOutputLine _line;
    private readonly TimeProvider _time;
    private readonly ITimer _letGo;
    private readonly Lock _gate = new();
    private TimeSpan? _energisedAt;
    private TimeSpan _letGoAt;
    private bool _isDisposed;

    /// <summary>Takes the line, released, in one step.</summary>
    /// <exception cref="IOException">The line cannot be had.</exception>
    public Relay(IGpioLines lines, int line, bool activeLow, TimeProvider time)
    {
        (_time, IsSimulated) = (time, lines.IsSimulated);
        _line = lines.RequestOutput("lock relay", line, activeLow, isActive: false);
        _letGo = time.CreateTimer(_ => LetGo(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
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
            // The timer first: should the next line throw half-way, it still lets go.
            LetGoAfterNeedsLock(atMost < left ? atMost : left);
            _energisedAt = since;
            _line.Set(true);
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
            _letGo.Dispose();
            try
            {
                _line.Set(false);
            }
            catch (IOException)
            {
                // Nothing is left to try: closing the line below leaves it to the external pull.
            }

            _line.Dispose();
        }
    }

    private void LetGo()
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
                // Tried again by the timer that the release has set.
            }
        }
    }

    private void ReleaseNeedsLock()
    {
        try
        {
            _line.Set(false);
        }
        catch (IOException)
        {
            TimeSpan left = _letGoAt - _time.Monotonic();
            LetGoAfterNeedsLock(_energisedAt is not null && left > TimeSpan.Zero && left < Retry ? left : Retry);
            throw;
        }

        _energisedAt = null;
        _letGo.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void LetGoAfterNeedsLock(TimeSpan wait)
    {
        _letGoAt = _time.Monotonic() + wait;
        _letGo.Change(wait, Timeout.InfiniteTimeSpan);
    }
}
