namespace DoorAgent.Hardware.Cameras;

/// <summary>One opening of a source: its thread, and what it reads from once that is open.</summary>
internal sealed class CaptureAttempt(Action<CaptureAttempt> run)
{
    private readonly Lock _gate = new();
    private ICapture? _capture;
    private bool _isAbandoned;
    private Thread? _thread;

    /// <summary>When the first frame came; null before.</summary>
    public TimeSpan? FirstFrameAt { get; set; }

    public void Start()
    {
        _thread = new Thread(() => run(this)) { Name = "camera", IsBackground = true };
        _thread.Start();
    }

    /// <summary>It is open; false when nobody waits for it any longer.</summary>
    public bool Takes(ICapture capture)
    {
        lock (_gate)
        {
            _capture = capture;
            return !_isAbandoned;
        }
    }

    /// <summary>The capture is being closed by its own thread: from now on nobody else touches it.</summary>
    public void LetGo()
    {
        lock (_gate)
            _capture = null;
    }

    /// <summary>Nobody waits any longer; a thread that hangs is left behind.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            _isAbandoned = true;
            _capture?.Abandon();
        }
    }

    /// <summary>Waits until the thread has ended and given the device back.</summary>
    public void WaitAtMost(TimeSpan atMost) => _thread!.Join(atMost);
}
