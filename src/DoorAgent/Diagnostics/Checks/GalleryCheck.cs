using DoorAgent.Decisions;
using DoorAgent.Matching;
using DoorAgent.People;

namespace DoorAgent.Diagnostics.Checks;

/// <summary>The gallery opens whole, fits the networks in use, and everybody in it can be let in.</summary>
internal sealed class GalleryCheck : ICheck
{
    public string Name => "gallery";

    public Task LookAsync(Examination door, Findings findings, CancellationToken cancellationToken)
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

        LookAtPeople(door, file, people, findings);
        DecisionOptions decisions = door.Options<DecisionOptions>();
        MatchingOptions matching = door.Options<MatchingOptions>();
        Gallery gallery = file.Read(EncoderIdentity.Of(door.Reader));
        new FaceComparison(matching, decisions.AccessMode.Identifies()).Use(gallery, FaceReaders.WithThresholds(door.Reader, matching));
        findings.Ok($"whole, fits its encoder, and the thresholds reach: {gallery}");
        AccessHours hours = new(door.Options<ScheduleOptions>().Schedules, decisions.ZoneBy(door.Time), BuildDate.OfProgram);
        foreach (string unknown in hours.Unconfigured(gallery))
            findings.Fault($"not configured is the schedule {unknown}", "Put it into section Schedules, or give them another: 'dooragent people schedule NAME always'.");
        return Task.CompletedTask;
    }

    /// <summary>People who cannot come in, whatever face they have. One who is disabled is meant not to.</summary>
    private static void LookAtPeople(Examination door, GalleryFile file, IReadOnlyList<PersonEntry> people, Findings findings)
    {
        DecisionOptions decisions = door.Options<DecisionOptions>();
        DateTime now = TimeZoneInfo.ConvertTime(door.Time.GetUtcNow(), decisions.ZoneBy(door.Time)).DateTime;
        PersonEntry[] enabled = [.. people.Where(person => person.IsEnabled)];
        Name(enabled.Where(person => person.Pictures == 0 && decisions.AccessMode != AccessMode.BadgeOnly), "no face is enrolled of",
            "Add pictures: 'dooragent people pictures NAME --images DIR'.");
        Name(enabled.Where(person => decisions.AccessMode is AccessMode.BadgeAndFace or AccessMode.BadgeOnly && person.Badges.All(badge => badge.State != BadgeState.Active)),
            "no badge that opens has", "Give one: 'dooragent badges add NAME next'.");
        Name(enabled.Where(person => decisions.NeedsPin && file.PinOf(person.Name) is null), "no PIN, which is required, has",
            "Give one: 'dooragent people pin NAME'.");
        Name(enabled.Where(person => person.ValidUntil?.IsOver(now) == true), "the time is over of",
            "Let them in longer: 'dooragent people until NAME DATE', or remove them: 'dooragent people remove NAME'.");

        void Name(IEnumerable<PersonEntry> some, string what, string next)
        {
            string[] names = [.. some.Select(person => person.Name)];
            if (names.Length > 0)
                findings.Warn($"{what} {SomeNames.Of(names)}", next);
        }
    }
}
