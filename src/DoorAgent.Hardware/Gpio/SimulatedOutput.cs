namespace DoorAgent.Hardware.Gpio;

/// <summary>An output line of <see cref="SimulatedGpioLines"/>.</summary>
internal sealed class SimulatedOutput(SimulatedGpioLines chip, int line, bool activeLow) : IOutputLine
{
    private bool _isDisposed;
    private bool _isLost;

    public bool IsActive
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return chip.IsHigh(line) != activeLow;
        }
    }

    public void Set(bool isActive)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_isLost)
            throw new IOException($"Line {line} is gone: no such device (simulated).");
        chip.Set(line, isActive != activeLow);
    }

    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        if (!_isLost)
            chip.Release([line], wasOutput: true);
    }

    /// <summary>Ends the request from outside; setting the line then fails as for a removed device.</summary>
    internal void Lose()
    {
        _isLost = true;
        chip.Release([line], wasOutput: true);
    }
}
