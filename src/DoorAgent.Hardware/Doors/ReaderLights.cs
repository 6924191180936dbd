using DoorAgent.Hardware.Gpio;

namespace DoorAgent.Hardware.Doors;

/// <summary>Green, red, buzzer and the lights beside the camera on output lines, each optional. A light that the system refuses to set is
/// left: it opens nothing.</summary>
internal sealed class ReaderLights : IReaderLights
{
    private readonly IOutputLine? _green;
    private readonly IOutputLine? _red;
    private readonly IOutputLine? _buzzer;
    private readonly IOutputLine? _left;
    private readonly IOutputLine? _right;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private int _step;
    private bool _isDisposed;

    /// <exception cref="IOException">A line cannot be requested.</exception>
    public ReaderLights(IGpioLines lines, HardwareOptions options, TimeProvider time)
    {
        _timer = time.CreateTimer(_ => Advance(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            _green = Request("reader green", options.Green);
            _red = Request("reader red", options.Red);
            _buzzer = Request("reader buzzer", options.Buzzer);
            _left = Request("reader left", options.LeftLight);
            _right = Request("reader right", options.RightLight);
        }
        catch (IOException)
        {
            // The earlier lines must not stay held when one cannot be requested.
            Dispose();
            throw;
        }

        IOutputLine? Request(string name, int? line) =>
            line is { } number ? lines.RequestOutput(name, number, options.LightsActiveLow, isActive: false) : null;
    }

    public LightPattern Shown { get; private set; }

    public void Show(LightPattern pattern)
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            (Shown, _step) = (pattern, 0);
            ApplyNeedsLock();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            SetNeedsLock(default);
            _isDisposed = true;
            _timer.Dispose();
            foreach (IOutputLine? line in new[] { _green, _red, _buzzer, _left, _right })
                line?.Dispose();
        }
    }

    private void Advance()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _step++;
            ApplyNeedsLock();
        }
    }

    private void ApplyNeedsLock()
    {
        (LightStep now, bool isLast) = LightSteps.At(Shown, _step, hasSides: _left is not null && _right is not null);
        SetNeedsLock(now);
        if (isLast && Shown == LightPattern.Denied)
            Shown = LightPattern.Off;
        _timer.Change(isLast ? Timeout.InfiniteTimeSpan : now.For, Timeout.InfiniteTimeSpan);
    }

    private void SetNeedsLock(LightStep step)
    {
        Set(_green, step.Green);
        Set(_red, step.Red);
        Set(_buzzer, step.Buzzer);
        Set(_left, step.Left);
        Set(_right, step.Right);

        static void Set(IOutputLine? line, bool isOn)
        {
            try
            {
                line?.Set(isOn);
            }
            catch (IOException)
            {
                // The door works without its lights.
            }
        }
    }
}
