namespace DoorAgent.Hardware.Cameras;

/// <summary>
/// Plays pictures from disk at a steady rate: no picture is skipped, and a late reader gets the next picture at once.
/// Stricter than a real camera: a second concurrent read, or a read after dispose, throws.
/// </summary>
internal abstract class FileCamera : ICamera
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _period;
    private readonly Lock _gate = new();
    private TimeSpan? _due;
    private bool _isReading;
    private bool _isFaulty;
    private bool _isDisposed;
    private long _sequence;

    /// <param name="rate">Frames a second; 0.1 to 120.</param>
    /// <param name="time">The clock.</param>
    protected FileCamera(double rate, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rate, 0.1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rate, 120);
        (_time, _period) = (time, TimeSpan.FromSeconds(1 / rate));
    }

    public abstract string Description { get; }

    public bool IsSimulated => true;

    public async ValueTask<CaptureStatus> ReadAsync(Frame frame, TimeSpan atMost, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(frame);
        TimeSpan wait = Begin(atMost);
        try
        {
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait < atMost ? wait : atMost, _time, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            return wait > atMost ? CaptureStatus.NoFrame : FillNext(frame);
        }
        finally
        {
            lock (_gate)
                _isReading = false;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            Close();
        }
    }

    /// <summary>Fills the frame with the next picture, or returns the fault; never called after <see cref="Close"/>.</summary>
    protected abstract CaptureStatus Fill(Frame frame);

    /// <summary>Releases the resources; called once.</summary>
    protected abstract void Close();

    /// <summary>Starts a read and returns the wait before the next picture.</summary>
    private TimeSpan Begin(TimeSpan atMost)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_isReading)
                throw new InvalidOperationException("Another read of the camera is in progress.");
            _isReading = true;
            return _isFaulty ? atMost : _due is { } due ? due - _time.Monotonic() : TimeSpan.Zero;
        }
    }

    private CaptureStatus FillNext(Frame frame)
    {
        lock (_gate)
        {
            if (_isDisposed)
                return CaptureStatus.Lost;
            CaptureStatus fault = Fill(frame);
            _isFaulty = fault != CaptureStatus.Captured;
            if (!_isFaulty)
                (frame.CapturedAt, frame.Sequence) = (_time.Monotonic(), ++_sequence);
            _due = _time.Monotonic() + _period;
            return fault;
        }
    }
}
