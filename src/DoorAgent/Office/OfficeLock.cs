using DoorAgent.Storage;
using Microsoft.Win32.SafeHandles;

namespace DoorAgent.Office;

/// <summary>Ensures that one command at a time changes an office and sends to the hub: of two senders the slower one would bring older
/// records after newer ones. The kernel releases the lock when the process ends.</summary>
internal sealed class OfficeLock : IDisposable
{
    private readonly SafeFileHandle? _directory;

    private OfficeLock(SafeFileHandle? directory) => _directory = directory;

    /// <summary>Locks an office's directory; on a file system without locks the result locks nothing.</summary>
    /// <exception cref="UserErrorException">Another command works on the office, or the directory cannot be used.</exception>
    public static OfficeLock Acquire(string directory)
    {
        try
        {
            return Libc.TryLock(directory, out SafeFileHandle? locked) ? new OfficeLock(locked)
                : throw new UserErrorException($"Another fleet command changes the office {directory} at this moment. Run this one again when "
                    + "that one has ended.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The office {directory} cannot be used: {failure.Message} Run the command as its owner, or name "
                + "another office with --office.", failure);
        }
    }

    public void Dispose() => _directory?.Dispose();
}
