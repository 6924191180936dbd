using DoorAgent.Storage;

namespace DoorAgent.Sealing;

/// <summary>
/// A folder whose files are sealed one by one where the door has a key, each under its own name: a file that was renamed does not open.
/// Files of a door without a key are open, and stay readable. Only the owner may read the files. Root uses folders of the daemon's user
/// too, and so follows no link in them.
/// </summary>
/// <param name="folder">Path of the folder, which exists once there is a file in it.</param>
/// <param name="keys">The keys that this process may use.</param>
/// <param name="kind">What the files are, such as <c>kept picture</c>; part of each file's identity.</param>
/// <param name="atMost">The largest size of a file, in bytes.</param>
internal sealed class SealedFolder(string folder, KeyRing keys, string kind, int atMost)
{
    private const string Sealed = ".sealed", Unfinished = ".new";

    /// <summary>Writes a file. Where there is a key, the open content never reaches the disk.</summary>
    /// <param name="name">Name of the file, without the end that sealed files have.</param>
    /// <param name="content">The content.</param>
    /// <exception cref="IOException">The disk is full or failed.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public void Write(string name, ReadOnlySpan<byte> content)
    {
        string path = Path.Combine(folder, name);
        using FileStream file = DataDirectory.CreateFile(keys.Newest is null ? path : path + Sealed);
        file.Write(keys.Newest is { } key ? SealedFile.Close(key, content, IdentityOf(name)) : content);
    }

    /// <summary>Returns the paths of the files that match a pattern, in ordinal order; a sealed file matches by its name without the
    /// end.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read the folder.</exception>
    public IEnumerable<string> Named(string pattern) => !Directory.Exists(folder) ? []
        // Where the sealing of a file was interrupted, the open one is whole, and comes first.
        : Directory.GetFiles(folder, pattern).Concat(Directory.GetFiles(folder, pattern + Sealed)).Order(StringComparer.Ordinal)
            .DistinctBy(NameOf);

    /// <summary>Returns the name of a file without the end that sealed files have.</summary>
    public static string NameOf(string path) => Path.GetFileName(IsSealed(path) ? path[..^Sealed.Length] : path);

    /// <summary>Reads a file of this folder.</summary>
    /// <exception cref="UserErrorException">The file is sealed and its key is missing; the message says what to do.</exception>
    /// <exception cref="InvalidDataException">The seal is broken, or the name is a link or not a file.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read the file.</exception>
    public byte[] Read(string path)
    {
        using UntrustedFile file = Opened(path, isToWrite: false);
        return Read(file, path);
    }

    /// <summary>Whether a file is sealed with a key that is not here, while another one is: nobody can read the file here.</summary>
    public bool IsOfAnotherKey(string path) => IsSealed(path) && keys.Newest is not null
        && UntrustedFile.ReadAll(path, atMost) is { } bytes && SealedFile.KeyIdOf(bytes) is { } id && keys.Find(id) is null;

    /// <summary>Seals files with a key that are open or sealed with another key, and keeps their times. After an interruption each file is
    /// as it was or sealed, and a repetition goes on. The bytes of an open file are overwritten before it is deleted; a flash medium may
    /// keep copies of them all the same.</summary>
    /// <param name="key">The key.</param>
    /// <param name="paths">The files.</param>
    /// <param name="progress">Receives the number of files that are done.</param>
    /// <returns>Number of files that could not be opened and stay as they are.</returns>
    /// <exception cref="IOException">The disk is full or failed.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public int SealAll(DoorKey key, IEnumerable<string> paths, IProgress<int>? progress = null)
    {
        int left = 0;
        foreach ((int done, string path) in paths.Index())
        {
            left += TrySeal(key, path) ? 0 : 1;
            progress?.Report(done + 1);
        }

        return left;
    }

    private bool TrySeal(DoorKey key, string path)
    {
        try
        {
            using UntrustedFile file = Opened(path, isToWrite: true);
            if (IsSealed(path) && SealedFile.KeyIdOf(file.ReadAll(atMost)) == key.Id)
                return true;
            byte[] made = SealedFile.Close(key, Read(file, path), IdentityOf(NameOf(path)));
            string target = IsSealed(path) ? path : path + Sealed;
            Replace(target, made, File.GetLastWriteTimeUtc(file.Handle));
            if (IsSealed(path))
                return true;
            RandomAccess.Write(file.Handle, new byte[RandomAccess.GetLength(file.Handle)], 0);
            RandomAccess.FlushToDisk(file.Handle);
            File.Delete(path);
            return true;
        }
        catch (FileNotFoundException)
        {
            // Deleted meanwhile, by its age.
            return true;
        }
        catch (Exception unreadable) when (unreadable is UserErrorException or InvalidDataException)
        {
            return false;
        }
    }

    private static void Replace(string target, byte[] bytes, DateTime written)
    {
        using (FileStream file = DataDirectory.CreateFile(target + Unfinished))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
            File.SetLastWriteTimeUtc(file.SafeFileHandle, written);
        }

        File.Move(target + Unfinished, target, overwrite: true);
    }

    private byte[] Read(UntrustedFile file, string path)
    {
        byte[] content = file.ReadAll(atMost);
        try
        {
            return IsSealed(path) ? SealedFile.Open(keys, content, IdentityOf(NameOf(path))) : content;
        }
        catch (BrokenSealException broken)
        {
            throw new InvalidDataException($"{path}: {broken.Message}.", broken);
        }
    }

    /// <summary>Opens a file that belongs to the owner of the folder: in a folder of another user, root could otherwise be made to seal
    /// any file for that user.</summary>
    private UntrustedFile Opened(string path, bool isToWrite)
    {
        UntrustedFile file = UntrustedFile.Open(path, isToWrite) ?? throw new FileNotFoundException($"{path} does not exist.", path);
        if (!Libc.IsRoot || Libc.Stat(folder)?.Owner is not { } owner || owner == file.Owner || owner == Libc.UserId)
            return file;
        file.Dispose();
        throw new InvalidDataException($"{path} does not belong to the owner of its folder.");
    }

    private static bool IsSealed(string path) => path.EndsWith(Sealed, StringComparison.Ordinal);

    private string IdentityOf(string name) => $"{kind} {name}";
}
