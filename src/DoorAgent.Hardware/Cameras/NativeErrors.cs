using System.Runtime.InteropServices;

namespace DoorAgent.Hardware.Cameras;

/// <summary>
/// Silences the process's error output while a native library works that writes there what only its own developers understand (libpng
/// and libjpeg on a damaged file) and says it in its answer too. What another thread writes there meanwhile is lost: so for short.
/// One holder at a time, others wait.
/// </summary>
internal sealed class NativeErrors : IDisposable
{
    private const int ErrorOutput = 2, WriteOnly = 1, CloseInChildren = 0x80000, DuplicateClosedInChildren = 1030, Nothing = -1;

    private static readonly Lock One = new();

    private readonly int _kept;

    private NativeErrors(int kept) => _kept = kept;

    /// <summary>Silent until it is disposed of, by the same thread.</summary>
    public static NativeErrors Silenced()
    {
        One.Enter();
        int kept = fcntl(ErrorOutput, DuplicateClosedInChildren, 0);
        int nowhere = kept == Nothing ? Nothing : open("/dev/null\0"u8.ToArray(), WriteOnly | CloseInChildren);
        if (nowhere != Nothing)
        {
            _ = dup2(nowhere, ErrorOutput);
            _ = close(nowhere);
        }

        return new NativeErrors(kept);
    }

    public void Dispose()
    {
        // Without an error output, or a descriptor to spare, nothing was changed.
        if (_kept != Nothing)
        {
            _ = dup2(_kept, ErrorOutput);
            _ = close(_kept);
        }

        One.Exit();
    }

    [DllImport("libc")]
    private static extern int fcntl(int descriptor, int command, int argument);

    [DllImport("libc")]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc")]
    private static extern int dup2(int from, int to);

    [DllImport("libc")]
    private static extern int close(int descriptor);
}
