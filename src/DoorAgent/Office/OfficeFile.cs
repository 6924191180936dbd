using DoorAgent.Storage;

namespace DoorAgent.Office;

/// <summary>Writes the office's files: whole or not at all, and only their owner may read them.</summary>
internal static class OfficeFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a file with mode 0600 in one step: a process that is killed leaves the old file or the new one.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="content">The content.</param>
    /// <param name="overwrites">Whether an existing file is replaced.</param>
    /// <exception cref="UserErrorException">The file cannot be written, or exists and is not to be replaced.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, bool overwrites = false)
    {
        string directory = Path.GetDirectoryName(path)!;
        DataDirectory.Ensure(directory, "--office");
        string unfinished = Path.Combine(directory, $".{Path.GetFileName(path)}.{Environment.ProcessId}.part");
        try
        {
            File.Delete(unfinished);
            FileStreamOptions create = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly };
            using (FileStream file = new(unfinished, create))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            DataDirectory.GiveToOwnerOf(directory, unfinished);
            File.Move(unfinished, path, overwrites);
            Libc.FlushDirectory(directory);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} cannot be written: {failure.Message} Run the command as the owner of the office's directory.",
                failure);
        }
    }
}
