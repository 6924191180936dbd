namespace DoorAgent.Hardware.Cameras;

/// <summary>
/// A real camera. Opening and reading one blocks, and for how long nobody knows: that happens on a thread of its own, with a
/// deadline for each step, and the newest frame wins. A thread that misses its deadline is left behind, and the source is
/// opened anew by another; so it is after every fault, after a wait that doubles from 1 s to 30 s. When
/// <see cref="MostLeftBehind"/> threads hang at once, no other is started until one of them comes back.
/// </summary>
internal sealed class CaptureCamera : ICamera
{
    /// <summary>Longest opening: a network camera's takes ten seconds to fail.</summary>
    public static readonly TimeSpan OpenWithin = TimeSpan.FromSeconds(20);

    /// <summary>Longest wait for a frame: more than the ten seconds after which OpenCV itself gives up on a device.</summary>
    public static readonly TimeSpan ReadWithin = TimeSpan.FromSeconds(15);

    public const int MostLeftBehind = 3;

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
    private int _leftBehind;
    private bool _isDisposed;

    /// <summary>Opens in the background: a camera that is not there is a camera that is lost.</summary>
    public CaptureCamera(ICaptureSource source, TimeProvider time)
    {
        (_source, _time, _latest) = (source, time, new LatestFrame(time));
        _deadline = time.CreateTimer(_ => Miss(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _retry = time.CreateTimer(_ => Start(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Start();
    }

    public string Description => _source.Description;

    public bool IsSimulated => false;

    public string? FaultDetail { get; private set; }

    public ValueTask<CaptureStatus> ReadAsync(Frame frame, TimeSpan atMost, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return _latest.TakeAsync(frame, atMost, cancellationToken);
    }

    public void Restart()
    {
        CaptureAttempt? left;
        lock (_gate)
        {
            left = LeaveNeedsLock();
            if (left is not null)
                RetryNeedsLock(left);
        }

        left?.Abandon();
    }

    /// <summary>Ends the thread, which gives the camera back; one that hangs in the driver is left behind after a second.</summary>
    public void Dispose()
    {
        CaptureAttempt? left;
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            left = LeaveNeedsLock();
        }

        _latest.Dispose();
        _deadline.Dispose();
        _retry.Dispose();
        left?.Abandon();
        left?.WaitAtMost(TimeToClose);
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
#pragma warning disable CA1031 // Whatever a driver's library throws: the door lives on without a camera, locked, and says what it was.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            End(attempt, CaptureStatus.Lost, $"{Description} failed: {failure.Message}");
        }
    }

    private void Capture(CaptureAttempt attempt)
    {
        using ICapture capture = _source.Open();
        if (!attempt.Takes(capture))
            return;
        try
        {
            Frame read = new();
            if (!Goes(attempt))
                return;
            do
                capture.Read(read);
            while (Gives(attempt, ref read));
        }
        finally
        {
            attempt.LetGo();
        }
    }

    /// <summary>A step was done in time: the next one has its own. False when the thread was left behind meanwhile.</summary>
    private bool Goes(CaptureAttempt attempt)
    {
        lock (_gate)
        {
            if (_attempt == attempt)
                WaitNeedsLock(ReadWithin);
            return _attempt == attempt;
        }
    }

    /// <summary>A frame came: it is given on, another takes its place, and the next one has its time.</summary>
    private bool Gives(CaptureAttempt attempt, ref Frame read)
    {
        lock (_gate)
        {
            if (_attempt != attempt)
                return false;
            WaitNeedsLock(ReadWithin);
            attempt.FirstFrameAt ??= _time.Monotonic();
            _latest.Put(ref read);
            return true;
        }
    }

    private void Miss()
    {
        CaptureAttempt? left;
        lock (_gate)
        {
            // A frame that came at the last moment has moved the deadline.
            if (_attempt is null || _time.Monotonic() < _due)
                return;
            left = LeaveNeedsLock()!;
            RetryNeedsLock(left);
            FailNeedsLock(CaptureStatus.Lost, $"{Description} does not answer");
        }

        left.Abandon();
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
            else if (_leftBehind-- == MostLeftBehind)
            {
                RetryNeedsLock(attempt);
            }
        }
    }

    private CaptureAttempt? LeaveNeedsLock()
    {
        CaptureAttempt? left = _attempt;
        if (left is not null)
            (_attempt, _leftBehind) = (null, _leftBehind + 1);
        return left;
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
        if (!_isDisposed && _leftBehind < MostLeftBehind)
            _retry.Change(_backoff.Next(), Timeout.InfiniteTimeSpan);
    }

    private void WaitNeedsLock(TimeSpan atMost)
    {
        _due = _time.Monotonic() + atMost;
        _deadline.Change(atMost, Timeout.InfiniteTimeSpan);
    }
}
