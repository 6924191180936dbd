namespace DoorAgent.Hardware.Cameras;

/// <summary>
/// Reads a real camera. Opening and reading can block for an unknown time, so both run on a separate thread with a deadline for each step;
/// only the newest frame is kept. A thread that misses its deadline is abandoned and another thread opens the source again. Every fault is
/// followed by another attempt, after a wait that doubles from 1 s to 30 s. When <see cref="MaxAbandoned"/> threads hang at once, no
/// further thread starts until one of them returns.
/// </summary>
internal sealed class CaptureCamera : ICamera
{
    /// <summary>Deadline for opening: a network camera takes ten seconds to fail.</summary>
    public static readonly TimeSpan OpenWithin = TimeSpan.FromSeconds(20);

    /// <summary>Deadline for a frame: longer than the ten seconds after which OpenCV gives up on a device.</summary>
    public static readonly TimeSpan ReadWithin = TimeSpan.FromSeconds(15);

    public const int MaxAbandoned = 3;

    private static readonly TimeSpan TimeToClose = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly ICaptureSource _source;
    private readonly TimeProvider _time;
    private readonly LatestFrame _latest;
    private readonly Backoff _backoff = new();
    private readonly ITimer _deadline;
    private readonly ITimer _retry;
    private CaptureAttempt? _attempt;
    private TimeSpan _due;
    private int _abandoned;
    private bool _isDisposed;

    /// <summary>Starts to open the source in the background: an absent device reports <see cref="CaptureStatus.Lost"/>.</summary>
    public CaptureCamera(ICaptureSource source, TimeProvider time)
    {
        (_source, _time, _latest) = (source, time, new LatestFrame(time));
        _deadline = time.CreateTimer(_ => OnDeadline(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _retry = time.CreateTimer(_ => Start(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Start();
    }

    public string Description => _source.Description;

    public bool IsSimulated => false;

    public string? FaultDetail { get; private set; }

    public ValueTask<CaptureStatus> ReadAsync(Frame frame, TimeSpan atMost, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return _latest.ReadAsync(frame, atMost, cancellationToken);
    }

    public void Restart()
    {
        CaptureAttempt? abandoned;
        lock (_gate)
        {
            abandoned = AbandonNeedsLock();
            if (abandoned is not null)
                RetryNeedsLock(abandoned);
        }

        abandoned?.Abandon();
    }

    /// <summary>Ends the thread, which releases the camera; a thread that hangs in the driver is abandoned after a second.</summary>
    public void Dispose()
    {
        CaptureAttempt? abandoned;
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            abandoned = AbandonNeedsLock();
        }

        _latest.Dispose();
        _deadline.Dispose();
        _retry.Dispose();
        abandoned?.Abandon();
        abandoned?.WaitAtMost(TimeToClose);
    }

    private void Start()
    {
        lock (_gate)
        {
            if (_isDisposed || _attempt is not null)
                return;
            _attempt = new CaptureAttempt(Run);
            WaitNeedsLock(OpenWithin);
            _attempt.Start();
        }
    }

    private void Run(CaptureAttempt attempt)
    {
        try
        {
            Capture(attempt);
            End(attempt, CaptureStatus.Lost, null);
        }
        catch (CaptureFaultException fault)
        {
            End(attempt, fault.Fault, fault.Message);
        }
#pragma warning disable CA1031 // Whatever a driver's library throws, the door runs on without a camera and reports the failure.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            End(attempt, CaptureStatus.Lost, $"{Description} failed: {failure.Message}");
        }
    }

    private void Capture(CaptureAttempt attempt)
    {
        using ICapture capture = _source.Open();
        if (!attempt.TryAttach(capture))
            return;
        try
        {
            Frame read = new();
            if (!TryExtendDeadline(attempt))
                return;
            do
                capture.Read(read);
            while (TryPublish(attempt, ref read));
        }
        finally
        {
            attempt.Detach();
        }
    }

    /// <summary>Sets the deadline of the next step; returns false when this attempt was abandoned.</summary>
    private bool TryExtendDeadline(CaptureAttempt attempt)
    {
        lock (_gate)
        {
            if (_attempt == attempt)
                WaitNeedsLock(ReadWithin);
            return _attempt == attempt;
        }
    }

    /// <summary>Publishes a frame, exchanges the buffer and sets the next deadline; returns false when this attempt was
    /// abandoned.</summary>
    private bool TryPublish(CaptureAttempt attempt, ref Frame read)
    {
        lock (_gate)
        {
            if (_attempt != attempt)
                return false;
            WaitNeedsLock(ReadWithin);
            attempt.FirstFrameAt ??= _time.Monotonic();
            _latest.Publish(ref read);
            return true;
        }
    }

    private void OnDeadline()
    {
        CaptureAttempt? abandoned;
        lock (_gate)
        {
            // A frame that arrived at the last moment has moved the deadline.
            if (_attempt is null || _time.Monotonic() < _due)
                return;
            abandoned = AbandonNeedsLock()!;
            RetryNeedsLock(abandoned);
            FailNeedsLock(CaptureStatus.Lost, $"{Description} does not answer");
        }

        abandoned.Abandon();
    }

    private void End(CaptureAttempt attempt, CaptureStatus fault, string? detail)
    {
        lock (_gate)
        {
            if (_attempt == attempt)
            {
                _attempt = null;
                RetryNeedsLock(attempt);
                FailNeedsLock(fault, detail);
            }
            else if (_abandoned-- == MaxAbandoned)
            {
                RetryNeedsLock(attempt);
            }
        }
    }

    private CaptureAttempt? AbandonNeedsLock()
    {
        CaptureAttempt? abandoned = _attempt;
        if (abandoned is not null)
            (_attempt, _abandoned) = (null, _abandoned + 1);
        return abandoned;
    }

    private void FailNeedsLock(CaptureStatus fault, string? detail)
    {
        FaultDetail = detail;
        _latest.Fail(fault);
    }

    private void RetryNeedsLock(CaptureAttempt ended)
    {
        if (ended.FirstFrameAt is { } first && _time.Monotonic() - first >= Backoff.Longest)
            _backoff.Reset();
        if (!_isDisposed && _abandoned < MaxAbandoned)
            _retry.Change(_backoff.Next(), Timeout.InfiniteTimeSpan);
    }

    private void WaitNeedsLock(TimeSpan atMost)
    {
        _due = _time.Monotonic() + atMost;
        _deadline.Change(atMost, Timeout.InfiniteTimeSpan);
    }
}
