namespace DoorAgent.Storage;

/// <summary>
/// Makes the data directory and the files in it: nobody but their owner may read them, and when root makes them they
/// belong to whom the directory belongs, so that a command under sudo does not lock the daemon out.
/// </summary>
internal static class DataDirectory
{
    private const UnixFileMode OwnerOnlyDirectory = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a directory with mode 0700 where there is none, and those above it; an existing one is left as it is.</summary>
    /// <param name="directory">Which.</param>
    /// <param name="option">The option that names another one, for the message.</param>
    /// <exception cref="UserErrorException">It cannot be made; the message says why and what to do.</exception>
    public static void Ensure(string directory, string option = "--data")
    {
        if (Directory.Exists(directory))
            return;
        try
        {
            string above = Path.GetDirectoryName(Path.GetFullPath(directory))!;
            Ensure(above, option);
            Directory.CreateDirectory(directory, OwnerOnlyDirectory);
            GiveToOwnerOf(above, directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"The directory {directory} cannot be made: {e.Message} Name another one with {option}, or run as its owner.", e);
        }
    }

    /// <summary>Makes an empty file with mode 0600 where there is none; takes rights that others have on an existing one.</summary>
    /// <exception cref="UserErrorException">It cannot be made; the message says why and what to do.</exception>
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

            // The mode is given with the making: there is no moment at which others could open it.
            FileStreamOptions anew = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly };
            using (new FileStream(path, anew))
                GiveToOwnerOf(directory, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"The file {path} cannot be made: {e.Message} Is the disk full or mounted read-only? Is this its owner?", e);
        }
    }

    /// <summary>Mode 0600, and the directory's owner when root does it.</summary>
    /// <exception cref="IOException">The system refused, or it is a link in another user's directory.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is another user's.</exception>
    public static void Protect(string path)
    {
        string directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        RefuseLinkOfAnother(directory, path);
        if (File.GetUnixFileMode(path) != OwnerOnly)
            File.SetUnixFileMode(path, OwnerOnly);
        GiveToOwnerOf(directory, path);
    }

    /// <summary>
    /// Refuses a link in a directory that is another user's, when root would follow it: whoever owns the directory (the daemon's user, who
    /// may have been taken over) could lay one to any file of the system, and root would write it and give it to them.
    /// </summary>
    private static void RefuseLinkOfAnother(string directory, string path)
    {
        if (Libc.IsRoot && Libc.Facts(directory)?.Owner != Libc.UserId && new FileInfo(path).LinkTarget is { } target)
            throw new IOException($"{path} is a link to {target} in a directory of another user, and root does not follow those. Take the link away.");
    }

    private static void GiveToOwnerOf(string directory, string path)
    {
        if (Libc.IsRoot && Libc.Facts(directory) is { } wanted && Libc.Facts(path) is { } now && now.Owner != wanted.Owner)
            Libc.ChangeOwner(path, wanted.Owner, wanted.Group);
    }
}
