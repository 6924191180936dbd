using System.Runtime.InteropServices;

namespace DoorAgent.Storage;

/// <summary>The file descriptors 0, 1 and 2 that the program inherited.</summary>
internal static class StandardStreams
{
    public const int Output = 1, Error = 2;

    private const int GetFlags = 1, CloseOnExec = 1, ReadWrite = 2;
    private const short ErrorOrHangUp = 0x8 | 0x10 | 0x20;

    /// <summary>
    /// Opens /dev/null for each closed descriptor. Otherwise the next file that is opened would get that number, and printed text would be
    /// written into that file, for example into the journal.
    /// </summary>
    public static void FillClosed()
    {
        for (int descriptor = 0; descriptor <= Error; descriptor++)
        {
            // open(2) returns the lowest free number, and all lower descriptors are open already.
            if (fcntl(descriptor, GetFlags) < 0)
                _ = open("/dev/null\0"u8.ToArray(), ReadWrite);
        }
    }

    /// <summary>
    /// Returns whether a descriptor was inherited or is /dev/null. If the descriptor was closed at the start, the runtime may have opened a
    /// file with that number. The runtime's files have the close-on-exec flag; an inherited descriptor cannot have the flag.
    /// </summary>
    public static bool IsInherited(int descriptor) => fcntl(descriptor, GetFlags) is >= 0 and var flags && (flags & CloseOnExec) == 0;

    /// <summary>Returns whether the reader of the standard output has closed its end of the pipe.</summary>
    public static bool IsOutputGone()
    {
        PollDescriptor output = new() { Descriptor = Output };
        return poll(ref output, 1, 0) > 0 && (output.ReturnedEvents & ErrorOrHangUp) != 0;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short RequestedEvents;
        public short ReturnedEvents;
    }

    [DllImport("libc")]
    private static extern int fcntl(int descriptor, int command);

    [DllImport("libc")]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc")]
    private static extern int poll(ref PollDescriptor descriptors, nuint count, int milliseconds);
}
