using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace DoorAgent.Storage;

/// <summary>System calls that .NET does not offer: owner and identity of a file, locks, and the environment of native libraries.</summary>
internal static class Libc
{
    private const int AtCurrentDirectory = -100;
    private const uint BasicStatus = 0x7FF;

    /// <summary>Whether the process runs as root and may change the owner of files.</summary>
    public static bool IsRoot => UserId == 0;

    /// <summary>The effective user id of the process.</summary>
    public static uint UserId => geteuid();

    /// <summary>Reads owner, group and identity of the file that a path leads to; returns null if nothing exists there.</summary>
    /// <exception cref="UnauthorizedAccessException">This user may not search the directory.</exception>
    /// <exception cref="IOException">The system call failed for another reason than a missing file.</exception>
    public static FileStatus? Stat(string path)
    {
        // struct statx has the same layout on every architecture; struct stat does not.
        Span<byte> status = stackalloc byte[256];
        status.Clear();
        if (statx(AtCurrentDirectory, Text(path), 0, BasicStatus, ref MemoryMarshal.GetReference(status)) == 0)
        {
            return new FileStatus(
                BinaryPrimitives.ReadUInt32LittleEndian(status[20..]),
                BinaryPrimitives.ReadUInt32LittleEndian(status[24..]),
                BinaryPrimitives.ReadUInt64LittleEndian(status[32..]),
                BinaryPrimitives.ReadUInt64LittleEndian(status[136..]),
                BinaryPrimitives.ReadUInt64LittleEndian(status[40..]),
                Timestamp(status[112..]),
                Timestamp(status[96..]));
        }

        const int noSuchFile = 2, notADirectory = 20;
        int error = Marshal.GetLastPInvokeError();
        return error is noSuchFile or notADirectory ? null : throw Failure(path, error);
    }

    /// <summary>Changes owner and group of a file. Of a link the link itself is changed, never its target.</summary>
    /// <exception cref="UnauthorizedAccessException">The process is not root.</exception>
    /// <exception cref="IOException">The system call failed.</exception>
    public static void ChangeOwner(string path, uint owner, uint group)
    {
        if (lchown(Text(path), owner, group) != 0)
            throw Failure(path, Marshal.GetLastPInvokeError());
    }

    /// <summary>Returns whether the process may write a file or into a directory; false for root too on a read-only mount.</summary>
    public static bool MayWrite(string path)
    {
        const int write = 2;
        return access(Text(path), write) == 0;
    }

    /// <summary>Returns whether the process may read a file.</summary>
    public static bool MayRead(string path)
    {
        const int read = 4;
        return access(Text(path), read) == 0;
    }

    private static (long Seconds, uint Nanoseconds) Timestamp(ReadOnlySpan<byte> time) =>
        (BinaryPrimitives.ReadInt64LittleEndian(time), BinaryPrimitives.ReadUInt32LittleEndian(time[8..]));

    /// <summary>Locks a file or directory for this process, without waiting.</summary>
    /// <param name="path">Path of the file or directory.</param>
    /// <param name="locked">The handle that holds the lock; null if the file system does not support locks.</param>
    /// <param name="isShared">Whether others may have a shared lock too, as each <see cref="FileStream"/> that is open has.</param>
    /// <returns>False if another process holds the lock.</returns>
    public static bool TryLock(string path, out SafeFileHandle? locked, bool isShared = false)
    {
        const int readOnlyCloseOnExec = 0x80000, shared = 1, exclusive = 2, nonBlocking = 4, wouldBlock = 11;
        locked = null;
        int descriptor = open(Text(path), readOnlyCloseOnExec);
        if (descriptor < 0)
            throw Failure(path, Marshal.GetLastPInvokeError());
        SafeFileHandle opened = new(descriptor, ownsHandle: true);
        if (flock(descriptor, (isShared ? shared : exclusive) | nonBlocking) == 0)
        {
            locked = opened;
            return true;
        }

        int error = Marshal.GetLastPInvokeError();
        opened.Dispose();
        return error != wouldBlock;
    }

    /// <summary>Writes the entries of a directory to the disk, so that a rename in it survives a power cut.</summary>
    /// <exception cref="UnauthorizedAccessException">This user may not read the directory.</exception>
    /// <exception cref="IOException">The system call failed.</exception>
    public static void FlushDirectory(string path)
    {
        const int readOnlyCloseOnExec = 0x80000;
        int descriptor = open(Text(path), readOnlyCloseOnExec);
        if (descriptor < 0)
            throw Failure(path, Marshal.GetLastPInvokeError());
        using SafeFileHandle opened = new(descriptor, ownsHandle: true);
        // Some file systems do not flush directories (EINVAL); on those the rename is as durable as they make it.
        const int notSupported = 22;
        if (fsync(descriptor) != 0 && Marshal.GetLastPInvokeError() is var error and not notSupported)
            throw Failure(path, error);
    }

    /// <summary>Sets an environment variable for native code, which does not see variables set by .NET's own method.</summary>
    /// <exception cref="IOException">The system call failed.</exception>
    public static void SetEnvironment(string name, string value)
    {
        if (setenv(Text(name), Text(value), overwrite: 1) != 0)
            throw Failure(name, Marshal.GetLastPInvokeError());
    }

    private static Exception Failure(string path, int error)
    {
        const int notPermitted = 1, accessDenied = 13;
        string message = $"{path}: {new Win32Exception(error).Message}.";
        return error is notPermitted or accessDenied ? new UnauthorizedAccessException(message) : new IOException(message);
    }

    private static byte[] Text(string path) => Encoding.UTF8.GetBytes(path + '\0');

    [DllImport("libc", SetLastError = true)]
    private static extern int statx(int directory, byte[] path, int flags, uint mask, ref byte facts);

    [DllImport("libc", SetLastError = true)]
    private static extern int lchown(byte[] path, uint owner, uint group);

    [DllImport("libc", SetLastError = true)]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int flock(int descriptor, int operation);

    [DllImport("libc", SetLastError = true)]
    private static extern int fsync(int descriptor);

    [DllImport("libc", SetLastError = true)]
    private static extern int setenv(byte[] name, byte[] value, int overwrite);

    [DllImport("libc")]
    private static extern int access(byte[] path, int mode);

    [DllImport("libc")]
    private static extern uint geteuid();
}

/// <summary>
/// Owner, group, identity, size in bytes and the times of the last change of content and of status, in nanoseconds. Two paths lead to
/// the same file if inode and device are equal; a file whose whole status is equal has not changed.
/// </summary>
internal readonly record struct FileStatus(uint Owner, uint Group, ulong Inode, ulong Device, ulong Size,
    (long Seconds, uint Nanoseconds) Modified, (long Seconds, uint Nanoseconds) Changed)
{
    public bool IsSameFileAs(FileStatus other) => (Inode, Device) == (other.Inode, other.Device);
}
