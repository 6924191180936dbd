namespace DoorAgent.Hardware.Cameras;

/// <summary>
/// A camera for simulation and tests that shows scripted frames one at a time: no frame is dropped, and the script can wait
/// until a frame has been processed. Stricter than a real camera: a second concurrent read, or a read after dispose, throws.
/// </summary>
public sealed class SimulatedCamera(TimeProvider time) : ICamera
{
    private readonly Lock _gate = new();
    private readonly Frame _next = new();
    private bool _hasNext;
    private bool _isLost;
    private bool _isLossReported;
    private bool _isDisposed;
    private long _sequence;
    private TaskCompletionSource? _reader;
    private TaskCompletionSource? _idle;

    /// <inheritdoc/>
    public string Description => "simulated camera";

    /// <inheritdoc/>
    public bool IsSimulated => true;

    /// <summary>Unplugs the camera, or plugs it in again.</summary>
    public void SetLost(bool isLost)
    {
        lock (_gate)
        {
            if (_isLost == isLost)
                return;
            (_isLost, _isLossReported, _hasNext) = (isLost, false, false);
            // A pending read ends at once with the loss; the next frame reports the return.
            if (isLost)
                _reader?.TrySetResult();
        }
    }

    /// <summary>Shows a frame with the present time.</summary>
    /// <exception cref="InvalidOperationException">The previous frame has not been read yet: wait for
    /// <see cref="WhenIdleAsync"/>.</exception>
    public void Show(Action<Frame> fill)
    {
        ArgumentNullException.ThrowIfNull(fill);
        lock (_gate)
        {
            if (_isLost)
                return;
            if (_hasNext)
                throw new InvalidOperationException("The previous frame has not been read yet.");
            fill(_next);
            (_next.CapturedAt, _next.Sequence, _hasNext) = (time.Monotonic(), ++_sequence, true);
            _reader?.TrySetResult();
        }
    }

    /// <summary>Completes when the reader has processed all shown frames and waits for the next.</summary>
    public Task WhenIdleAsync()
    {
        lock (_gate)
        {
            if (IsIdle || _isDisposed)
                return Task.CompletedTask;
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<CaptureStatus> ReadAsync(Frame frame, TimeSpan atMost, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(frame);
        TaskCompletionSource? waiting = null;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_reader is not null)
                throw new InvalidOperationException("Another read of the camera is in progress.");
            if (TryRead(frame) is { } at)
                return at;
            waiting = _reader = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        using ITimer deadline = time.CreateTimer(_ => waiting.TrySetResult(), null, atMost, Timeout.InfiniteTimeSpan);
        await using CancellationTokenRegistration cancelled = cancellationToken.Register(() => waiting.TrySetCanceled(cancellationToken));
        lock (_gate)
        {
            // The reader counts as waiting only now that its deadline is set.
            if (IsIdle)
                Interlocked.Exchange(ref _idle, null)?.SetResult();
        }

        try
        {
            await waiting.Task;
        }
        finally
        {
            lock (_gate)
                _reader = null;
        }

        lock (_gate)
            return TryRead(frame) ?? (_isLost || _isDisposed ? CaptureStatus.Lost : CaptureStatus.NoFrame);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _reader?.TrySetResult();
            _idle?.TrySetResult();
        }
    }

    private bool IsIdle => _reader is { Task.IsCompleted: false } && !_hasNext;

    private CaptureStatus? TryRead(Frame frame)
    {
        if (_isLost && !_isLossReported)
        {
            _isLossReported = true;
            return CaptureStatus.Lost;
        }

        if (!_hasNext)
            return null;
        _hasNext = false;
        frame.CopyFrom(_next);
        return CaptureStatus.Captured;
    }
}
