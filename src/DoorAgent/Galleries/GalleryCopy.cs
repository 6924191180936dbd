using System.Text.RegularExpressions;
using DoorAgent.Storage;
using Microsoft.Win32.SafeHandles;

namespace DoorAgent.Galleries;

/// <summary>
/// A temporary copy beside the gallery, used while an archive or a backup is written or read, and locked (flock(2)) meanwhile. A process
/// that is killed leaves its copy behind, with people who may be removed later; the next export or import, or the daemon, deletes every copy
/// that nobody has locked.
/// </summary>
internal sealed partial class GalleryCopy : IDisposable
{
    // Another process may look at a new file in the moment before it is locked, and may delete it.
    private const int MostTries = 10;

    // Where the file system has no locks, no export or import takes longer.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly SafeFileHandle? _lock;

    private GalleryCopy(string path, SafeFileHandle? locked) => (Path, _lock) = (path, locked);

    /// <summary>Path of the copy; the file exists and is empty at first.</summary>
    public string Path { get; }

    /// <summary>Makes the file for the copy of an export.</summary>
    /// <exception cref="UserErrorException">The file cannot be created.</exception>
    public static GalleryCopy OfExport(string directory) => New(directory, "export");

    /// <summary>Makes the file for the copy of an import.</summary>
    /// <exception cref="UserErrorException">The file cannot be created.</exception>
    public static GalleryCopy OfImport(string directory) => New(directory, "import");

    /// <summary>Deletes copies that were left behind.</summary>
    /// <exception cref="UserErrorException">A copy cannot be deleted, or this user may not list the directory.</exception>
    public static void DeleteLeftovers(string directory, TimeProvider time)
    {
        string[] files = Files(directory);
        try
        {
            foreach (string file in files)
            {
                if (Copy().Match(file) is { Success: true } copy && !IsInUse(copy.Groups["copy"].Value, time))
                    File.Delete(file);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"A copy of the gallery was left behind in {directory} and cannot be deleted: "
                    + $"{failure.Message} The copy holds biometric data.", failure);
        }
    }

    /// <summary>Deletes the copy.</summary>
    public void Dispose()
    {
        if (File.Exists(Path))
            File.Delete(Path);
        // SQLite leaves the journal of a copy for which the disk had no room.
        File.Delete(Path + "-journal");
        _lock?.Dispose();
    }

    private static bool IsInUse(string copy, TimeProvider time)
    {
        if (!File.Exists(copy))
            return false;
        bool isFree = Libc.TryLock(copy, out SafeFileHandle? locked);
        locked?.Dispose();
        return !isFree || locked is null && File.GetLastWriteTimeUtc(copy) > time.GetUtcNow() - Longest;
    }

    private static string[] Files(string directory)
    {
        try
        {
            return Directory.Exists(directory) ? Directory.GetFiles(directory) : [];
        }
        catch (UnauthorizedAccessException failure)
        {
            throw Permission.Denied(directory, failure);
        }
    }

    private static GalleryCopy New(string directory, string purpose)
    {
        for (int i = 0; i < MostTries; i++)
        {
            string path = System.IO.Path.Combine(directory, $"{purpose}-{Guid.NewGuid():n}.db");
            DataDirectory.EnsureFile(path);
            try
            {
                if (Libc.TryLock(path, out SafeFileHandle? locked, isShared: true))
                {
                    if (File.Exists(path))
                        return new GalleryCopy(path, locked);
                    locked?.Dispose();
                }
            }
            catch (IOException) when (!File.Exists(path))
            {
                // It was taken for a leftover.
            }
        }

        throw new UserErrorException($"No copy of the gallery can be kept in {directory}: another program deletes it at once.");
    }

    [GeneratedRegex(@"\A(?<copy>.*/(export|import)-[0-9a-f]{32}\.db)(-journal|-wal|-shm)?\z")]
    private static partial Regex Copy();
}
