using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Running;
using DoorAgent.Schedules;
using DoorAgent.Settings;

namespace DoorAgent.Diagnostics.Checks;

/// <summary>Checks that the gallery is intact and fits the networks in use, and finds people who cannot enter.</summary>
internal sealed class GalleryCheck : ICheck
{
    private const int MostNames = 5;

    public string Name => "gallery";

    public Task RunAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        if (!door.DataFileExists(door.Places.GalleryFile))
        {
            findings.Warn($"there is no gallery {door.Places.GalleryFile}, so nobody is let in",
                "Enrol with 'dooragent people add NAME --images DIR --badge next'.");
            return Task.CompletedTask;
        }

        // Opening checks every page.
        using GalleryFile file = GalleryFile.OpenToRead(door.Places.GalleryFile);
        IReadOnlyList<PersonEntry> people = file.People;
        if (people.Count == 0)
        {
            findings.Warn("nobody is enrolled, so nobody is let in", "Enrol with 'dooragent people add NAME --images DIR --badge next'.");
            return Task.CompletedTask;
        }

        DecisionOptions decisions = door.Options<DecisionOptions>();
        AccessHours hours = new(door.Options<ScheduleOptions>().Schedules, decisions.ZoneBy(door.Time), BuildInfo.Date,
            decisions.ZoneProblemBy(door.Time));
        hours = hours.With(RunningFleet.HoursOf(door.Places).Schedules);
        CheckPeople(people, new EligibilityRule(decisions, hours), hours, door.Time.GetUtcNow(), findings);
        MatchingOptions matching = door.Options<MatchingOptions>();
        Gallery gallery = file.Read(EncoderIdentity.Of(door.Pipeline));
        new FaceComparison(matching, decisions.AccessMode.Identifies()).Use(gallery,
            FacePipelineFactory.WithThresholds(door.Pipeline, matching, gallery.Rule));
        findings.Ok($"intact, fits its encoder, and the thresholds suffice: {gallery}");
        int compared = people.Count(person => person.Pictures > 0);
        if (gallery.Rule.IsCentred && file.Centre is { } centre && centre.IsOutgrownBy(compared))
        {
            findings.Warn($"the site's centre was computed from {centre.People} people on {centre.Added[..10]}, and {compared} are enrolled now",
                "Compute it again: 'dooragent calibrate --centre' shows what changes, and asks.");
        }

        TimeSpan? reEnrolAfter = door.Options<PeopleOptions>().ReEnrolAfter;
        if (ReEnrolment.Words(ReEnrolment.DueOf(people, reEnrolAfter, door.Time.GetUtcNow()), reEnrolAfter) is { } reminder)
            findings.Warn(reminder, ReEnrolment.Remedy);
        foreach (string unknown in hours.Unconfigured(gallery))
            findings.Fault($"the configuration lacks the schedule {unknown}",
                "Add the schedule to section Schedules, or assign another: 'dooragent people schedule NAME always'.");
        return Task.CompletedTask;
    }

    /// <summary>Finds people whom the door cannot let in until an operator changes something. Disabled people are kept out on
    /// purpose.</summary>
    private static void CheckPeople(IReadOnlyList<PersonEntry> people, EligibilityRule rule, AccessHours hours, DateTimeOffset now,
        Findings findings)
    {
        (PersonEntry Person, Eligibility Eligibility)[] enabled =
        [
            .. people.Where(person => person.IsEnabled).Select(person => (person, person.EligibilityBy(rule, now))),
        ];
        Name("no face is enrolled of", "Add pictures: 'dooragent people pictures NAME --images DIR'.", DenyReason.FaceNotMatched,
            DenyReason.NotRecognised);
        Name("an active badge is missing of", "Give one: 'dooragent badges add NAME next'.", DenyReason.UnknownBadge,
            DenyReason.BadgeBlocked);
        Name("the required PIN is missing of", "Give one: 'dooragent people pin NAME'.", DenyReason.NoPin);
        Name("the validity has ended of", "Extend it: 'dooragent people until NAME DATE', or remove them: 'dooragent people remove NAME'.",
            DenyReason.OutsideValidity);
        Name("no host is named of the visitor", "Name one: 'dooragent people escort NAME --host HOST'.", DenyReason.EscortMissing);
        // A schedule that is not configured concerns everyone who has it, and is reported below.
        enabled = [.. enabled.Where(one => hours.Knows(one.Person.Schedule))];
        Name("no hours fall within the dates of", "Change the dates ('dooragent people until NAME DATE') or the hours ('dooragent people "
            + "schedule NAME SCHEDULE').", DenyReason.OutsideSchedule);

        void Name(string what, string next, params DenyReason[] reasons)
        {
            string[] names = [.. enabled.Where(
                one => one.Eligibility.Obstacles.Any(obstacle => obstacle.Ends is null && reasons.Contains(obstacle.Reason)))
                    .Select(one => one.Person.Name)];
            if (names.Length > 0)
                findings.Warn($"{what} {Shortened(names)}", next);
        }
    }

    /// <summary>Joins names; of many only the first and the number of the others.</summary>
    private static string Shortened(string[] names) => names.Length <= MostNames
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(MostNames))} and {names.Length - MostNames} more";
}
