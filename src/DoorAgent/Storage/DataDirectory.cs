namespace DoorAgent.Storage;

/// <summary>
/// Creates the data directory and the files in it. Only their owner may read them. Files that root creates get the directory's
/// owner, so that a command under sudo does not lock the daemon out.
/// </summary>
internal static class DataDirectory
{
    private const UnixFileMode OwnerOnlyDirectory = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Creates a missing directory, and its missing parents, with mode 0700; an existing directory is not changed.</summary>
    /// <param name="directory">Path of the directory.</param>
    /// <param name="option">Command-line option that selects another directory, for the message.</param>
    /// <exception cref="UserErrorException">The directory cannot be created; the message says why and what to do.</exception>
    public static void Ensure(string directory, string option = "--data")
    {
        if (Directory.Exists(directory))
            return;
        try
        {
            string parent = Path.GetDirectoryName(Path.GetFullPath(directory))!;
            Ensure(parent, option);
            Directory.CreateDirectory(directory, OwnerOnlyDirectory);
            GiveToOwnerOf(parent, directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"The directory {directory} cannot be created: {e.Message} Name another one with {option}, or run as its owner.", e);
        }
    }

    /// <summary>Creates a missing file, empty and with mode 0600; removes the rights of other users from an existing file.</summary>
    /// <exception cref="UserErrorException">The file cannot be created; the message says why and what to do.</exception>
    public static void EnsureFile(string path)
    {
        string directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Ensure(directory);
        try
        {
            if (File.Exists(path))
            {
                Protect(path);
                return;
            }

            New(directory, path).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"The file {path} cannot be created: {e.Message} Is the disk full or mounted read-only? Is this its owner?", e);
        }
    }

    /// <summary>Creates a file with mode 0600 in place of any that has its name, and returns it open: what another user puts under the
    /// name meanwhile is not written to.</summary>
    /// <exception cref="IOException">The disk is full or failed.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public static FileStream CreateFile(string path)
    {
        File.Delete(path);
        return New(Path.GetDirectoryName(Path.GetFullPath(path))!, path);
    }

    /// <summary>Sets mode 0600 and, when root runs the program, the owner of the directory.</summary>
    /// <exception cref="IOException">The system refused, or the path is a link in another user's directory.</exception>
    /// <exception cref="UnauthorizedAccessException">The file belongs to another user.</exception>
    public static void Protect(string path)
    {
        string directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        RefuseLinkOfAnother(directory, path);
        if (File.GetUnixFileMode(path) != OwnerOnly)
            File.SetUnixFileMode(path, OwnerOnly);
        GiveToOwnerOf(directory, path);
    }

    /// <summary>
    /// Refuses to follow, as root, a link in a directory of another user. The owner of the directory (the daemon's user, whose account
    /// may be compromised) could point a link at any file of the system, and root would write that file and hand it over.
    /// </summary>
    private static void RefuseLinkOfAnother(string directory, string path)
    {
        if (Libc.IsRoot && Libc.Stat(directory)?.Owner != Libc.UserId && new FileInfo(path).LinkTarget is { } target)
        {
            throw new IOException($"{path} is a link to {target} in a directory of another user, "
                + "and root does not follow such links. Remove the link.");
        }
    }

    /// <summary>Creates a file with its mode, so that there is no moment at which other users could open it.</summary>
    private static FileStream New(string directory, string path)
    {
        FileStream file = new(path,
            new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, UnixCreateMode = OwnerOnly });
        try
        {
            GiveToOwnerOf(directory, path);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>As root, gives a file to the owner of a directory.</summary>
    public static void GiveToOwnerOf(string directory, string path)
    {
        if (Libc.IsRoot && Libc.Stat(directory) is { } wanted && Libc.Stat(path) is { } now && now.Owner != wanted.Owner)
            Libc.ChangeOwner(path, wanted.Owner, wanted.Group);
    }
}
