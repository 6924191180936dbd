using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Schedules;
using DoorAgent.Settings;

namespace DoorAgent.Diagnostics.Checks;

/// <summary>The gallery opens whole, fits the networks in use, and everybody in it can be let in.</summary>
internal sealed class GalleryCheck : ICheck
{
    public string Name => "gallery";

    public Task LookAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        if (!door.Has(door.Places.GalleryFile))
        {
            findings.Warn($"there is no gallery {door.Places.GalleryFile}, so nobody is let in", "Enrol with 'dooragent people add NAME --images DIR --badge next'.");
            return Task.CompletedTask;
        }

        // Opening looks at every page.
        using GalleryFile file = GalleryFile.OpenToRead(door.Places.GalleryFile);
        IReadOnlyList<PersonEntry> people = file.People;
        if (people.Count == 0)
        {
            findings.Warn("nobody is enrolled, so nobody is let in", "Enrol with 'dooragent people add NAME --images DIR --badge next'.");
            return Task.CompletedTask;
        }

        DecisionOptions decisions = door.Options<DecisionOptions>();
        AccessHours hours = new(door.Options<ScheduleOptions>().Schedules, decisions.ZoneBy(door.Time), BuildInfo.Date, decisions.ZoneProblemBy(door.Time));
        LookAtPeople(people, new StandingRule(decisions, hours), hours, door.Time.GetUtcNow(), findings);
        MatchingOptions matching = door.Options<MatchingOptions>();
        Gallery gallery = file.Read(EncoderIdentity.Of(door.Reader));
        new FaceComparison(matching, decisions.AccessMode.Identifies()).Use(gallery, FacePipelineFactory.WithThresholds(door.Reader, matching));
        findings.Ok($"whole, fits its encoder, and the thresholds reach: {gallery}");
        foreach (string unknown in hours.Unconfigured(gallery))
            findings.Fault($"not configured is the schedule {unknown}", "Put it into section Schedules, or give them another: 'dooragent people schedule NAME always'.");
        return Task.CompletedTask;
    }

    /// <summary>People who cannot come in, whatever face they have, before somebody changes something. One who is disabled is meant not to.</summary>
    private static void LookAtPeople(IReadOnlyList<PersonEntry> people, StandingRule rule, AccessHours hours, DateTimeOffset now, Findings findings)
    {
        (PersonEntry Person, Standing Standing)[] enabled =
        [
            .. people.Where(person => person.IsEnabled).Select(person => (person, person.StandingBy(rule, now))),
        ];
        Name("no face is enrolled of", "Add pictures: 'dooragent people pictures NAME --images DIR'.", DenyReason.FaceNotMatched, DenyReason.NotRecognised);
        Name("no badge that opens has", "Give one: 'dooragent badges add NAME next'.", DenyReason.UnknownBadge, DenyReason.BadgeBlocked);
        Name("no PIN, which is required, has", "Give one: 'dooragent people pin NAME'.", DenyReason.NoPin);
        Name("the time is over of", "Let them in longer: 'dooragent people until NAME DATE', or remove them: 'dooragent people remove NAME'.", DenyReason.OutsideValidity);
        // Hours that are not configured are everybody's who has them, and are said below.
        enabled = [.. enabled.Where(one => hours.Knows(one.Person.Schedule))];
        Name("no hours within their dates has", "Change the dates ('dooragent people until NAME DATE') or the hours ('dooragent people schedule NAME SCHEDULE').", DenyReason.OutsideSchedule);

        void Name(string what, string next, params DenyReason[] reasons)
        {
            string[] names = [.. enabled.Where(one => one.Standing.Obstacles.Any(obstacle => obstacle.Ends is null && reasons.Contains(obstacle.Reason))).Select(one => one.Person.Name)];
            if (names.Length > 0)
                findings.Warn($"{what} {SomeNames.Of(names)}", next);
        }
    }
}
