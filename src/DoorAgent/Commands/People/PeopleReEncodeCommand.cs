using System.CommandLine;
using DoorAgent.Commands.Output;
using DoorAgent.Decisions;
using DoorAgent.Enrolment;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Running;
using DoorAgent.Storage;

namespace DoorAgent.Commands.People;

/// <summary>Creates dooragent people re-encode, which changes the gallery to another encoder.</summary>
internal static class PeopleReEncodeCommand
{
    internal static Command Create()
    {
        Option<string> encoder = new("--encoder") { Description = "Catalogue id of the encoder to change to, see 'dooragent models list'.",
            Required = true };
        Option<bool> withoutThem = new("--without-them") { Description = "Continues without people whose faces were not kept; the door "
            + "does not know their faces until they are enrolled again." };
        Option<bool> dropOld =
            new("--drop-old") { Description = "Deletes the encodings of other encoders, which otherwise stay for going back." };
        Command command = new("re-encode", """
            Changes the gallery to another encoder, from faces kept at enrolment.

            The encoder proves itself first. Faces are kept only with People:KeepCrops, and for a limited time; people without kept
            faces are listed with the command that enrols them again, and nothing is changed. A running daemon follows within a
            second and ends an attempt in progress. The old encodings stay: re-encode with the old encoder restores them at once.
            People whom the new encoder does not tell apart are named in a warning. Exit code 2 when nothing was changed.
            """) { encoder, withoutThem, dropOld };
        command.SetAction(result => Run(result, result.GetRequiredValue(encoder), result.GetValue(withoutThem), result.GetValue(dropOld)));
        return command;
    }

    private static int Run(ParseResult result, string encoder, bool withoutThem, bool dropOld)
    {
        DoorSettings settings = CommonOptions.SettingsOf(result);
        Places places = CommonOptions.ShowPlaces(result);
        using GalleryFile gallery = GalleryFile.OpenToChange(places.GalleryFile, TimeProvider.System);
        LoadedNetworks networks = FacePipelineFactory.OpenWithThresholds(places, settings.Faces, settings.Matching, encoder,
            opened => ReEncoder.RuleAfter(gallery, opened, settings.Encodings.FlipUse));
        using Encodings.FacePipeline pipeline = networks.Pipeline;
        string before = gallery.Encoder?.Id ?? "no encoder";
        ComparisonRule? ruleBefore = gallery.Rule;
        ReEncoder encoding = new(gallery, networks, settings.Decisions.AccessMode.Identifies(), TimeProvider.System);
        ReEncodingPlan plan = encoding.Plan(withoutThem);
        WorkProgress.Show("encoding", plan.Work.Count, "pictures", progress =>
        {
            encoding.Run(plan, dropOld, progress);
            return 0;
        });
        ReEncodingView.Show(plan, before, encoder, dropOld);
        ReEncodingView.ShowRule(ruleBefore, networks.Thresholds.Rule);
        int most = settings.People.MaxEncodings;
        Matching.Gallery everybody = gallery.Read(EncoderIdentity.Of(pipeline));
        if (before != encoder)
            SeparationWarning.Show(gallery, before);
        float below = networks.Thresholds.StrictestVerification(most);
        ReEncodingView.Warn(WorkProgress.Show("comparing", everybody.People.Length, "people with each other",
            progress => LookAlike.Pairs(everybody, below, progress)),
            before == encoder ? null : before);
        return 0;
    }
}
