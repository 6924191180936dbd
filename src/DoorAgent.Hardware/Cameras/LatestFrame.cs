namespace DoorAgent.Hardware.Cameras;

/// <summary>
/// Where a camera's thread leaves its newest frame and the reader fetches it: an older one that nobody fetched is replaced.
/// One writer, one reader.
/// </summary>
internal sealed class LatestFrame(TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _news = new(0, 1);
    private Frame _newest = new();
    private bool _hasNew;
    private bool _isReading;
    private bool _isDisposed;
    private CaptureStatus _fault;
    private bool _isFaultTold;
    private long _sequence;

    /// <summary>Puts a frame, captured now, and gives another to be filled next; whatever fault there was is over.</summary>
    public void Put(ref Frame filled)
    {
        lock (_gate)
        {
            (_newest, filled) = (filled, _newest);
            (_newest.CapturedAt, _newest.Sequence) = (time.Monotonic(), ++_sequence);
            (_hasNew, _fault, _isFaultTold) = (true, CaptureStatus.Captured, false);
            WakeNeedsLock();
        }
    }

    /// <summary>There is a fault, until the next frame.</summary>
    public void Fail(CaptureStatus fault)
    {
        lock (_gate)
        {
            (_hasNew, _isFaultTold, _fault) = (false, _isFaultTold && fault == _fault, fault);
            if (!_isFaultTold)
                WakeNeedsLock();
        }
    }

    /// <summary>As <see cref="ICamera.ReadAsync"/>.</summary>
    public async ValueTask<CaptureStatus> TakeAsync(Frame frame, TimeSpan atMost, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_isReading)
                throw new InvalidOperationException("The camera is being read already.");
            if (TryTakeNeedsLock(frame) is { } already)
                return already;
            _isReading = true;
        }

        try
        {
            using CancellationTokenSource deadline = new(atMost, time);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            await _news.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The deadline: what there is then is said below.
        }
        finally
        {
            lock (_gate)
                _isReading = false;
        }

        lock (_gate)
            return TryTakeNeedsLock(frame) ?? (_fault == CaptureStatus.Captured ? CaptureStatus.NoFrame : _fault);
    }

    /// <summary>A reader that waits is told that the camera is gone.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            (_isDisposed, _hasNew, _fault, _isFaultTold) = (true, false, CaptureStatus.Lost, false);
            WakeNeedsLock();
        }
    }

    private CaptureStatus? TryTakeNeedsLock(Frame frame)
    {
        // A wake-up that is left over from what is taken now must not end the next wait.
        _news.Wait(0);
        if (_fault != CaptureStatus.Captured && !_isFaultTold)
        {
            _isFaultTold = true;
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
        if (_news.CurrentCount == 0)
            _news.Release();
    }
}
