namespace DoorAgent.Hardware.Gpio;

/// <summary>An output of <see cref="SimulatedGpioLines"/>.</summary>
internal sealed class SimulatedOutput(SimulatedGpioLines chip, int line, bool activeLow) : IOutputLine
{
    private bool _isDisposed;

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
        chip.Set(line, isActive != activeLow);
    }

    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        chip.Release([line], wasOutput: true);
    }
}
