using DoorAgent.Storage;
using Microsoft.Win32.SafeHandles;

namespace DoorAgent.Link;

/// <summary>Ensures that one link serves one door: two links would deliver each event twice. The lock is on the directory of the
/// positions, and the kernel releases it when the process ends.</summary>
internal sealed class LinkLock : IDisposable
{
    private readonly SafeFileHandle? _directory;

    private LinkLock(SafeFileHandle? directory) => _directory = directory;

    /// <summary>Locks the directory, which is created if missing.</summary>
    /// <exception cref="UserErrorException">Another link runs, or the directory cannot be used.</exception>
    public static LinkLock Acquire(string state)
    {
        DataDirectory.Ensure(state);
        return TryLock(state, out SafeFileHandle? locked) ? new LinkLock(locked)
            : throw new UserErrorException($"Another link already runs for this door (it holds {state}). One link serves one door: "
                + "'systemctl stop dooragent-link' stops the service.");
    }

    /// <summary>Whether a link runs.</summary>
    /// <exception cref="UserErrorException">This user may not see that.</exception>
    public static bool IsHeld(string state)
    {
        if (!Directory.Exists(state))
            return false;
        bool isFree = TryLock(state, out SafeFileHandle? locked);
        locked?.Dispose();
        return !isFree;
    }

    public void Dispose() => _directory?.Dispose();

    private static bool TryLock(string state, out SafeFileHandle? locked)
    {
        try
        {
            return Libc.TryLock(state, out locked);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{failure.Message} The link's directory is for its own user and root: try sudo.", failure);
        }
    }
}
