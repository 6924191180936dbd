namespace DoorAgent.Hardware.Cameras;

/// <summary>
/// Passes the newest frame from a camera's thread to the reader; a newer frame replaces one that was not read in time.
/// Supports one writer and one reader.
/// </summary>
internal sealed class LatestFrame(TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _changed = new(0, 1);
    private Frame _newest = new();
    private bool _hasNew;
    private bool _isReading;
    private bool _isDisposed;
    private CaptureStatus _fault;
    private bool _isFaultReported;
    private long _sequence;

    /// <summary>Publishes a frame captured now, exchanges it for a buffer to fill next, and clears the fault.</summary>
    public void Publish(ref Frame filled)
    {
        lock (_gate)
        {
            (_newest, filled) = (filled, _newest);
            (_newest.CapturedAt, _newest.Sequence) = (time.Monotonic(), ++_sequence);
            (_hasNew, _fault, _isFaultReported) = (true, CaptureStatus.Captured, false);
            WakeNeedsLock();
        }
    }

    /// <summary>Reports a fault that holds until the next frame.</summary>
    public void Fail(CaptureStatus fault)
    {
        lock (_gate)
        {
            (_hasNew, _isFaultReported, _fault) = (false, _isFaultReported && fault == _fault, fault);
            if (!_isFaultReported)
                WakeNeedsLock();
        }
    }

    /// <summary>Reads as <see cref="ICamera.ReadAsync"/> specifies.</summary>
    public async ValueTask<CaptureStatus> ReadAsync(Frame frame, TimeSpan atMost, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_isReading)
                throw new InvalidOperationException("Another read of the camera is in progress.");
            if (TryReadNeedsLock(frame) is { } already)
                return already;
            _isReading = true;
        }

        try
        {
            using CancellationTokenSource deadline = new(atMost, time);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            await _changed.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The deadline passed; the code below returns the state at that time.
        }
        finally
        {
            lock (_gate)
                _isReading = false;
        }

        lock (_gate)
            return TryReadNeedsLock(frame) ?? (_fault == CaptureStatus.Captured ? CaptureStatus.NoFrame : _fault);
    }

    /// <summary>Ends a pending read with <see cref="CaptureStatus.Lost"/>.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            (_isDisposed, _hasNew, _fault, _isFaultReported) = (true, false, CaptureStatus.Lost, false);
            WakeNeedsLock();
        }
    }

    private CaptureStatus? TryReadNeedsLock(Frame frame)
    {
        // A wake-up for the frame or fault that is read now must not end the next wait.
        _changed.Wait(0);
        if (_fault != CaptureStatus.Captured && !_isFaultReported)
        {
            _isFaultReported = true;
            return _fault;
        }

        if (!_hasNew)
            return null;
        _hasNew = false;
        frame.CopyFrom(_newest);
        return CaptureStatus.Captured;
    }

    private void WakeNeedsLock()
    {
        if (_changed.CurrentCount == 0)
            _changed.Release();
    }
}
