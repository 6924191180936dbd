using DoorAgent.Sealing;
using DoorAgent.Storage;

namespace DoorAgent.Galleries;

/// <summary>The sealed backup that <see cref="GallerySealing"/> leaves beside a gallery.</summary>
internal static class SealedBackup
{
    /// <summary>Returns the path of the backup of a gallery.</summary>
    public static string PathOf(string gallery) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(gallery))!, GallerySealing.BackupName);

    /// <summary>Writes the content of a backup into an open file.</summary>
    /// <param name="path">Path of the backup.</param>
    /// <param name="keys">The keys that this process may use.</param>
    /// <param name="target">The file to write.</param>
    /// <exception cref="UserErrorException">No key opens the backup, or a file cannot be read or written.</exception>
    public static void Open(string path, KeyRing keys, string target) => Replacing(path, target, (from, to) =>
    {
        DoorKey key = keys.All.FirstOrDefault(one => Opens(one, path)) ?? throw new UserErrorException(
            $"{path} does not open with {keys.Newest?.ToString() ?? $"no key: {keys.Absence}"}: it was changed, or sealed with another key.");
        SealedStream.Open(key, from, to, GallerySealing.BackupIdentity);
    });

    /// <summary>Seals the backup of a gallery with another key; does nothing without one, or where it has that key already.</summary>
    /// <exception cref="UserErrorException">The backup has neither key, or cannot be read or written; it is unchanged.</exception>
    public static void SealAgain(string gallery, DoorKey from, DoorKey to)
    {
        string path = PathOf(gallery);
        if (!Permission.IsReadable(path) || Opens(to, path))
            return;
        Replacing(path, path, (old, made) => SealedStream.SealAgain(from, to, old, made, GallerySealing.BackupIdentity));
    }

    private static bool Opens(DoorKey key, string path)
    {
        using FileStream file = File.OpenRead(path);
        try
        {
            SealedStream.Open(key, file, Stream.Null, GallerySealing.BackupIdentity);
            return true;
        }
        catch (BrokenSealException)
        {
            return false;
        }
    }

    private static void Replacing(string path, string target, Action<Stream, Stream> write)
    {
        string coming = target + ".new";
        try
        {
            DataDirectory.EnsureFile(coming);
            using (FileStream from = File.OpenRead(path))
            using (FileStream to = new(coming, FileMode.Create, FileAccess.Write))
            {
                write(from, to);
                to.Flush(flushToDisk: true);
            }

            File.Move(coming, target, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or BrokenSealException)
        {
            throw new UserErrorException($"{target} could not be written from {path}: {failure.Message}", failure);
        }
        finally
        {
            File.Delete(coming);
        }
    }
}
