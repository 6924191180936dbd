using DoorAgent.Sealing;
using DoorAgent.Storage;

namespace DoorAgent.Diagnostics.Checks;

/// <summary>Checks that the door has the key with which its gallery is sealed, that only the right user can read the key, and that it was
/// exported.</summary>
internal sealed class KeyCheck : ICheck
{
    private const UnixFileMode OfOthers = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public string Name => "key";

    public Task RunAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        _ = door.DataFileExists(door.Places.GalleryFile);
        KeyFacts facts = KeyFacts.Of(door.Places, door.Keys);
        if (facts.Stored is { } stored)
            CheckFile(stored, door, findings);
        if (facts.IsHidden)
            throw new CheckSkippedException("only root sees the key of this door");
        if (facts.Id is null)
            CheckWithout(facts, findings);
        else
            CheckWith(facts, findings);
        return Task.CompletedTask;
    }

    private static void CheckWithout(KeyFacts facts, Findings findings)
    {
        if (facts.GalleryKey is { } needed)
            findings.Refuse($"the gallery is sealed with the key {needed}, so nobody is let in: {facts.Absence}");
        else if (facts.Stored is not null)
            findings.Refuse(facts.Absence!);
        else
            findings.Warn("there is no key, so the gallery is not sealed: faces and badges can be read from a copy of the data",
                $"Make one: {facts.Keys.Command("key create")}, then start the door again: {facts.Keys.Restart}.");
    }

    private static void CheckWith(KeyFacts facts, Findings findings)
    {
        if (!facts.IsRight)
        {
            findings.Fault($"the gallery is sealed with the key {facts.GalleryKey}, and this door has the key {facts.Id}, so nobody is let in",
                $"Import the right key: {facts.Keys.Command("key import FILE --replace")}; or restore a gallery of this door.");
            return;
        }

        findings.Ok($"key {facts.Id}, {facts.Stored!.Words}");
        if (facts is { HasGallery: true, GalleryKey: null })
            findings.Warn("the gallery is not sealed yet", $"The daemon seals the gallery when it starts: {facts.Keys.Restart}.");
        if (facts.ComingId is not null)
            findings.Warn("a rotation of the key was interrupted; both keys work", $"Finish the rotation: {facts.Keys.Command("key rotate")}.");
        if (facts.JournalKeys.Where(one => one != facts.Id && one != facts.ComingId).ToArray() is [var other, ..])
            findings.Warn($"the journal's chain needs the key {other} too, so its older part cannot be verified",
                "Import that key on another machine to verify an older copy of the journal.");
        if (facts.Exported is null)
            findings.Warn("the key was never exported: when this machine dies, nobody can open the gallery or a backup",
                $"{facts.Keys.Command("key export --to FILE")} writes a file and a sheet to print. Keep both away from the door.");
    }

    private static void CheckFile(StoredKey stored, DoctorContext door, Findings findings)
    {
        if (Libc.Stat(stored.Path) is not { } file)
            return;
        string path = stored.Path;
        if (!stored.IsEncrypted && (File.GetUnixFileMode(path) & OfOthers) != 0)
            findings.Fault($"other users may read the key {path}", $"Revoke that: 'sudo chmod 600 {path}'; then {door.Keys.Command("key rotate")}.");
        if (stored.Kind == KeyKind.File && Libc.Stat(door.Places.Data) is { } data && data.Owner != file.Owner)
            findings.Fault($"the key {path} does not belong to the owner of the data, who runs the door",
                $"Change the owner: 'sudo chown --reference={door.Places.Data} {path}'.");
        if (stored.Kind != KeyKind.File && Libc.MayRead(door.Keys.File))
            findings.Warn($"there is a second key in {door.Keys.File}, which is not used", "Look at it, then delete it.");
    }
}
