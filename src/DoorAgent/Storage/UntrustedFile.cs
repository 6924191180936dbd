using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace DoorAgent.Storage;

/// <summary>
/// A file that is opened without trust in the owner of its directory: a link is not followed, a pipe is not waited for, and a long file is
/// not read. Owner and rights are those of the open file, whatever stands under the name later.
/// </summary>
internal sealed class UntrustedFile : IDisposable
{
    private const int ReadWrite = 2, NonBlockingCloseOnExec = 0x800 | 0x80000, EmptyPath = 0x1000;
    private const uint TypeAndOwner = 0x1 | 0x2 | 0x8;
    private const int TypeMask = 0xF000, Regular = 0x8000, RightsMask = 0xFFF;

    // O_NOFOLLOW differs between the architectures.
    private static readonly int NoFollow =
        RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 ? 0x8000 : 0x20000;

    private readonly string _path;

    private UntrustedFile(string path, SafeFileHandle handle) => (_path, Handle) = (path, handle);

    public SafeFileHandle Handle { get; }

    /// <summary>User id of the owner.</summary>
    public uint Owner { get; private set; }

    /// <summary>The rights.</summary>
    public UnixFileMode Mode { get; private set; }

    /// <summary>Opens a file; returns null if nothing has this name.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="isToWrite">Whether to open it to write too.</param>
    /// <exception cref="InvalidDataException">The name is a link, a folder, a pipe or a device.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not open the file.</exception>
    /// <exception cref="IOException">The system call failed.</exception>
    public static UntrustedFile? Open(string path, bool isToWrite = false)
    {
        const int noSuchFile = 2, notPermitted = 1, accessDenied = 13, notADirectory = 20, isADirectory = 21, noSuchDevice = 6,
            tooManyLinks = 40;
        int descriptor = open(Encoding.UTF8.GetBytes(path + '\0'), (isToWrite ? ReadWrite : 0) | NoFollow | NonBlockingCloseOnExec);
        if (descriptor < 0)
        {
            return Marshal.GetLastPInvokeError() switch
            {
                noSuchFile or notADirectory => null,
                notPermitted or accessDenied => throw new UnauthorizedAccessException($"{path} may not be opened by this user."),
                tooManyLinks => throw new InvalidDataException($"{path} is a link."),
                noSuchDevice or isADirectory => throw NotRegular(path),
                var error => throw new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(error)}."),
            };
        }

        UntrustedFile file = new(path, new SafeFileHandle(descriptor, ownsHandle: true));
        try
        {
            file.ReadStatus();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file, reads all of it, and closes it; returns null if nothing has this name.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="atMost">The largest size, in bytes.</param>
    /// <exception cref="InvalidDataException">The name is a link, a folder, a pipe or a device, or the file is too long.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read the file.</exception>
    /// <exception cref="IOException">The system call failed.</exception>
    public static byte[]? ReadAll(string path, int atMost)
    {
        using UntrustedFile? file = Open(path);
        return file?.ReadAll(atMost);
    }

    /// <summary>Reads the whole file.</summary>
    /// <param name="atMost">The largest size, in bytes.</param>
    /// <exception cref="InvalidDataException">The file is longer.</exception>
    /// <exception cref="IOException">The disk failed.</exception>
    public byte[] ReadAll(int atMost)
    {
        if (RandomAccess.GetLength(Handle) is var length && length > atMost)
            throw new InvalidDataException($"{_path} is longer than {atMost} bytes.");
        // What another program appends or cuts off meanwhile is not read.
        byte[] content = new byte[length];
        int read = 0;
        while (read < content.Length && RandomAccess.Read(Handle, content.AsSpan(read), read) is > 0 and var more)
            read += more;
        return content[..read];
    }

    public void Dispose() => Handle.Dispose();

    private void ReadStatus()
    {
        // struct statx has the same layout on every architecture; struct stat does not.
        Span<byte> status = stackalloc byte[256];
        status.Clear();
        if (statx(Handle, [0], EmptyPath, TypeAndOwner, ref MemoryMarshal.GetReference(status)) != 0)
            throw new IOException($"{_path}: {Marshal.GetLastPInvokeErrorMessage()}.");
        int mode = BinaryPrimitives.ReadUInt16LittleEndian(status[28..]);
        if ((mode & TypeMask) != Regular)
            throw NotRegular(_path);
        (Owner, Mode) = (BinaryPrimitives.ReadUInt32LittleEndian(status[20..]), (UnixFileMode)(mode & RightsMask));
    }

    private static InvalidDataException NotRegular(string path) => new($"{path} is a folder, a pipe or a device, not a file.");

    [DllImport("libc", SetLastError = true)]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int statx(SafeFileHandle directory, byte[] path, int flags, uint mask, ref byte status);
}
