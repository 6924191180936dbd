namespace DoorAgent.Hardware.Cameras;

/// <summary>
/// A camera that shows what is on disk, picture by picture at a steady rate: none is left out, and a reader that comes late
/// gets the next one at once. Stricter than a real one: a second reader at the same time, or use after dispose, throws.
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
            return wait > atMost ? CaptureStatus.NoFrame : Take(frame);
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

    /// <summary>Fills the frame with the next picture, or says why not; never called after <see cref="Close"/>.</summary>
    protected abstract CaptureStatus Fill(Frame frame);

    /// <summary>Gives back what is held; called once.</summary>
    protected abstract void Close();

    /// <summary>How long to wait before the next picture is taken.</summary>
    private TimeSpan Begin(TimeSpan atMost)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_isReading)
                throw new InvalidOperationException("The camera is being read already.");
            _isReading = true;
            return _isFaulty ? atMost : _due is { } due ? due - _time.Monotonic() : TimeSpan.Zero;
        }
    }

    private CaptureStatus Take(Frame frame)
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
