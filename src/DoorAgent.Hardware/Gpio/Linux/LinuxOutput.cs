using DoorAgent.Hardware.Linux;
using Microsoft.Win32.SafeHandles;

namespace DoorAgent.Hardware.Gpio.Linux;

/// <summary>An output line of <see cref="LinuxGpioLines"/>. When the output is disposed or the process dies, the kernel releases
/// the line and a pull determines its level.</summary>
internal sealed class LinuxOutput(SafeFileHandle line, string what) : IOutputLine
{
    public bool IsActive
    {
        get
        {
            GpioAbi.LineValues values = new() { Mask = 1 };
            Call(GpioAbi.GetValues, ref values);
            return (values.Bits & 1) != 0;
        }
    }

    public void Set(bool isActive)
    {
        GpioAbi.LineValues values = new() { Mask = 1, Bits = isActive ? 1u : 0 };
        Call(GpioAbi.SetValues, ref values);
    }

    public void Dispose() => line.Dispose();

    private void Call(nuint request, ref GpioAbi.LineValues values)
    {
        ObjectDisposedException.ThrowIf(line.IsClosed, this);
        Kernel.Call(line, request, ref values, what);
    }
}
