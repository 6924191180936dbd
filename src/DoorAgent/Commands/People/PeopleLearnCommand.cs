using System.CommandLine;
using System.Globalization;
using DoorAgent.Auditing;
using DoorAgent.Commands.Output;
using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Events;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Running;
using DoorAgent.Storage;
using Spectre.Console;

namespace DoorAgent.Commands.People;

/// <summary>Creates dooragent people learn, which adds pictures that the door kept of a person's grants, after an operator has seen
/// them.</summary>
internal static class PeopleLearnCommand
{
    private const int MostShown = 30;

    internal static Command Create()
    {
        Argument<string> name = PersonArguments.Name();
        Option<bool> fromLog = new("--from-log") { Description = "Takes the pictures of this person's grants.", Required = true };
        Option<long[]> records = new("--event")
        {
            Description = "Only pictures of the grant with this number in 'dooragent log'; may be given several times.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> sheet = new("--sheet")
        {
            Description = "Writes the pictures with their findings as HTML to this file, to look at them before the question.",
        };
        Option<bool> yes = new("--yes") { Description = "Adds the good pictures without asking." };
        Command command = new("learn", $"""
            Adds pictures that the door kept when it let this person in, after you have looked at them.

            The door never learns by itself: whoever gets in once by mistake would get in better each time. Where
            Auditing:KeepPictures is all, this command lists the newest {MostShown} pictures of the person's grants with their quality and
            their distance to the person's pictures, asks, and adds those that are good and different, through all checks of enrolment:
            the same person, nobody else's look-alike, at most People:MaxEncodings. Look at the pictures first: --sheet writes
            them into a page for a browser. Kept pictures are sealed where the door has a key, and root opens them.
            Exit code 1 when nothing was added.
            Example: dooragent people learn anna --from-log --event 128 --sheet anna.html
            """) { name, fromLog, records, sheet, yes };
        command.Validators.Add(result =>
        {
            // The library takes an absent switch for a given 'no', also where it is required.
            if (!result.GetValue(fromLog))
                result.AddError("Name where the pictures are: --from-log, the only place so far.");
        });
        command.SetAction(result =>
        {
            DoorSettings settings = CommonOptions.SettingsOf(result);
            Places places = CommonOptions.ShowPlaces(result);
            using GalleryFile gallery = GalleryFile.OpenToChange(places.GalleryFile, TimeProvider.System);
            PersonEntry person = gallery.Person(result.GetRequiredValue(name));
            KeptPictures pictures = KeptPictures.Of(places);
            (long Record, string File)[] kept = KeptOf(pictures, person.Id, result.GetValue(records) ?? []);
            if (kept.Length == 0)
                throw new UserErrorException(NothingKept(person.Name, settings.Auditing.KeepPictures));
            using FacePipeline pipeline = GalleryPipeline.Open(places, settings.Faces, settings.Encodings, gallery);
            Thresholds thresholds = FacePipelineFactory.ThresholdsForCommands(
                pipeline, settings.Matching, GalleryPipeline.RuleOf(gallery, pipeline, settings.Encodings));
            pipeline.KeepsCrops = settings.People.KeepCrops;
            Func<string, PictureReading> read =
                PictureReading.With(new LoadedNetworks(pipeline, thresholds).ForEnrolment(), PictureUse.Recognise, pictures.Read);
            IReadOnlyList<LearningCandidate> candidates = LearningCandidate.Of(kept, gallery.PicturesOf(person.Name), read);
            Show(candidates);
            if (result.GetValue(sheet) is { } page)
            {
                ProtectedFiles.EnsureNotOverwritten(page, places, CommonOptions.SettingsFileOf(result));
                LearningSheet.Write(page, person.Name, candidates, pictures.Read);
                Console.WriteLine($"{page}: every picture with its finding; open it with a browser. It contains pictures of people.");
            }

            string[] good = [.. candidates.Where(candidate => candidate.IsGood).Select(candidate => candidate.File)];
            if (good.Length == 0)
            {
                Console.WriteLine($"None of them would add something to the pictures of {person.Name}; nothing was written.");
                return 1;
            }

            if (!result.GetValue(yes) && !Confirmation.Asks($"Do these {good.Length} all show {person.Name}, and are they to be added?"))
            {
                Console.WriteLine($"Nothing was written. With --yes the {good.Length} that would add something are added.");
                return 1;
            }

            EnrolmentResult enrolled = new Enroller(gallery, pipeline, thresholds, settings.People, read,
                margin: settings.Matching.Margin).AddPictures(person.Name, good);
            EnrolmentView.Show(person.Name, enrolled, pipeline);
            return enrolled.Findings.Any(finding => finding.IsKept) ? 0 : 1;
        });
        return command;
    }

    /// <summary>Returns the pictures of the person's grants, the newest first.</summary>
    private static (long Record, string File)[] KeptOf(KeptPictures kept, long person, long[] records) => [.. kept.Accounts
        .Where(account => account.Kind == DoorEventKind.Granted && account.Person == person)
        .Where(account => records.Length == 0 || records.Contains(account.Sequence))
        .Reverse().SelectMany(account => kept.PicturesOf(account.Sequence).Select(picture => (account.Sequence, picture.File)))
        .Take(MostShown)];

    private static string NothingKept(string person, KeepPictures setting) => $"No picture of a grant to {person} is kept"
        + (setting == KeepPictures.All ? ": they are deleted after Auditing:KeepPicturesFor, or --event names another record."
            : ", because Auditing:KeepPictures is not all. Set it ('dooragent config set Auditing:KeepPictures all'), ask the people, and "
                + "try again after some days; or take pictures now: 'dooragent people pictures NAME --camera door'.");

    private static void Show(IReadOnlyList<LearningCandidate> candidates)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns("record", "taken", "quality", "distance", "finding", "file");
        foreach (LearningCandidate candidate in candidates)
        {
            table.AddRow($"#{candidate.Record}",
                File.GetLastWriteTime(candidate.File).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                FormattableString.Invariant($"{candidate.Quality:0.00}"),
                float.IsFinite(candidate.Distance) ? FormattableString.Invariant($"{candidate.Distance:0.000}") : "",
                Markup.Escape(candidate.Words), Markup.Escape(candidate.File));
        }

        AnsiConsole.Write(table);
    }
}
