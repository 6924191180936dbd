using System.CommandLine;
using DoorAgent.Auditing;
using DoorAgent.Diagnostics;
using DoorAgent.Diagnostics.Setup;
using DoorAgent.Galleries;
using DoorAgent.Sealing;
using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Key;

/// <summary>Creates dooragent key rotate.</summary>
internal static class KeyRotateCommand
{
    internal static Command Create()
    {
        Command command = new("rotate", """
            Exchanges the key: a new secret seals gallery, journal and kept pictures, and then takes the place of the old one.

            Do so when somebody may have seen the key. A running door stops for a moment, and then knows both keys. After an
            interruption everything still opens, and the next 'key rotate' finishes. Exports of before open only copies of before:
            keep the old sheet as long as the old backups, and export the new key.
            """);
        command.SetAction(result => Run(KeyCommand.PlacesOf(result)));
        return command;
    }

    private static int Run(Places places)
    {
        KeyPlaces keys = KeyPlaces.Of(places.Data);
        DoorUnit unit = DoorUnit.OfMachine(SettingsFile.SystemFile);
        bool isServed = keys.IsSystem && unit.IsRunning;
        // Without systemd nobody gives the next key to a running door.
        using DataLock? alone = isServed ? null : DataLock.Acquire(places.Data);
        KeyRotation rotation = new(keys, [JournalOf(places, unit, isServed), GalleryOf(places), BackupOf(places), PicturesOf(places, keys)]);
        (string before, string now) = RotationProgress.Show(rotation.Run);
        Console.WriteLine($"The key {now} is in the place of {before} now ({keys.Stored()!.Path}).");
        Console.WriteLine($"Next: {keys.Command("key export --to FILE")}. The export of {before} opens only copies from before today.");
        return 0;
    }

    /// <summary>The journal's chain goes on under the next key. Only one process may write the journal meanwhile, so a running door stops for
    /// a moment; when it starts again, it has both keys.</summary>
    private static RotatedPart JournalOf(Places places, DoorUnit unit, bool isServed) => new("journal", (from, to, _) =>
    {
        if (isServed)
            unit.Stop();
        try
        {
            using DataLock? alone = isServed ? DataLock.Acquire(places.Data) : null;
            if (File.Exists(places.JournalFile))
                JournalFile.Reading(places.JournalFile, () => JournalKeyRotation.Run(places.JournalFile, from, to, TimeProvider.System));
        }
        catch (BrokenSealException broken)
        {
            throw new UserErrorException($"{places.JournalFile} was changed ({broken.Message}). 'dooragent log verify' says what; set the "
                + $"journal aside ({JournalFile.MoveAside(places.JournalFile)}) and rotate again.", broken);
        }
        finally
        {
            if (isServed)
                unit.Restart();
        }
    });

    private static RotatedPart GalleryOf(Places places) => new("gallery",
        (from, to, progress) => GalleryReseal.Run(places.GalleryFile, from, to, TimeProvider.System, progress));

    private static RotatedPart BackupOf(Places places) => new("backup of the gallery", (from, to, _) =>
    {
        try
        {
            SealedBackup.SealAgain(places.GalleryFile, from, to);
        }
        catch (UserErrorException failure)
        {
            // A damaged backup must not keep a seen key in use.
            Console.WriteLine($"WARNING: the backup stays as it is. {failure.Message}");
        }
    });

    private static RotatedPart PicturesOf(Places places, KeyPlaces keys) => new("kept pictures", (_, to, progress) =>
    {
        KeptPictures pictures = new(places.Pictures, keys.Find());
        int all = Math.Max(1, pictures.FileCount);
        if (pictures.Seal(to, new RotationProgress.Count(progress, all)) is > 0 and var left)
            Console.WriteLine($"WARNING: {left} kept files could not be opened and stay as they are.");
    });
}
