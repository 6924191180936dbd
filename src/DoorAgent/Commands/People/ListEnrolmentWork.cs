using System.CommandLine;
using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Running;
using DoorAgent.Storage;
using Spectre.Console;

namespace DoorAgent.Commands.People;

/// <summary>Enrols a list of people: judges all of them first and shows what it would do, then writes those who can be, in one transaction.</summary>
internal static class ListEnrolmentWork
{
    /// <summary>Runs it.</summary>
    /// <param name="result">What was given.</param>
    /// <param name="rows">Whom the list names.</param>
    /// <param name="encoder">For an empty gallery, in the place of the configured one.</param>
    /// <param name="isDry">Only shows.</param>
    /// <param name="isAgreed">Does not ask before it writes.</param>
    /// <returns>0 when everybody can be enrolled, 1 when somebody is left out.</returns>
    /// <exception cref="UserErrorException">Nothing was written; the message says why.</exception>
    public static int Run(ParseResult result, IReadOnlyList<PersonRow> rows, string? encoder, bool isDry, bool isAgreed)
    {
        DoorSettings settings = CommonOptions.SettingsOf(result);
        Places places = GalleryWork.Told(result);
        using GalleryFile copy = GalleryFile.CopyInMemory(places.GalleryFile, TimeProvider.System);
        // Where there is no gallery yet, the copy is as a new one is: whoever changes that meanwhile is seen too.
        GalleryStamp stamp = copy.Query(GalleryRows.ReadStamp);
        using FacePipeline reader = GalleryPipeline.Open(places, settings.Faces, settings.Encodings, copy, encoder);
        PeopleOptions people = settings.People;
        reader.KeepsCrops = people.KeepCrops;
        MatchingOptions matching = settings.Matching;
        EncoderIdentity identity = EncoderIdentity.Of(reader);
        ListEnrolment list = new(copy, new Enroller(copy, reader, FacePipelineFactory.ThresholdsForCommands(reader, matching), people), identity,
            [.. settings.Schedules.Schedules.Keys]);
        PersonFinding[] findings = EnrolmentView.WithProgress("looking at", rows.Count, "people", progress => Judge(list, rows, progress));
        NewPerson[] able = [.. findings.Select(finding => finding.Person).OfType<NewPerson>()];
        ListEnrolmentView.Show(findings);
        if (able.Length == 0)
            throw new UserErrorException("Nobody of the list can be enrolled, and nothing was written. The table says why.");
        int answer = able.Length == rows.Count ? 0 : 1;
        if (isDry || !isAgreed && !Agrees(able.Length))
        {
            Console.WriteLine($"Nothing was written{(isDry ? " (--dry-run)" : "")}. With --yes these {able.Length} are enrolled.");
            return answer;
        }

        Write(places, able, identity, people, stamp);
        Console.WriteLine($"{able.Length} of {rows.Count} enrolled (encoder {reader.EncoderId}, detector {reader.DetectorId}).");
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

    /// <summary>All together or nobody; not onto a gallery that somebody has changed since it was judged.</summary>
    private static void Write(Places places, NewPerson[] able, EncoderIdentity encoder, PeopleOptions people, GalleryStamp stamp)
    {
        using GalleryFile gallery = new(places.GalleryFile, TimeProvider.System);
        gallery.InOneTransaction(() =>
        {
            gallery.Change((connection, _) => GalleryRows.RequireUnchanged(connection, stamp));
            foreach (NewPerson person in able)
                person.AddTo(gallery, encoder, people.KeepCropsFor);
        });
    }

    private static bool Agrees(int count)
    {
        if (Console.IsInputRedirected || Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
            return false;
        Console.Write($"Enrol these {count}? Type 'yes': ");
        return Console.ReadLine()?.Trim() == "yes";
    }
}
