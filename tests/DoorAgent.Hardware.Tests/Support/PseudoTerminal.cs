using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DoorAgent.Hardware.Tests.Support;

/// <summary>A serial line without wires: bytes that the test writes arrive at <see cref="Path"/>.</summary>
internal sealed class PseudoTerminal : IDisposable
{
    private const int ReadWrite = 2, NotOurs = 0x100, CloseOnExec = 0x80000;

    private readonly FileStream _line;

    public PseudoTerminal()
    {
        // A program that the test starts would keep the line open, and the line could not be unplugged.
        int descriptor = posix_openpt(ReadWrite | NotOurs | CloseOnExec);
        Assert.True(descriptor >= 0 && grantpt(descriptor) == 0 && unlockpt(descriptor) == 0, "no pseudo-terminal to be had");
        Path = Marshal.PtrToStringUTF8(ptsname(descriptor))!;
        _line = new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.ReadWrite, bufferSize: 0);
    }

    public string Path { get; }

    public void Write(ReadOnlySpan<byte> bytes) => _line.Write(bytes);

    /// <summary>Unplugs the line.</summary>
    public void Dispose() => _line.Dispose();

    [DllImport("libc")]
    private static extern int posix_openpt(int flags);

    [DllImport("libc")]
    private static extern int grantpt(int terminal);

    [DllImport("libc")]
    private static extern int unlockpt(int terminal);

    [DllImport("libc")]
    private static extern nint ptsname(int terminal);
}
