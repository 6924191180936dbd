using System.CommandLine;
using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Running;
using DoorAgent.Storage;

namespace DoorAgent.Commands.People;

/// <summary>What the verbs that enrol share.</summary>
internal static class EnrolmentWork
{
    private const int PicturesAtLeast = 3;

    /// <summary>Enrols with the gallery's networks, shows the findings, and says how it ended.</summary>
    /// <param name="result">What was given.</param>
    /// <param name="name">The person.</param>
    /// <param name="source">Where the pictures come from.</param>
    /// <param name="open">Opens the gallery.</param>
    /// <param name="before">The pictures that the person has; refuses before anybody stands before a camera.</param>
    /// <param name="enrol">Enrols pictures by their names.</param>
    /// <param name="encoder">For an empty gallery, in the place of the configured one.</param>
    /// <param name="cancellationToken">Ends it while nothing is written.</param>
    /// <exception cref="UserErrorException">Nothing was written; the message says why.</exception>
    public static async Task<int> EnrolAsync(ParseResult result, string name, PictureSource source, Func<string, GalleryFile> open,
        Func<GalleryFile, Task<IReadOnlyList<EnrolledPicture>>> before, Func<Enroller, IReadOnlyList<string>, IProgress<int>?, Enrolled> enrol,
        string? encoder, CancellationToken cancellationToken)
    {
        DoorSettings settings = CommonOptions.SettingsOf(result);
        Places places = GalleryWork.Told(result);
        IReadOnlyList<string>? files = source.FilesOf(result);
        using GalleryFile gallery = open(places.GalleryFile);
        using FacePipeline reader = GalleryPipeline.Open(places, settings.Faces, settings.Encodings, gallery, encoder);
        MatchingOptions options = settings.Matching;
        Thresholds thresholds = FacePipelineFactory.ThresholdsForCommands(reader, options);
        PeopleOptions people = settings.People;
        reader.KeepsCrops = people.KeepCrops;
        IReadOnlyList<EnrolledPicture> existing = await before(gallery);
        LivePictures? taken = files is null ? await source.TakeAsync(result, reader, new LiveSelection(existing, thresholds.Verification(1)), cancellationToken) : null;
        Func<string, PictureReading> read = taken is null ? PictureReading.With(reader, PictureUse.Recognise) : taken.Read;
        Enroller enroller = new(gallery, reader, thresholds, people, file =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return read(file);
        }, source.LeastOf(result));
        // What the camera gave is read already.
        Enrolled enrolled = files is null
            ? enrol(enroller, taken!.Names, null)
            : EnrolmentView.WithProgress("reading", files.Count, "pictures", progress => enrol(enroller, files, progress));
        EnrolmentView.Show(name, enrolled, reader);
        if (gallery.PicturesOf(name).Count is var pictures and < PicturesAtLeast)
        {
            string typed = name.Contains(' ', StringComparison.Ordinal) ? $"\"{name}\"" : name;
            Console.WriteLine($"  {(pictures == 1 ? "One picture is" : $"{pictures} pictures are")} little: with {PicturesAtLeast} or more, in different light, the door refuses {name} less often. "
                + $"'dooragent people pictures {typed} --images DIR' adds some.");
        }

        SayWhatIsMissing(result, gallery.Person(name));
        if (reader.RawDistance is not null)
            Console.WriteLine($"{reader.EncoderId} has no calibration: this gallery is for looking ('verify', 'identify'), and no real door opens with it.");
        if (people.KeepCrops)
            Console.WriteLine($"The faces are kept for {people.KeepCropsFor.TotalDays:0} days, for a change of the encoder (People:KeepCrops).");
        return 0;
    }

    /// <summary>Whoever is enrolled and goes to the door is not to find out there that a badge is missing.</summary>
    private static void SayWhatIsMissing(ParseResult result, PersonEntry person)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        if (GalleryWork.StandingsOf(result) is not { } known || person.StandingBy(known.Rule, now) is not { MayEnter: false } standing)
            return;
        foreach (string line in StandingView.Lines(standing, known.Hours, now))
            Console.WriteLine($"  {line}");
    }
}
