using DoorAgent.Hardware.Gpio;

namespace DoorAgent.Hardware.Doors;

/// <summary>Green, red and buzzer on output lines, each optional. A light that the system refuses to set is left: it opens
/// nothing.</summary>
internal sealed class ReaderLights : IReaderLights
{
    private readonly IOutputLine? _green;
    private readonly IOutputLine? _red;
    private readonly IOutputLine? _buzzer;
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
            SetNeedsLock(false, false, false);
            _isDisposed = true;
            _timer.Dispose();
            foreach (IOutputLine? line in new[] { _green, _red, _buzzer })
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
        (LightStep now, bool isLast) = LightSteps.At(Shown, _step);
        SetNeedsLock(now.Green, now.Red, now.Buzzer);
        if (isLast && Shown == LightPattern.Denied)
            Shown = LightPattern.Off;
        _timer.Change(isLast ? Timeout.InfiniteTimeSpan : now.For, Timeout.InfiniteTimeSpan);
    }

    private void SetNeedsLock(bool green, bool red, bool buzzer)
    {
        Set(_green, green);
        Set(_red, red);
        Set(_buzzer, buzzer);

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
