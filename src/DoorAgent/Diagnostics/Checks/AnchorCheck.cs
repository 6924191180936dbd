using System.Globalization;
using DoorAgent.Auditing;
using DoorAgent.Galleries;

namespace DoorAgent.Diagnostics.Checks;

/// <summary>Checks that an older gallery or journal would be noticed, and that the ones in place are the newest.</summary>
internal sealed class AnchorCheck : ICheck
{
    private const string Units = "dooragent-anchor.path dooragent-anchor.timer";

    // The units bring the anchor up to date within five minutes.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    public string Name => "anchor";

    public Task RunAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        CheckGallery(door, findings);
        if (Anchor.Of(door.Places) is not { } anchor)
            findings.Ok("this data directory has no anchor: an older gallery is noticed by the journal alone");
        else if (!anchor.IsInstalled)
            findings.Fault($"the directory of the anchor {anchor.Path} is missing", "Make it: 'sudo dpkg-reconfigure dooragent'.");
        else if (anchor.Read() is { } head)
            CheckHead(anchor, head, door, findings);
        else
            findings.Warn("the anchor has nothing yet", $"Start the door; then 'systemctl status {Units}' says whether its units run.");
        return Task.CompletedTask;
    }

    private static void CheckGallery(DoctorContext door, Findings findings)
    {
        if (!door.DataFileExists(door.Places.GalleryFile))
            return;
        using GalleryFile? gallery = GalleryFile.OpenIfAny(door.Places.GalleryFile, door.Keys.Find());
        if (gallery?.Query(GalleryRollback.FaultOf) is { } fault)
            findings.Fault($"the gallery {fault}", GalleryRollback.Advice);
        else
            findings.Ok("the gallery is not older than the newest one that this door has used");
    }

    private static void CheckHead(Anchor anchor, DoorHead head, DoctorContext door, Findings findings)
    {
        if (AnchoredJournal.FaultOf(door.Places.JournalFile, anchor) is { } fault)
        {
            findings.Fault($"the journal {fault}", "Find out who changed the file ('dooragent log verify'). If it was set aside on purpose: "
                + "'sudo dooragent anchor update --accept-journal'.");
        }

        findings.Ok(string.Create(CultureInfo.InvariantCulture, $"anchored on {head.Time:yyyy-MM-dd HH:mm} UTC: gallery revision "
            + $"{head.Gallery?.Revision.ToString(CultureInfo.InvariantCulture) ?? "none"}, journal record "
            + $"{head.Journal?.Sequence.ToString(CultureInfo.InvariantCulture) ?? "none"}"));
        DateTimeOffset written = File.GetLastWriteTimeUtc(door.Places.HeadFile);
        if (File.Exists(door.Places.HeadFile) && written > head.Time && door.Time.GetUtcNow() - written > Patience)
            findings.Warn("the anchor is behind the door", $"Start its units: 'sudo systemctl enable --now {Units}'; "
                + "'journalctl -u dooragent-anchor' says more.");
    }
}
