using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace DoorAgent.Storage;

/// <summary>What .NET does not offer: owner and identity of a file, and the environment that native libraries see.</summary>
internal static class Libc
{
    private const int AtCurrentDirectory = -100;
    private const uint BasicFacts = 0x7FF;

    /// <summary>Whether the process may give files away.</summary>
    public static bool IsRoot => UserId == 0;

    /// <summary>The user whose rights the process has.</summary>
    public static uint UserId => geteuid();

    /// <summary>Owner, group and identity of what a path leads to; null when there is nothing.</summary>
    /// <exception cref="UnauthorizedAccessException">This user may not look there.</exception>
    /// <exception cref="IOException">The system refused in another way than by "not there".</exception>
    public static FileFacts? Facts(string path)
    {
        // struct statx has the same layout on every architecture, which struct stat has not.
        Span<byte> facts = stackalloc byte[256];
        facts.Clear();
        if (statx(AtCurrentDirectory, Text(path), 0, BasicFacts, ref MemoryMarshal.GetReference(facts)) == 0)
        {
            return new FileFacts(
                BinaryPrimitives.ReadUInt32LittleEndian(facts[20..]),
                BinaryPrimitives.ReadUInt32LittleEndian(facts[24..]),
                BinaryPrimitives.ReadUInt64LittleEndian(facts[32..]),
                BinaryPrimitives.ReadUInt64LittleEndian(facts[136..]),
                BinaryPrimitives.ReadUInt64LittleEndian(facts[40..]),
                Moment(facts[112..]),
                Moment(facts[96..]));
        }

        const int notThere = 2, notADirectory = 20;
        int error = Marshal.GetLastPInvokeError();
        return error is notThere or notADirectory ? null : throw Failure(path, error);
    }

    /// <summary>Gives a file to an owner and a group; of a link the link itself, never what it leads to.</summary>
    /// <exception cref="UnauthorizedAccessException">Only root gives files away.</exception>
    /// <exception cref="IOException">The system refused.</exception>
    public static void ChangeOwner(string path, uint owner, uint group)
    {
        if (lchown(Text(path), owner, group) != 0)
            throw Failure(path, Marshal.GetLastPInvokeError());
    }

    /// <summary>Whether the process may write a file, or into a directory. On a medium that is mounted read-only nobody may, root neither.</summary>
    public static bool MayWrite(string path)
    {
        const int write = 2;
        return access(Text(path), write) == 0;
    }

    /// <summary>Whether the process may read a file.</summary>
    public static bool MayRead(string path)
    {
        const int read = 4;
        return access(Text(path), read) == 0;
    }

    private static (long Seconds, uint Nanoseconds) Moment(ReadOnlySpan<byte> time) =>
        (BinaryPrimitives.ReadInt64LittleEndian(time), BinaryPrimitives.ReadUInt32LittleEndian(time[8..]));

    /// <summary>Locks a file or directory for this process alone, without waiting.</summary>
    /// <param name="path">What.</param>
    /// <param name="held">Holds the lock; null where the file system knows none.</param>
    /// <returns>Whether no other process has it.</returns>
    public static bool TryLock(string path, out SafeFileHandle? held)
    {
        const int readOnlyCloseOnExec = 0x80000, exclusiveAtOnce = 2 | 4, wouldBlock = 11;
        held = null;
        int descriptor = open(Text(path), readOnlyCloseOnExec);
        if (descriptor < 0)
            throw Failure(path, Marshal.GetLastPInvokeError());
        SafeFileHandle opened = new(descriptor, ownsHandle: true);
        if (flock(descriptor, exclusiveAtOnce) == 0)
        {
            held = opened;
            return true;
        }

        int error = Marshal.GetLastPInvokeError();
        opened.Dispose();
        return error != wouldBlock;
    }

    /// <summary>Sets a variable for native code too, which does not see what .NET's own call sets.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    public static void SetEnvironment(string name, string value)
    {
        if (setenv(Text(name), Text(value), overwrite: 1) != 0)
            throw Failure(name, Marshal.GetLastPInvokeError());
    }

    private static Exception Failure(string path, int error)
    {
        const int notPermitted = 1, accessDenied = 13;
        string words = $"{path}: {new Win32Exception(error).Message}.";
        return error is notPermitted or accessDenied ? new UnauthorizedAccessException(words) : new IOException(words);
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
    private static extern int setenv(byte[] name, byte[] value, int overwrite);

    [DllImport("libc")]
    private static extern int access(byte[] path, int mode);

    [DllImport("libc")]
    private static extern uint geteuid();
}

/// <summary>
/// Owner, group, identity, size in bytes, and when content and facts were changed last, to the nanosecond: two files are the same one
/// when inode and device are, and nobody has changed one whose facts are all equal.
/// </summary>
internal readonly record struct FileFacts(uint Owner, uint Group, ulong Inode, ulong Device, ulong Size,
    (long Seconds, uint Nanoseconds) Modified, (long Seconds, uint Nanoseconds) Changed)
{
    public bool IsSameFileAs(FileFacts other) => (Inode, Device) == (other.Inode, other.Device);
}
