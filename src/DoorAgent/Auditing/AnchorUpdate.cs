using DoorAgent.Matching;
using DoorAgent.Storage;

namespace DoorAgent.Auditing;

/// <summary>What became of an update of the anchor.</summary>
/// <param name="Head">The head in the anchor now; null where there is none.</param>
/// <param name="IsChanged">Whether the anchor was written.</param>
/// <param name="Alarms">What went backwards and was not taken over, a sentence each.</param>
internal sealed record AnchorResult(DoorHead? Head, bool IsChanged, IReadOnlyList<string> Alarms);

/// <summary>
/// Copies the daemon's head into the anchor. The anchor only goes forward: what went backwards is an alarm, and the anchor keeps what it
/// has. The head comes from a directory of the daemon's user, who may be hostile, so it is one short text that is parsed strictly, and no
/// database.
/// </summary>
internal static class AnchorUpdate
{
    /// <summary>Updates the anchor.</summary>
    /// <param name="headFile">The daemon's head.</param>
    /// <param name="anchor">The anchor.</param>
    /// <param name="acceptsJournal">Whether a journal that went backwards is taken over, because an operator has set the old one
    /// aside.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="UserErrorException">The head or the anchor cannot be used.</exception>
    public static AnchorResult Run(string headFile, Anchor anchor, bool acceptsJournal, DateTimeOffset now)
    {
        DoorHead? before = anchor.Read();
        if (ReadHead(headFile) is not { } head)
        {
            return new AnchorResult(before, IsChanged: false, before is null ? []
                : [$"The daemon's head {headFile} is gone. The daemon writes it at its next start."]);
        }

        if (acceptsJournal)
            anchor.SetJournalsAside();
        List<string> alarms = [];
        GalleryHead? gallery = Later(head.Gallery, before?.Gallery, alarms);
        JournalHead? journal = acceptsJournal ? head.Journal : Later(head.Journal, before?.Journal, alarms);
        if (before is not null && (gallery, journal) == (before.Gallery, before.Journal))
            return new AnchorResult(before, IsChanged: false, alarms);
        DoorHead after = new(now, gallery, journal);
        anchor.Write(after);
        return new AnchorResult(after, IsChanged: true, alarms);
    }

    // Whether a new key is the one of a rotation is in the journal, which the daemon reads before it uses the gallery.
    private static GalleryHead? Later(GalleryHead? found, GalleryHead? newest, List<string> alarms)
    {
        if (newest is null || found is null)
            return found ?? newest;
        if (RollbackRule.FaultOf(found, newest, isRotation: (_, _) => true) is not { } fault)
            return found;
        alarms.Add($"The gallery that the daemon uses {fault}. The anchor keeps the newer one.");
        return newest;
    }

    private static JournalHead? Later(JournalHead? found, JournalHead? newest, List<string> alarms)
    {
        if (newest is null || RollbackRule.FaultOf(found, newest) is not { } fault)
            return found;
        alarms.Add($"The journal {fault}. The anchor keeps the newer head. If the journal was set aside on purpose: "
            + "'sudo dooragent anchor update --accept-journal'.");
        return newest;
    }

    private static DoorHead? ReadHead(string path)
    {
        try
        {
            using UntrustedFile? file = UntrustedFile.Open(path);
            if (file is null)
                return null;
            // Hard links too: root reads no file that belongs to somebody else than the directory does.
            if (Libc.Stat(Path.GetDirectoryName(Path.GetFullPath(path))!)?.Owner != file.Owner)
                throw new InvalidDataException("it does not belong to the owner of its directory");
            return DoorHead.Parse(file.ReadAll(DoorHead.MostBytes));
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The daemon's head {path} cannot be used: {failure.Message.TrimEnd('.')}. The daemon writes it "
                + "again at its next start; find out who changed it.", failure);
        }
    }
}
