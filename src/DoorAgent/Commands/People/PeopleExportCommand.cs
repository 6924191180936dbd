using System.CommandLine;
using DoorAgent.Galleries;
using DoorAgent.Storage;

namespace DoorAgent.Commands.People;

/// <summary>Creates dooragent people export, which writes people into an archive for another door.</summary>
internal static class PeopleExportCommand
{
    internal static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "The archive to write." };
        Argument<string[]> names = new("NAME") { Description = "The people to export; everybody when no name is given.",
            Arity = ArgumentArity.ZeroOrMore };
        Option<bool> crops = new(
            "--with-crops") { Description = "Includes kept faces (People:KeepCrops), with the dates on which they are deleted." };
        Option<bool> force = new("--force") { Description = "Overwrites an existing file." };
        Command command = new("export", """
            Writes people with badges, PINs, hours and encodings into one archive, for another door or for safe keeping.

            The archive contains biometric data and complete badge numbers, not encrypted: with it somebody can copy a badge. Only
            its owner can read it (mode 0600); carry it on an encrypted stick, and delete it after the import.
            """) { file, names, crops, force };
        command.SetAction(result =>
        {
            string target = result.GetRequiredValue(file);
            Places places = CommonOptions.ShowPlaces(result);
            ProtectedFiles.EnsureNotOverwritten(target, places, CommonOptions.SettingsFileOf(result));
            ArchiveManifest made = GalleryExport.Write(places.GalleryFile, target, result.GetValue(names) ?? [],
                result.GetValue(crops), result.GetValue(force), TimeProvider.System);
            SeparationWarning.ShowOfExport(places.GalleryFile);
            Console.WriteLine($"{target}: people {made.People}, badges {made.Badges}, encodings {made.Encodings} ({made.Encoder.Name}), "
                + $"kept faces {made.Crops}. The archive contains biometric data: delete it after the import.");
            return 0;
        });
        return command;
    }
}
