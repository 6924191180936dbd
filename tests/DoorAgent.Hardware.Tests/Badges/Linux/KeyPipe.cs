using System.Runtime.InteropServices;
using DoorAgent.Hardware.Badges.Linux;
using Microsoft.Win32.SafeHandles;

namespace DoorAgent.Hardware.Tests.Badges.Linux;

/// <summary>A pipe that carries the events of an input device, since a test machine may not have such a device.</summary>
internal sealed class KeyPipe : IDisposable
{
    private readonly FileStream _events;

    public KeyPipe()
    {
        int[] ends = new int[2];
        Assert.Equal(0, pipe(ends));
        Device = new SafeFileHandle(ends[0], ownsHandle: true);
        _events = new FileStream(new SafeFileHandle(ends[1], ownsHandle: true), FileAccess.Write, bufferSize: 0);
    }

    /// <summary>The end of the pipe that a source reads.</summary>
    public SafeFileHandle Device { get; }

    /// <summary>Presses and releases keys by their codes, each with the surrounding events that a keyboard sends.</summary>
    public void Press(params ushort[] codes)
    {
        foreach (ushort code in codes)
        {
            Make(4, 4, code);
            Make(1, code, 1);
            Make(0, 0, 0);
            Make(1, code, 2);
            Make(1, code, 0);
            Make(0, 0, 0);
        }
    }

    public void Make(ushort type, ushort code, int value)
    {
        KeyboardSource.InputEvent made = new(1, 2, type, code, value);
        _events.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<KeyboardSource.InputEvent>(in made)));
    }

    /// <summary>Unplugs the device.</summary>
    public void Dispose() => _events.Dispose();

    [DllImport("libc")]
    private static extern int pipe(int[] ends);
}
