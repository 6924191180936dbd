using System.CommandLine;
using DoorAgent.Commands.Key;
using DoorAgent.Commands.Output;
using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Running;
using DoorAgent.Storage;

namespace DoorAgent.Commands.People;

/// <summary>Enrols pictures for <c>people add</c> and <c>people pictures</c>.</summary>
internal static class EnrolmentRunner
{
    private const int PicturesAtLeast = 3;

    /// <summary>Enrols pictures with the gallery's networks and shows the findings and the outcome.</summary>
    /// <param name="result">The parsed command line.</param>
    /// <param name="name">The person.</param>
    /// <param name="source">Where the pictures come from.</param>
    /// <param name="open">Opens the gallery.</param>
    /// <param name="before">Returns the pictures that the person has, or refuses before anybody looks into a camera.</param>
    /// <param name="enrol">Enrols pictures by name.</param>
    /// <param name="encoder">Encoder for an empty gallery in place of the configured one; null for the configured one.</param>
    /// <param name="cancellationToken">Cancels the enrolment before anything is written.</param>
    /// <exception cref="UserErrorException">Nothing was written; the message says why.</exception>
    public static async Task<int> EnrolAsync(ParseResult result, string name, PictureSource source, Func<string, GalleryFile> open,
        Func<GalleryFile, Task<IReadOnlyList<EnrolledPicture>>> before,
        Func<Enroller, IReadOnlyList<string>, IProgress<int>?, EnrolmentResult> enrol, string? encoder, CancellationToken cancellationToken)
    {
        DoorSettings settings = CommonOptions.SettingsOf(result);
        Places places = CommonOptions.ShowPlaces(result);
        IReadOnlyList<string>? files = source.FilesOf(result);
        string? sheet = source.SheetOf(result);
        FirstKey.Ensure(places);
        using GalleryFile gallery = open(places.GalleryFile);
        using FacePipeline pipeline = GalleryPipeline.Open(places, settings.Faces, settings.Encodings, gallery, encoder);
        MatchingOptions options = settings.Matching;
        Thresholds thresholds = FacePipelineFactory.ThresholdsForCommands(
            pipeline, options, GalleryPipeline.RuleOf(gallery, pipeline, settings.Encodings));
        _ = new LoadedNetworks(pipeline, thresholds).ForEnrolment();
        PeopleOptions people = settings.People;
        pipeline.KeepsCrops = people.KeepCrops;
        IReadOnlyList<EnrolledPicture> existing = await before(gallery);
        LivePictures? taken = files is null
            ? await source.CaptureAsync(result, pipeline, new LiveSelection(existing, thresholds.SamePerson(), gallery.CentreInUse),
                cancellationToken)
            : null;
        Func<string, PictureReading> read = taken is null ? PictureReading.With(pipeline, PictureUse.Recognise) : taken.Read;
        Enroller enroller = new(gallery, pipeline, thresholds, people, file =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return read(file);
        }, source.LeastOf(result), options.Margin);
        EnrolmentResult enrolled;
        try
        {
            // Pictures from the camera are already read.
            enrolled = files is null
                ? enrol(enroller, taken!.Names, null)
                : WorkProgress.Show("reading", files.Count, "pictures", progress => enrol(enroller, files, progress));
        }
        finally
        {
            if (sheet is not null && enroller.Findings.Count > 0)
            {
                EnrolmentSheet.Write(sheet, name, enroller.Findings,
                    finding => taken is null ? EnrolmentSheet.OfFile(finding) : taken.Shown(finding.File));
                Console.WriteLine($"{sheet}: every picture with its finding; open it with a browser. It contains pictures of people.");
            }
        }

        EnrolmentView.Show(name, enrolled, pipeline);
        if (gallery.PicturesOf(name).Count is var pictures and < PicturesAtLeast)
        {
            string typed = name.Contains(' ', StringComparison.Ordinal) ? $"\"{name}\"" : name;
            Console.WriteLine($"  {(pictures == 1 ? "One picture is" : $"{pictures} pictures are")} little: with {PicturesAtLeast} or "
                + $"more, in different light, the door refuses {name} less often. "
                + $"'dooragent people pictures {typed} --images DIR' adds some.");
        }

        ShowObstacles(result, gallery.Person(name));
        if (pipeline.RawDistance is not null)
            Console.WriteLine($"{pipeline.EncoderId} has no calibration: this gallery is for looking ('verify', "
                + "'identify'), and no real door opens with it.");
        if (people.KeepCrops)
            Console.WriteLine($"The faces are kept for {people.KeepCropsFor.TotalDays:0} days, "
                + "for a change of the encoder (People:KeepCrops).");
        return 0;
    }

    /// <summary>Says now what would keep the person out, so that they do not find out at the door that, for instance, a badge is
    /// missing.</summary>
    private static void ShowObstacles(ParseResult result, PersonEntry person)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        if (AccessRules.OrNull(result) is not { } known || person.EligibilityBy(known.Rule, now) is not { MayEnter: false } eligibility)
            return;
        foreach (string line in EligibilityView.Lines(eligibility, known.Hours, now))
            Console.WriteLine($"  {line}");
    }
}
