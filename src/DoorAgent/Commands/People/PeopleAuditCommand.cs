using System.CommandLine;
using DoorAgent.Auditing;
using DoorAgent.Commands.Output;
using DoorAgent.Decisions;
using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Evaluation;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Running;
using DoorAgent.Storage;

namespace DoorAgent.Commands.People;

/// <summary>Creates dooragent people audit, which looks for traps in the gallery.</summary>
internal static class PeopleAuditCommand
{
    private const int OldAfterDays = 730, UnusedAfterDays = 90, MostDays = 36_500;

    internal static Command Create()
    {
        Option<int> olderThan = Days("--older-than", OldAfterDays, "Pictures are old after this many days.");
        Option<int> unused = Days("--unused", UnusedAfterDays, "Badges are unused when nobody presented them for this many days.");
        Option<string?> html = new("--html") { Description = "Writes the audit with a picture of all distances, and kept faces, into one "
            + "file." };
        Option<bool> json = CommonOptions.Json();
        Option<bool> force = new("--force") { Description = "Overwrites an existing file." };
        Command command = new("audit", """
            Looks for traps in the gallery, and says for each what to do next. Changes nothing.

            Faces: pictures of somebody else among a person's own; one picture enrolled for two people; one person under two
            names; look-alikes, of whom a picture of one opens for the other; people who are separated too strictly; people with
            one picture or none. Upkeep: pictures that became old, badges that nobody presents (by the journal), hours that the
            configuration does not define. It also shows which people are nearest to each other, with the Matching:Fmr from which
            on the door would confuse them.

            Exit code 0 when nothing was found, 1 when something was found, 2 on an error.
            Example: dooragent people audit --html audit.html
            """) { olderThan, unused, html, json, force };
        command.SetAction((result, stopping) => Task.FromResult(
            Run(result, result.GetValue(olderThan), result.GetValue(unused), result.GetValue(html), result.GetValue(json),
                result.GetValue(force), stopping)));
        return command;
    }

    private static int Run(ParseResult result, int olderThan, int unused, string? html, bool isPrinted, bool force,
        CancellationToken stopping)
    {
        Places places = CommonOptions.ShowPlaces(result, isPrinted);
        if (html is not null)
            OutputFile.EnsureNew(html, result, places, force);
        DoorSettings settings = CommonOptions.SettingsOf(result);
        using GalleryFile file = GalleryFile.OpenToRead(places.GalleryFile);
        using FacePipeline pipeline = GalleryPipeline.Open(places, settings.Faces, settings.Encodings, file);
        ComparisonRule rule = GalleryPipeline.RuleOf(file, pipeline, settings.Encodings);
        Thresholds thresholds = FacePipelineFactory.ThresholdsForCommands(pipeline, settings.Matching, rule);
        (Gallery gallery, IReadOnlyList<EncodingSource> sources) =
            EncodingSource.ReadAll(file, EncoderIdentity.Of(pipeline), rule);
        DateTimeOffset now = TimeProvider.System.GetLocalNow();
        UpkeepAudit upkeep = new(now, TimeSpan.FromDays(olderThan), TimeSpan.FromDays(unused));
        List<string> notes = [.. Modes(settings.Decisions.AccessMode)];
        IReadOnlyList<PersonEntry> people = file.People;
        AuditFinding[] further =
        [
            .. upkeep.OldPictures(gallery, sources), .. Unused(upkeep, places, people, unused, notes),
            .. UpkeepAudit.UnknownHours(people, AccessRules.HoursOf(settings, places).Knows),
        ];
        FaceAudit faces = new(gallery, sources, thresholds, settings.People.MaxEncodings, (float)settings.Matching.Margin);
        AuditReport report = WorkProgress.ShowShare("comparing", "all pairs", Measure, isPrinted);
        if (isPrinted)
            JsonLine.Write(AuditJson.Of(report));
        else
            AuditView.Show(report);
        if (html is not null)
        {
            OutputFile.Write(html, AuditHtml.Of(report, now, (name, number) => FaceOf(file, gallery, sources, name, number)),
                "open it with a browser; it names people and may show them", isPrinted);
        }

        return report.Findings.Count == 0 ? 0 : 1;

        AuditReport Measure(IProgress<double> progress) =>
            AuditReport.Of(gallery, faces, thresholds, further, notes, progress, stopping);
    }

    private static Option<int> Days(string name, int standard, string description)
    {
        Option<int> days = new(name) { Description = description, DefaultValueFactory = _ => standard };
        days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MostDays)
                result.AddError($"{name} must be from 1 to {MostDays} days.");
        });
        return days;
    }

    private static IEnumerable<string> Modes(AccessMode mode)
    {
        if (mode.Identifies())
        {
            yield return "This door opens for a face without a badge: look-alikes are held apart by Matching:Margin alone, and badge and "
                + "face together (Decisions:Mode) is the safer choice for them.";
        }
    }

    private static IEnumerable<AuditFinding> Unused(UpkeepAudit upkeep, Places places, IReadOnlyList<PersonEntry> people, int days,
        List<string> notes)
    {
        try
        {
            BadgeUse use = BadgeUse.Read(places.JournalFile);
            if (!upkeep.Reaches(use))
                notes.Add($"Unused badges are not known: the journal is younger than {days} days.");
            return upkeep.UnusedBadges(people, use);
        }
        catch (UserErrorException unreadable)
        {
            notes.Add($"Unused badges are not known: {unreadable.Message}");
            return [];
        }
    }

    private static byte[]? FaceOf(GalleryFile file, Gallery gallery, IReadOnlyList<EncodingSource> sources, string name, int number)
    {
        Person person = gallery.People.First(one => one.Name == name);
        return file.Query(connection => GalleryCrops.FaceOf(connection, person.Id, sources[person.FirstEncoding + number - 1].Picture,
            TimeProvider.System.GetUtcNow()));
    }
}
