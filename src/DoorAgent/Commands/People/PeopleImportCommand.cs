using System.CommandLine;
using DoorAgent.Commands.Key;
using DoorAgent.Decisions;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Running;
using DoorAgent.Storage;

namespace DoorAgent.Commands.People;

/// <summary>Creates dooragent people import, which brings in people from another door.</summary>
internal static class PeopleImportCommand
{
    internal static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "An archive that 'dooragent people export' wrote." };
        Option<bool> keep = new("--keep") { Description = "Keeps people who are already enrolled here unchanged." };
        Option<bool> replace =
            new("--replace") { Description = "Replaces people who are already enrolled here by the archive's, including their badges." };
        PassphraseInput passphrase = new();
        Command command = new("import", """
            Brings people from an archive into the gallery: all of them, or none if anything is wrong.

            The whole archive is checked before anything is written: names, badges, encodings, and that the encodings are of this
            gallery's encoder. The passphrase of a sealed archive is asked for. Names that are already enrolled are listed and refused, unless --keep or --replace decides.
            """) { file, keep, replace, passphrase.Asks, passphrase.File };
        command.Validators.Add(result =>
        {
            if (result.GetValue(keep) && result.GetValue(replace))
                result.AddError("Either --keep or --replace.");
        });
        command.SetAction(result => Run(result, result.GetRequiredValue(file), () => passphrase.Existing(result, "the archive"),
            result.GetValue(keep) ? OnSameName.Keep : result.GetValue(replace) ? OnSameName.Replace : OnSameName.Refuse));
        return command;
    }

    private static int Run(ParseResult result, string file, Func<string> passphrase, OnSameName onSameName)
    {
        DoorSettings settings = CommonOptions.SettingsOf(result);
        Places places = CommonOptions.ShowPlaces(result);
        if (ProtectedFiles.IsSame(file, places.GalleryFile))
            throw new UserErrorException($"{file} is this door's own gallery: everybody in it is enrolled here. "
                + "Name an archive that 'dooragent people export' wrote.");
        FirstKey.Ensure(places);
        GalleryCopy.DeleteLeftovers(places.Data, TimeProvider.System);
        using GalleryArchive archive = GalleryArchive.Open(file, places.Data, passphrase);
        using GalleryFile gallery = new(places.GalleryFile, TimeProvider.System);
        LoadedNetworks networks = FacePipelineFactory.OpenWithThresholds(places, settings.Faces, settings.Matching,
            archive.Manifest.Encoder.Id, _ => GalleryImport.RuleOf(gallery, archive));
        using Encodings.FacePipeline pipeline = networks.Pipeline;
        DecisionOptions decisions = settings.Decisions;
        GalleryImport importing = new(gallery, networks, decisions.AccessMode.Identifies(), settings.People, TimeProvider.System);
        ImportView.Show(importing.Run(archive, onSameName));
        SeparationWarning.Show(archive, networks.Thresholds.Rule);
        ImportView.Warn(AccessRules.HoursOf(settings, places).Unconfigured(archive.Everybody));
        return 0;
    }
}
