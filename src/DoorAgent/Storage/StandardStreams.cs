using System.Runtime.InteropServices;

namespace DoorAgent.Storage;

/// <summary>The descriptors 0, 1 and 2 as whoever started the program left them.</summary>
internal static class StandardStreams
{
    public const int Output = 1, Error = 2;

    private const int GetFlags = 1, ClosesAtExec = 1, ReadWrite = 2;
    private const short Failed = 0x8 | 0x10 | 0x20;

    /// <summary>
    /// Puts /dev/null where one of them is closed. Else the next file that is opened becomes it, and what is printed is written into that
    /// file: a log, or the evidence.
    /// </summary>
    public static void Occupy()
    {
        for (int descriptor = 0; descriptor <= Error; descriptor++)
        {
            // The lowest free number is taken, and those below are occupied already.
            if (fcntl(descriptor, GetFlags) < 0)
                _ = open("/dev/null\0"u8.ToArray(), ReadWrite);
        }
    }

    /// <summary>Whether it is what the program was started with, or /dev/null. Where it was closed, the runtime may have opened a file of its
    /// own as it, before anything of ours ran; that one is closed at an exec, and what was given has come through one.</summary>
    public static bool IsGiven(int descriptor) => fcntl(descriptor, GetFlags) is >= 0 and var flags && (flags & ClosesAtExec) == 0;

    /// <summary>Whether nobody is left who could read the output: the other end of its pipe is closed.</summary>
    public static bool IsOutputGone()
    {
        Polled output = new() { Descriptor = Output };
        return poll(ref output, 1, 0) > 0 && (output.Returned & Failed) != 0;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Polled
    {
        public int Descriptor;
        public short Wanted;
        public short Returned;
    }

    [DllImport("libc")]
    private static extern int fcntl(int descriptor, int command);

    [DllImport("libc")]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc")]
    private static extern int poll(ref Polled polled, nuint count, int milliseconds);
}
