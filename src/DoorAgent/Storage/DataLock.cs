using Microsoft.Win32.SafeHandles;

namespace DoorAgent.Storage;

/// <summary>
/// Ensures that one daemon guards one door: while a process holds this lock, no other daemon starts on the same data directory. The lock
/// is on the directory itself (flock(2)), because a lock file could be removed. The kernel releases the lock when the process ends.
/// </summary>
internal sealed class DataLock : IDisposable
{
    private readonly SafeFileHandle? _directory;

    private DataLock(SafeFileHandle? directory) => _directory = directory;

    /// <summary>Locks a directory, which is created if missing. On a file system without locks the result locks nothing.</summary>
    /// <exception cref="UserErrorException">Another daemon holds the lock, or the directory cannot be created.</exception>
    public static DataLock Acquire(string directory)
    {
        DataDirectory.Ensure(directory);
        if (!TryLock(directory, out SafeFileHandle? locked))
        {
            throw new UserErrorException($"Another dooragent already runs on this data ({directory}{Holder(directory)}). "
                + "One daemon guards one door: stop the other daemon, or give this one its own --data.");
        }

        return new DataLock(locked);
    }

    public void Dispose() => _directory?.Dispose();

    private static bool TryLock(string directory, out SafeFileHandle? locked)
    {
        try
        {
            return Libc.TryLock(directory, out locked);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"{failure.Message} The door runs as the owner of its data: use sudo, or name another directory with --data.", failure);
        }
    }

    // proc_locks(5): number, FLOCK, ADVISORY, WRITE, process, device:inode.
    private static string Holder(string directory)
    {
        ulong? inode = Libc.Stat(directory)?.Inode;
        string? process = File.ReadLines("/proc/locks")
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(words =>
                words is [_, "FLOCK", _, _, _, var file, ..] && file.EndsWith($":{inode}", StringComparison.Ordinal))?[4];
        return process is null ? "" : $", process {process}";
    }
}
