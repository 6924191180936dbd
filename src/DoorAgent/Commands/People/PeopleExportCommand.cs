using System.CommandLine;
using DoorAgent.Galleries;
using DoorAgent.Storage;

namespace DoorAgent.Commands.People;

/// <summary>dooragent people export: takes people to another door.</summary>
internal static class PeopleExportCommand
{
    internal static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "The archive to write." };
        Argument<string[]> names = new("NAME") { Description = "Whom to export; everybody where none is named.", Arity = ArgumentArity.ZeroOrMore };
        Option<bool> crops = new("--with-crops") { Description = "Takes kept faces (People:KeepCrops) along, with the dates on which they go." };
        Option<bool> force = new("--force") { Description = "Overwrites a file that is there." };
        Command command = new("export", """
            Writes people with badges, PINs, hours and encodings into one archive, for another door or for safe keeping.

            It holds biometric data and whole badge numbers, readable by whoever has the file: with it somebody can copy a badge. It is
            written for its owner only (mode 0600); carry it on an encrypted stick, and delete it when it is imported.
            """) { file, names, crops, force };
        command.SetAction(result =>
        {
            string target = result.GetRequiredValue(file);
            Places places = GalleryWork.Told(result);
            ProtectedFiles.EnsureNotOverwritten(target, places, CommonOptions.SettingsFileOf(result));
            ArchiveManifest made = GalleryExport.Write(places.GalleryFile, target, result.GetValue(names) ?? [],
                result.GetValue(crops), result.GetValue(force), TimeProvider.System);
            Console.WriteLine($"{target}: people {made.People}, badges {made.Badges}, encodings {made.Encodings} ({made.Encoder.Name}), kept faces {made.Crops}. It holds biometric data: delete it when it is imported.");
            return 0;
        });
        return command;
    }
}
