namespace DoorAgent.Hardware.Cameras;

/// <summary>Opens a source on a thread of its own and holds the opened capture.</summary>
internal sealed class CaptureAttempt(Action<CaptureAttempt> run)
{
    private readonly Lock _gate = new();
    private ICapture? _capture;
    private bool _isAbandoned;
    private Thread? _thread;

    /// <summary>Monotonic time of the first frame; null before the first frame.</summary>
    public TimeSpan? FirstFrameAt { get; set; }

    public void Start()
    {
        _thread = new Thread(() => run(this)) { Name = "camera", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Attaches the opened capture; returns false if the attempt was abandoned.</summary>
    public bool TryAttach(ICapture capture)
    {
        lock (_gate)
        {
            _capture = capture;
            return !_isAbandoned;
        }
    }

    /// <summary>Detaches the capture before its own thread closes it: no other thread touches the capture afterwards.</summary>
    public void Detach()
    {
        lock (_gate)
            _capture = null;
    }

    /// <summary>Stops waiting for the thread; a thread that hangs in a driver keeps running unobserved.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            _isAbandoned = true;
            _capture?.Abandon();
        }
    }

    /// <summary>Waits until the thread has ended and released the device.</summary>
    public void WaitAtMost(TimeSpan atMost) => _thread!.Join(atMost);
}
