using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DoorAgent.Storage;

namespace DoorAgent.Auditing;

/// <summary>
/// A copy of the door's head, and of every earlier end of its journal, that the daemon's user cannot change: root writes it
/// (dooragent-anchor.service) into a directory of its own. An older gallery or journal in the place of the newest one is then found,
/// whoever owns the data directory.
/// </summary>
/// <param name="path">Path of the file.</param>
/// <param name="owner">User id of the only user who may have written it: root, apart from tests.</param>
internal sealed partial class Anchor(string path, uint owner = 0)
{
    // A year of an update every five minutes has 8 MB.
    private const int MostBytesOfHistory = 128 << 20;

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
            return file is null ? null : DoorHead.Parse(OfRoot(file).ReadAll(DoorHead.MostBytes));
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The anchor {path} cannot be used: {failure.Message.TrimEnd('.')}. Find out who changed it, then "
                + "remove it and run 'sudo dooragent anchor update'.", failure);
        }
    }

    /// <summary>Reads every end of the journal that was ever anchored, the first first. Whoever has the door's key can write another
    /// journal, and its end is anchored as the newest one; the earlier ends are not in it.</summary>
    /// <exception cref="UserErrorException">The file cannot be read, or another user can have written it.</exception>
    public IReadOnlyList<JournalHead> Journals()
    {
        try
        {
            using UntrustedFile? file = UntrustedFile.Open(History);
            // A power cut may have left a part of the last line.
            string lines = file is null ? "" : Encoding.ASCII.GetString(OfRoot(file).ReadAll(MostBytesOfHistory));
            return [.. LineOfHistory().Matches(lines).Select(line => new JournalHead(
                long.Parse(line.Groups[1].ValueSpan, CultureInfo.InvariantCulture), line.Groups[2].Value))];
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The anchor's file {History} cannot be used: {failure.Message.TrimEnd('.')}. Find out who "
                + "changed it; 'sudo dooragent anchor update --accept-journal' begins another.", failure);
        }
    }

    /// <summary>Begins another history, because an operator accepts another journal; the earlier one stays beside it.</summary>
    /// <exception cref="UserErrorException">The file cannot be moved.</exception>
    public void SetJournalsAside() => Writing(() =>
    {
        if (File.Exists(History))
            File.Move(History, History + ".old", overwrite: true);
    });

    /// <summary>Replaces the head in the anchor; after an interruption the file has the one or the other.</summary>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public void Write(DoorHead head) => Writing(() =>
    {
        // The history goes first: after an interruption the end may stand in it twice, and is not missing.
        if (head.Journal is { Mac: not null } journal && journal != Read()?.Journal)
            Append(journal);
        string unfinished = path + ".new";
        File.Delete(unfinished);
        using (FileStream file = new(unfinished,
            new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = ReadByAll }))
        {
            // The mask of the process must not hide the anchor from the daemon.
            File.SetUnixFileMode(file.SafeFileHandle, ReadByAll);
            file.Write(Encoding.ASCII.GetBytes(head.Print()));
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    });

    private string History => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, "journal-heads");

    private void Append(JournalHead head)
    {
        using FileStream file = new(History,
            new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, UnixCreateMode = ReadByAll });
        File.SetUnixFileMode(file.SafeFileHandle, ReadByAll);
        file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\n{head.Sequence} {head.Mac}\n")));
        file.Flush(flushToDisk: true);
    }

    private UntrustedFile OfRoot(UntrustedFile file)
    {
        string directory = System.IO.Path.GetDirectoryName(path)!;
        if (file.Owner != owner || (file.Mode & WrittenByOthers) != 0)
            throw new InvalidDataException("another user than root can have written it");
        return Libc.Stat(directory)?.Owner == owner && (File.GetUnixFileMode(directory) & WrittenByOthers) == 0 ? file
            : throw new InvalidDataException($"another user than root can write into {directory}");
    }

    private void Writing(Action write)
    {
        try
        {
            write();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The anchor {path} cannot be written: {failure.Message} Run the command with sudo.", failure);
        }
    }

    [GeneratedRegex("^([0-9]{1,16}) ([0-9a-f]{64})$", RegexOptions.Multiline)]
    private static partial Regex LineOfHistory();
}
