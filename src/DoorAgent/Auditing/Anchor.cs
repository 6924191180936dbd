using DoorAgent.Storage;

namespace DoorAgent.Auditing;

/// <summary>
/// A copy of the door's head that the daemon's user cannot change: root writes it (dooragent-anchor.service) into a directory of its own.
/// An older gallery or journal in the place of the newest one is then found, whoever owns the data directory.
/// </summary>
/// <param name="path">Path of the file.</param>
/// <param name="owner">User id of the only user who may have written it: root, apart from tests.</param>
internal sealed class Anchor(string path, uint owner = 0)
{
    private const UnixFileMode ReadByAll =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode WrittenByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    public string Path => path;

    /// <summary>Whether this machine has the directory of the anchor, which the package makes.</summary>
    public bool IsInstalled => Directory.Exists(System.IO.Path.GetDirectoryName(path));

    /// <summary>Returns the anchor of a door; null for a data directory that has none, because no unit of the system looks after
    /// it.</summary>
    public static Anchor? Of(Places places) => places.AnchorFile is { } file ? new Anchor(file) : null;

    /// <summary>Reads the head in the anchor; null before the first.</summary>
    /// <exception cref="UserErrorException">The file is damaged, cannot be read, or another user can have written it; the message says what
    /// to do.</exception>
    public DoorHead? Read()
    {
        try
        {
            using UntrustedFile? file = UntrustedFile.Open(path);
            if (file is null)
                return null;
            string directory = System.IO.Path.GetDirectoryName(path)!;
            if (file.Owner != owner || (file.Mode & WrittenByOthers) != 0)
                throw new InvalidDataException("another user than root can have written it");
            if (Libc.Stat(directory)?.Owner != owner || (File.GetUnixFileMode(directory) & WrittenByOthers) != 0)
                throw new InvalidDataException($"another user than root can write into {directory}");
            return DoorHead.Parse(file.ReadAll(DoorHead.MostBytes));
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The anchor {path} cannot be used: {failure.Message.TrimEnd('.')}. Find out who changed it, then "
                + "remove it and run 'sudo dooragent anchor update'.", failure);
        }
    }

    /// <summary>Replaces the head in the anchor; after an interruption the file has the one or the other.</summary>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public void Write(DoorHead head)
    {
        try
        {
            string unfinished = path + ".new";
            File.Delete(unfinished);
            using (FileStream file = new(unfinished,
                new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = ReadByAll }))
            {
                // The mask of the process must not hide the anchor from the daemon.
                File.SetUnixFileMode(file.SafeFileHandle, ReadByAll);
                file.Write(System.Text.Encoding.ASCII.GetBytes(head.Print()));
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The anchor {path} cannot be written: {failure.Message} Run the command with sudo.", failure);
        }
    }
}
