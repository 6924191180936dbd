using Microsoft.Win32.SafeHandles;

namespace DoorAgent.Storage;

/// <summary>
/// One daemon guards one door: while it is held, no other runs on the same data directory. The directory itself is locked (flock(2)): a
/// lock file, as the operator's socket, could be removed. It ends with the process, however that ends.
/// </summary>
internal sealed class DataLock : IDisposable
{
    private readonly SafeFileHandle? _directory;

    private DataLock(SafeFileHandle? directory) => _directory = directory;

    /// <summary>Takes the lock of a directory, which is made where there is none. On a file system that knows no locks there is none.</summary>
    /// <exception cref="UserErrorException">Another daemon has it, or the directory cannot be made.</exception>
    public static DataLock Take(string directory)
    {
        DataDirectory.Ensure(directory);
        if (!Try(directory, out SafeFileHandle? held))
        {
            throw new UserErrorException($"Another dooragent runs on this data already ({directory}{Holder(directory)}). "
                + "One daemon guards one door: stop the other, or give this one its own --data.");
        }

        return new DataLock(held);
    }

    public void Dispose() => _directory?.Dispose();

    private static bool Try(string directory, out SafeFileHandle? held)
    {
        try
        {
            return Libc.TryLock(directory, out held);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{failure.Message} The door runs as the owner of its data: use sudo, or name another directory with --data.", failure);
        }
    }

    // proc_locks(5): number, FLOCK, ADVISORY, WRITE, process, device:inode.
    private static string Holder(string directory)
    {
        ulong? inode = Libc.Facts(directory)?.Inode;
        string? process = File.ReadLines("/proc/locks").Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(words => words is [_, "FLOCK", _, _, _, var file, ..] && file.EndsWith($":{inode}", StringComparison.Ordinal))?[4];
        return process is null ? "" : $", process {process}";
    }
}
