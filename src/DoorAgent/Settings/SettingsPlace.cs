using DoorAgent.Storage;

namespace DoorAgent.Settings;

/// <summary>Writes a configuration file completely or not at all, readable for the group of the process that uses the file.</summary>
internal sealed class SettingsPlace
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    private const string DoorsGroup = "dooragent";

    // Each process reads its own file, and no other process's.
    private const string LinksFile = "link.json";
    private const string LinksGroup = "dooragent-link";

    private readonly string _path;

    /// <exception cref="UserErrorException">The place cannot be written: people should learn that before any question.</exception>
    public SettingsPlace(string path)
    {
        _path = System.IO.Path.GetFullPath(path);
        Writing(() =>
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(_path)!);
            using FileStream tried = new(Part, new FileStreamOptions
            {
                Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose,
            });
        });
    }

    /// <summary>The path of the backup: the file as it was before the last change.</summary>
    public string Backup => _path + ".bak";

    private string Part => _path + ".part";

    /// <summary>Whether the file has this text already; writing the same text again would overwrite the backup with it.</summary>
    public bool Has(string text)
    {
        bool isSame = false;
        Writing(() => isSame = File.Exists(_path) && File.ReadAllText(_path) == text);
        return isSame;
    }

    /// <summary>Replaces the file by this text, and keeps the old file as the backup.</summary>
    /// <returns>Whether there was an old file.</returns>
    /// <exception cref="UserErrorException">The file could not be written; the old one is unchanged.</exception>
    public bool Write(string text)
    {
        bool wasThere = File.Exists(_path);
        Writing(() =>
        {
            FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = Mode };
            using (FileStream file = new(Part, options))
            {
                file.Write(System.Text.Encoding.UTF8.GetBytes(text));
                file.Flush(flushToDisk: true);
            }

            // The umask may have removed permissions.
            File.SetUnixFileMode(Part, Mode);
            if (Libc.IsRoot && AccountNumbers.Group(GroupOf(_path)) is { } group)
                Libc.ChangeOwner(Part, 0, group);
            if (wasThere)
                File.Copy(_path, Backup, overwrite: true);
            File.Move(Part, _path, overwrite: true);
        });
        return wasThere;
    }

    /// <summary>The group that may read a file.</summary>
    internal static string GroupOf(string path) => IsOfLink(path) ? LinksGroup : DoorsGroup;

    /// <summary>Whether a file is the link's, from which no door starts.</summary>
    public static bool IsOfLink(string path) => System.IO.Path.GetFileName(path) == LinksFile;

    private void Writing(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"{_path} cannot be written: {e.Message} Run it as root (sudo), or name another file with --config.", e);
        }
    }
}
