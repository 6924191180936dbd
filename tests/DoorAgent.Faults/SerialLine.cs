using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DoorAgent.Faults;

/// <summary>The wire of a badge reader: a pseudo-terminal, at whose other end the program listens.</summary>
internal sealed class SerialLine : IDisposable
{
    private const int ReadWrite = 2, NotOurs = 0x100, CloseOnExec = 0x80000;

    private readonly FileStream _line;

    public SerialLine()
    {
        int descriptor = posix_openpt(ReadWrite | NotOurs | CloseOnExec);
        if (descriptor < 0 || grantpt(descriptor) != 0 || unlockpt(descriptor) != 0)
            throw new IOException("no pseudo-terminal to be had");
        Device = Marshal.PtrToStringUTF8(ptsname(descriptor))!;
        _line = new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.ReadWrite, bufferSize: 0);
    }

    public string Device { get; }

    /// <summary>Sends a badge as a reader with decimal text does.</summary>
    public void Send(string number) => _line.Write(System.Text.Encoding.ASCII.GetBytes(number + "\r\n"));

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
