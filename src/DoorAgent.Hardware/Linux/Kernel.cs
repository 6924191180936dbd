using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DoorAgent.Hardware.Linux;

/// <summary>Wraps the system calls for character devices that .NET does not offer.</summary>
internal static class Kernel
{
    /// <summary>Error numbers that callers distinguish, the same on x86 and arm.</summary>
    public const int NotThere = 2, Interrupted = 4, NoSuchAddress = 6, PermissionDenied = 13, Busy = 16, NoSuchDevice = 19,
        InvalidArgument = 22, NoSuchCall = 25;

    private const int ReadWrite = 2, CloseOnExec = 0x80000, NonBlocking = 0x800;
    private const short Readable = 1;

    /// <summary>Opens a device for reading and writing.</summary>
    /// <exception cref="IOException">The system refused; <see cref="Exception.HResult"/> is the error's number.</exception>
    public static SafeFileHandle Open(string path)
    {
        int descriptor = open(System.Text.Encoding.UTF8.GetBytes(path + '\0'), ReadWrite | CloseOnExec);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw Failure(path);
    }

    /// <summary>Computes the number of an ioctl call, like the macros _IOR, _IOW and _IOWR on x86 and arm.</summary>
    /// <param name="type">The driver's letter.</param>
    /// <param name="read">Whether the driver writes to the structure.</param>
    /// <param name="write">Whether the driver reads the structure.</param>
    /// <param name="number">The number of the call in the driver.</param>
    /// <param name="size">Bytes of the structure, below 16,384.</param>
    public static nuint Request(uint type, bool read, bool write, byte number, int size) =>
        (read ? 2u << 30 : 0) | (write ? 1u << 30 : 0) | ((uint)size << 16) | (type << 8) | number;

    /// <summary>Calls a device with one structure, in and out.</summary>
    /// <exception cref="IOException">The system refused; <see cref="Exception.HResult"/> is the error's number.</exception>
    public static void Call<T>(SafeFileHandle device, nuint request, ref T structure, string what)
        where T : unmanaged
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(new Span<T>(ref structure));
        if (ioctl(device, request, ref MemoryMarshal.GetReference(bytes)) < 0)
            throw Failure(what);
    }

    /// <summary>Creates an event that wakes <see cref="WaitToRead"/>.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    public static SafeFileHandle MakeEvent()
    {
        int descriptor = eventfd(0, CloseOnExec | NonBlocking);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw Failure("eventfd");
    }

    public static void Signal(SafeFileHandle wakeUp)
    {
        ulong one = 1;
        _ = write(wakeUp, ref one, sizeof(ulong));
    }

    /// <summary>Waits until the device has data to read, or until the event is signalled.</summary>
    /// <returns>Whether there is data to read; false after a signal, and when the device is gone.</returns>
    public static bool WaitToRead(SafeFileHandle device, SafeFileHandle wakeUp)
    {
        Span<Polled> waited = [new Polled(device), new Polled(wakeUp)];
        while (poll(ref MemoryMarshal.GetReference(waited), (nuint)waited.Length, -1) < 0)
        {
            if (Marshal.GetLastPInvokeError() != Interrupted)
                return false;
        }

        return waited[1].Returned == 0 && waited[0].Returned == Readable;
    }

    /// <summary>Reads whole structures.</summary>
    /// <returns>The number of structures read; 0 when the device is gone.</returns>
    public static int Read<T>(SafeFileHandle device, Span<T> into)
        where T : unmanaged
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(into);
        nint length = read(device, ref MemoryMarshal.GetReference(bytes), (nuint)bytes.Length);
        return length <= 0 ? 0 : (int)length / (bytes.Length / into.Length);
    }

    private static IOException Failure(string what)
    {
        int error = Marshal.GetLastPInvokeError();
        return new IOException($"{what}: {new Win32Exception(error).Message}", error);
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Polled(SafeFileHandle handle)
    {
        private readonly int _descriptor = (int)handle.DangerousGetHandle();
        private readonly short _wanted = Readable;

        public readonly short Returned = 0;
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int ioctl(SafeFileHandle device, nuint request, ref byte structure);

    [DllImport("libc", SetLastError = true)]
    private static extern int eventfd(uint value, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int poll(ref Polled waited, nuint count, int milliseconds);

    [DllImport("libc", SetLastError = true)]
    private static extern nint read(SafeFileHandle device, ref byte into, nuint length);

    [DllImport("libc", SetLastError = true)]
    private static extern nint write(SafeFileHandle device, ref ulong from, nuint length);
}
