using System.CommandLine;
using DoorAgent.Commands.Output;
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
        PassphraseInput passphrase = new();
        Option<bool> open = new("--open") { Description = "Writes an archive that is not sealed: it opens without a passphrase." };
        Option<bool> force = new("--force") { Description = "Overwrites an existing file." };
        Command command = new("export", """
            Writes people with badges, PINs, hours and encodings into one archive, for another door or for safe keeping.

            The archive is sealed with a passphrase of 12 characters or more, which is asked for twice; the import asks for it. With
            --open it is not sealed: then whoever has the file has the faces and can copy the badges. Only its owner can read it
            (mode 0600); delete it after the import. People of a fleet are left out: the office brings them to each door.
            """) { file, names, crops, passphrase.Asks, passphrase.File, open, force };
        command.Validators.Add(result =>
        {
            if (result.GetValue(open) && (result.GetValue(passphrase.Asks) || result.GetValue(passphrase.File) is not null))
                result.AddError("Either a passphrase or --open.");
        });
        command.SetAction(result =>
        {
            string target = result.GetRequiredValue(file);
            Places places = CommonOptions.ShowPlaces(result);
            ProtectedFiles.EnsureNotOverwritten(target, places, CommonOptions.SettingsFileOf(result));
            ArchiveManifest made = GalleryExport.Write(places.GalleryFile, target, result.GetValue(names) ?? [],
                result.GetValue(crops), result.GetValue(force), TimeProvider.System,
                result.GetValue(open) ? null : Passphrase);
            SeparationWarning.ShowOfExport(places.GalleryFile);
            if (LeftOut(places.GalleryFile, result.GetValue(names) ?? []) is > 0 and var leftOut)
                Console.WriteLine($"People of the fleet left out: {leftOut}. The office brings them to each door by itself.");
            Console.WriteLine($"{target}: people {made.People}, badges {made.Badges}, encodings {made.Encodings} ({made.Encoder.Id}), "
                + $"kept faces {made.Crops}. {(made.IsSealed ? "The archive opens with the passphrase only" : "The archive is not sealed")}, "
                + "and contains biometric data: delete it after the import.");
            return 0;

            string Passphrase()
            {
                // Before anybody types one.
                OutputFile.EnsureNew(target, result, places, result.GetValue(force));
                return passphrase.New(result, "the archive");
            }
        });
        return command;
    }

    private static int LeftOut(string path, string[] names)
    {
        using GalleryFile gallery = GalleryFile.OpenToRead(path);
        return names.Length > 0 ? 0 : gallery.Query(GalleryOrigin.CountOfFleet);
    }
}
