using System.CommandLine;
using System.Globalization;
using DoorAgent.Commands.Output;
using DoorAgent.Encodings;
using DoorAgent.Evaluation;
using DoorAgent.Liveness;
using DoorAgent.Models;
using DoorAgent.Running;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Pad;

/// <summary>Creates dooragent padreport, which measures the liveness check on a folder of pictures.</summary>
internal static class PadReportCommand
{
    private const double DefaultBpcer = 0.05;

    internal static Command Create()
    {
        Argument<string> folder = new("DIR") { Description = "The folder with the folders live, print, replay, mask, and others." };
        Option<double?> bpcer = new("--bpcer")
        {
            Description = "The share of refused people for which a threshold is computed, above 0 and below 1; default 0.05.",
        };
        ReportFiles files = new("Writes the report with plots and the worst pictures into one file.",
            "Writes the report with every picture as JSON into a file; - prints it.");
        Option<string?> stretched = new("--stretched")
        {
            Description = "Stills whose line in index.tsv contains this text were stretched: their proportions are not checked.",
        };
        Command command = new("padreport", """
            Measures on a folder of pictures how many people and how many pictures of people this door takes for live.

            DIR has a folder for each class: live (people), print, replay, mask; any other folder is an attack class of that name.
            A picture in it is a still. A folder in it, or a video file, is a clip: successive frames of one presentation; clips
            may also lie in clips/CLASS/NAME. index.tsv may name file, medium, group (the person and sitting) and stretched
            (yes: the proportions are not checked). 'dooragent pad record' takes such pictures at the door.

            Each picture goes the door's way: its detector, the checks of quality, the least width of a face, then liveness.
            APCER is the share of attacks that are accepted, BPCER the share of people who are refused, both with the
            Clopper-Pearson interval of 95 %: once over all pictures, where the door refuses the unusable ones (too small, turned,
            no face), once over the judged ones, and once for the liveness check alone, over every face whatever its quality. The
            report says which threshold (Liveness:Strictness) refuses --bpcer of the people, and how many pictures it takes to
            claim a lower rate.

            The HTML file contains pictures of people: only its owner can read it (0600). It opens without a network.
            """) { folder, bpcer, stretched };
        foreach (Option option in files.Options)
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(bpcer) is { } share && share is not (> 0 and < 1))
                result.AddError("--bpcer must be above 0 and below 1: 0.05 is 5 %.");
        });
        command.SetAction((result, stopping) =>
        {
            bool isPrinted = files.IsPrinted(result);
            files.EnsureNew(result, CommonOptions.ShowPlaces(result, isPrinted));
            string path = result.GetRequiredValue(folder);
            PresentationFolder found = PresentationFolder.Open(path, result.GetValue(stretched));
            PadReport report = Measure(result, path, found, result.GetValue(bpcer) ?? DefaultBpcer, isPrinted, stopping);
            files.Write(result, report, PadReportJson.Of, PadReportHtml.Of, PadReportView.Show);
            return Task.FromResult(0);
        });
        return command;
    }

    private static PadReport Measure(ParseResult result, string path, PresentationFolder found, double bpcer, bool isPrinted,
        CancellationToken stopping)
    {
        DoorSettings settings = CommonOptions.SettingsOf(result);
        LivenessOptions liveness = settings.Liveness;
        Places places = CommonOptions.PlacesOf(result);
        using FacePipeline pipeline = FacePipelineFactory.Open(places, settings.Faces, DoorHost.EncoderOf(settings.Encodings, places));
        using LivenessCheck check = LivenessFactory.Open(places, Measuring(liveness));
        if (!liveness.IsOn)
            found = found with { Notes = [.. found.Notes, "Liveness:Mode is off at this door; measured as if it were on."] };
        int framesToAgree = settings.Decisions.FramesToAgree;
        PadConditions conditions = new(pipeline.DetectorId, pipeline.EncoderId, check.Strength, liveness.Threshold, check.MinFaceWidth,
            framesToAgree, bpcer);
        PresentationJudge judge = new(
            frame => pipeline.ReadFrame(frame, check.MinFaceWidth), frame => pipeline.ReadPicture(frame, PictureUse.Measure).Face,
            check.Judge, settings.Faces, framesToAgree);
        return WorkProgress.Show("judging", found.Presentations.Count, "presentations", Run, isPrinted);

        PadReport Run(IProgress<int> progress) => PadReport.Measure(
            Path.GetFullPath(path), found, judge.Judge, conditions, TimeProvider.System.GetLocalNow(), progress, stopping);
    }

    /// <summary>Makes the options with which scores and cues are measured: no threshold refuses, so that every threshold can be evaluated
    /// afterwards.</summary>
    private static LivenessOptions Measuring(LivenessOptions door) => new()
    {
        Mode = door.IsOn ? door.Mode : LivenessOptions.On,
        Strictness = double.NegativeInfinity.ToString(CultureInfo.InvariantCulture),
        MinFaceWidth = door.MinFaceWidth,
        EdgesCue = door.EdgesCue,
        MotionCue = door.MotionCue,
        Challenge = door.Challenge,
    };
}
