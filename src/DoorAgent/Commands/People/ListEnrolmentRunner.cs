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

/// <summary>Enrols a list of people: checks all of them and shows the findings, then writes those who can be enrolled in one
/// transaction.</summary>
internal static class ListEnrolmentRunner
{
    /// <summary>Checks and enrols the list.</summary>
    /// <param name="result">The parsed command line.</param>
    /// <param name="rows">The rows of the list.</param>
    /// <param name="encoder">Encoder for an empty gallery in place of the configured one; null for the configured one.</param>
    /// <param name="isDry">Whether only the findings are shown.</param>
    /// <param name="isAgreed">Whether the list is written without asking.</param>
    /// <param name="otherSchedules">Names of hours that are not in the configuration, such as those of a fleet's group; null for
    /// none.</param>
    /// <returns>0 when everybody can be enrolled, 1 when somebody is left out.</returns>
    /// <exception cref="UserErrorException">Nothing was written; the message says why.</exception>
    public static int Run(ParseResult result, IReadOnlyList<PersonRow> rows, string? encoder, bool isDry, bool isAgreed,
        IEnumerable<string>? otherSchedules = null)
    {
        DoorSettings settings = CommonOptions.SettingsOf(result);
        Places places = CommonOptions.ShowPlaces(result);
        if (!isDry)
        {
            // A gallery that is sealed when the list is written would look changed.
            FirstKey.Ensure(places);
            GallerySealing.RunIfDue(places.GalleryFile, TimeProvider.System);
        }

        using GalleryFile copy = GalleryFile.CopyInMemory(places.GalleryFile, TimeProvider.System);
        // Where no gallery exists yet, the copy is like a new one, so that a gallery created meanwhile is noticed too.
        GalleryStamp stamp = copy.Query(GalleryRows.ReadStamp);
        using FacePipeline pipeline = GalleryPipeline.Open(places, settings.Faces, settings.Encodings, copy, encoder);
        PeopleOptions people = settings.People;
        pipeline.KeepsCrops = people.KeepCrops;
        MatchingOptions matching = settings.Matching;
        EncoderIdentity identity = EncoderIdentity.Of(pipeline);
        Thresholds thresholds =
            FacePipelineFactory.ThresholdsForCommands(pipeline, matching, GalleryPipeline.RuleOf(copy, pipeline, settings.Encodings));
        ListEnrolment list = new(copy,
            new Enroller(copy, pipeline, thresholds, people, margin: matching.Margin), new GalleryMethod(identity, thresholds.Rule),
            [.. settings.Schedules.Schedules.Keys.Union(otherSchedules ?? [])]);
        PersonFinding[] findings = WorkProgress.Show("looking at", rows.Count, "people", progress => Judge(list, rows, progress));
        NewPerson[] able = [.. findings.Select(finding => finding.Person).OfType<NewPerson>()];
        ListEnrolmentView.Show(findings);
        if (able.Length == 0)
            throw new UserErrorException("Nobody on the list can be enrolled, and nothing was written. The table says why.");
        int answer = able.Length == rows.Count ? 0 : 1;
        if (isDry || !isAgreed && !Confirmation.Asks($"Enrol these {able.Length}?"))
        {
            Console.WriteLine($"Nothing was written{(isDry ? " (--dry-run)" : "")}. With --yes these {able.Length} are enrolled.");
            return answer;
        }

        Write(places, able, new GalleryMethod(identity, thresholds.Rule), people, stamp);
        Console.WriteLine($"{able.Length} of {rows.Count} enrolled (encoder {pipeline.EncoderId}, detector {pipeline.DetectorId}).");
        return answer;
    }

    private static PersonFinding[] Judge(ListEnrolment list, IReadOnlyList<PersonRow> rows, IProgress<int> progress)
    {
        List<PersonFinding> findings = [];
        foreach (PersonRow row in rows)
        {
            findings.Add(list.Judge(row));
            progress.Report(findings.Count);
        }

        return [.. findings];
    }

    /// <summary>Writes all people in one transaction, unless the gallery has changed since the list was checked.</summary>
    private static void Write(Places places, NewPerson[] able, GalleryMethod method, PeopleOptions people, GalleryStamp stamp)
    {
        using GalleryFile gallery = new(places.GalleryFile, TimeProvider.System);
        gallery.InOneTransaction(() =>
        {
            // A new gallery has just been made, and sealed: while nobody is in it, nobody has changed it.
            if (stamp.Revision > 0 || gallery.People.Count > 0)
                gallery.Change((connection, _) => GalleryRows.RequireUnchanged(connection, stamp));
            foreach (NewPerson person in able)
                person.AddTo(gallery, method, people.KeepCropsFor);
        });
    }
}
