using System.Runtime.InteropServices;

namespace DoorAgent.Hardware.Cameras;

/// <summary>
/// Silences the process's standard error while a native library runs that writes cryptic text there and also returns the error
/// (libpng and libjpeg on a damaged file). Output of other threads to standard error is lost meanwhile, so calls must be short.
/// One caller at a time; others wait.
/// </summary>
internal sealed class NativeErrors : IDisposable
{
    private const int ErrorOutput = 2, WriteOnly = 1, CloseInChildren = 0x80000, DuplicateClosedInChildren = 1030, Nothing = -1;

    private static readonly Lock One = new();

    private readonly int _kept;

    private NativeErrors(int kept) => _kept = kept;

    /// <summary>Silences standard error until the same thread disposes the returned object.</summary>
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
        // Without standard error, or without a free descriptor, nothing was changed.
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
