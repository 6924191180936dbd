namespace DoorAgent.Diagnostics;

/// <summary>Writes files that only their owner may read, such as pictures of people.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a file with mode 0600; an existing file is replaced completely or stays unchanged.</summary>
    /// <exception cref="UserErrorException">The file cannot be written; the message says why.</exception>
    public static void Write(string path, byte[] bytes)
    {
        try
        {
            string temporary = path + ".new";
            File.Delete(temporary);
            using (FileStream file = new(temporary,
                new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
                file.Write(bytes);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} cannot be written: {e.Message}", e);
        }
    }
}
