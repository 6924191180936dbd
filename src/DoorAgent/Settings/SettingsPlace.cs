using DoorAgent.Storage;

namespace DoorAgent.Settings;

/// <summary>The place of a configuration file that is written: whole or not at all, and readable for the door's own group.</summary>
internal sealed class SettingsPlace
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    private const string DoorsGroup = "dooragent";

    private readonly string _path;

    /// <exception cref="UserErrorException">Nothing can be written there: better said before anybody is asked anything.</exception>
    public SettingsPlace(string path)
    {
        _path = System.IO.Path.GetFullPath(path);
        Writing(() =>
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(_path)!);
            using FileStream tried = new(Part, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose });
        });
    }

    /// <summary>Where the file that was there before is kept.</summary>
    public string Backup => _path + ".bak";

    private string Part => _path + ".part";

    /// <summary>Whether that text is there already: written again it would only take the place of the backup from before the last change.</summary>
    public bool Has(string text)
    {
        bool isSame = false;
        Writing(() => isSame = File.Exists(_path) && File.ReadAllText(_path) == text);
        return isSame;
    }

    /// <summary>Writes the text in the place of the file that is there, which is kept beside it.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="UserErrorException">It could not be written; the file that was there is still there.</exception>
    public bool Write(string text)
    {
        bool wasThere = File.Exists(_path);
        Writing(() =>
        {
            using (FileStream file = new(Part, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = Mode }))
            {
                file.Write(System.Text.Encoding.UTF8.GetBytes(text));
                file.Flush(flushToDisk: true);
            }

            // The mask of the shell may have taken rights away.
            File.SetUnixFileMode(Part, Mode);
            if (Libc.IsRoot && GroupNamed(DoorsGroup, File.ReadLines("/etc/group")) is { } group)
                Libc.ChangeOwner(Part, 0, group);
            if (wasThere)
                File.Copy(_path, Backup, overwrite: true);
            File.Move(Part, _path, overwrite: true);
        });
        return wasThere;
    }

    /// <summary>The number of a group, from lines of /etc/group; null where there is none of that name.</summary>
    internal static uint? GroupNamed(string name, IEnumerable<string> lines) => lines
        .Select(line => line.Split(':'))
        .Where(parts => parts.Length > 2 && parts[0] == name && uint.TryParse(parts[2], out _))
        .Select(parts => (uint?)uint.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture)).FirstOrDefault();

    private void Writing(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{_path} cannot be written: {e.Message} Run it as root (sudo), or name another file with --config.", e);
        }
    }
}
