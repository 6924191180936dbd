namespace DoorAgent.Diagnostics;

/// <summary>Files that nobody but their owner may read: pictures of people are.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a file with mode 0600; one that is there is replaced whole, or stays as it was.</summary>
    /// <exception cref="UserErrorException">It cannot be written; the message says why.</exception>
    public static void Write(string path, byte[] bytes)
    {
        try
        {
            string anew = path + ".new";
            File.Delete(anew);
            using (FileStream file = new(anew, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
                file.Write(bytes);
            File.Move(anew, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} cannot be written: {e.Message}", e);
        }
    }
}
