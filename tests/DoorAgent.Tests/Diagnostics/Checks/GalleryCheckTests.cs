using DoorAgent.Diagnostics;
using DoorAgent.Diagnostics.Checks;
using DoorAgent.Encodings;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Diagnostics.Checks;

public sealed class GalleryCheckTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>, IDisposable
{
    private readonly SomeDoor _door = new();

    private string Path => System.IO.Path.Combine(_door.Data, "gallery.db");

    public void Dispose() => _door.Dispose();

    [Fact]
    public async Task WithoutAGalleryAWarningSaysThatNobodyIsAdmitted() =>
        (await _door.FindAsync<GalleryCheck>()).Has(FindingLevel.Warning, "nobody is let in", "people add");

    [Fact]
    public async Task AnEmptyGalleryGivesTheSameWarning()
    {
        using (GalleryFile file = new(Path, _door.Time))
            Assert.Empty(file.People);
        (await _door.FindAsync<GalleryCheck>()).Has(FindingLevel.Warning, "nobody is enrolled", "people add");
    }

    [Fact]
    public async Task AWholeGalleryIsOk()
    {
        people.CopyGalleryTo(Path);
        IReadOnlyList<Finding> found = await _door.FindAsync<GalleryCheck>();
        found.AreAllOk();
        found.Has(FindingLevel.Ok, "people 2");
    }

    [Fact]
    public async Task AVisitorWithoutAHostIsAWarning()
    {
        people.CopyGalleryTo(Path);
        using (GalleryFile file = new(Path, _door.Time))
        {
            file.SetValidity("nora", ValidityLimit.Until, ValidityDate.Parse("2099-01-01"));
            GalleryHosts.Set(file, "nora", ["adam"]);
            file.Remove("adam");
        }

        (await _door.FindAsync<GalleryCheck>()).Has(FindingLevel.Warning, "no host is named of the visitor nora", "people escort");
    }

    [Fact]
    public async Task ADamagedGalleryIsAFault()
    {
        people.CopyGalleryTo(Path);
        using (FileStream file = new(Path, FileMode.Open))
        {
            file.Position = 4096;
            file.Write(new byte[20_000]);
        }

        (await _door.FindAsync<GalleryCheck>()).Has(FindingLevel.Fault, "damaged", "Restore a good copy");
    }

    [Fact]
    public async Task AFileThatIsNotADatabaseIsAFault()
    {
        File.WriteAllText(Path, new string('x', 5000));
        (await _door.FindAsync<GalleryCheck>()).Has(FindingLevel.Fault, "is not a gallery", "enrol again");
    }

    [Fact]
    public async Task AGalleryOfAnotherEncoderIsAFault()
    {
        using (GalleryFile file = new(Path, _door.Time))
            file.AddPerson(PersonName.Parse("bob"), false, null, MadeEncodings.Encoder with { Name = "door-encoder" },
                [MadeEncodings.Picture(10, 1)]);
        (await _door.FindAsync<GalleryCheck>()).Has(FindingLevel.Fault, "their encodings cannot be compared", "people re-encode");
    }

    [Fact]
    public async Task ACentreThatTheGalleryHasOutgrownIsAWarning()
    {
        people.CopyGalleryTo(Path);
        using (GalleryFile file = new(Path, _door.Time))
        {
            file.Change((connection, now) =>
            {
                GalleryCentres.Write(connection, EncodingCentre.Of(file.PicturesOf("adam")[0].Encoding.Vector, 128, [0]), 1, now);
                GalleryRules.Write(connection, ComparisonRule.Nearest with { IsCentred = true });
            });
        }

        (await _door.FindAsync<GalleryCheck>("Matching:Distance=1")).Has(
            FindingLevel.Warning, "the site's centre was computed from 1 people", "'dooragent calibrate --centre'");
    }

    [Fact]
    public async Task ARuleWithoutACalibrationIsAFaultWithTheCommandThatHelps()
    {
        people.CopyGalleryTo(Path);
        using (GalleryFile file = new(Path, _door.Time))
            file.Change((connection, _) => GalleryRules.Write(connection, new(TemplateKind.Trimmed, FlipUse.Enrolment, IsCentred: false)));
        (await _door.FindAsync<GalleryCheck>()).Has(FindingLevel.Fault, "trimmed+flip-enrolment", "'dooragent people rule ");
    }

    [Fact]
    public async Task AnFmrWithoutAThresholdIsAFault()
    {
        people.CopyGalleryTo(Path);
        (await _door.FindAsync<GalleryCheck>("Matching:Fmr=1e-12")).Has(FindingLevel.Fault, "Matching:Fmr", "Fmr");
    }

    [Fact]
    public async Task PeopleWhoCannotEnterAreNamedWithWhatTheyLack()
    {
        people.CopyGalleryTo(Path);
        using (GalleryFile file = new(Path, _door.Time))
        {
            file.RemoveBadge(Hardware.Badges.Badge.Parse("H10301:123:4567"));
            file.SetSchedule("nora", "ofice");
            file.SetValidity("nora", ValidityLimit.Until, ValidityDate.Parse("2029-12-31"));
        }

        IReadOnlyList<Finding> found = await _door.FindAsync<GalleryCheck>("Schedules:office=Mon-Fri 08:00-17:00", "Decisions:Pin=required",
            "Badges:Keypad=4-bit");

        found.Has(FindingLevel.Warning, "an active badge is missing of adam", "badges add");
        found.Has(FindingLevel.Warning, "the required PIN is missing of adam, nora", "people pin");
        found.Has(FindingLevel.Warning, "the validity has ended of nora", "people until");
        found.Has(FindingLevel.Fault, "'ofice' of nora", "people schedule");
    }

    [Fact]
    public async Task AScheduleThatNeverOpensBeforeAPersonsLastDayIsReported()
    {
        people.CopyGalleryTo(Path);
        using (GalleryFile file = new(Path, _door.Time))
        {
            file.SetSchedule("nora", "sunday");
            file.SetSchedule("adam", "sunday");
            // The day of the test is a Monday.
            file.SetValidity("nora", ValidityLimit.Until, ValidityDate.Parse("2030-03-09"));
            file.SetValidity("adam", ValidityLimit.Until, ValidityDate.Parse("2030-03-10"));
        }

        IReadOnlyList<Finding> found = await _door.FindAsync<GalleryCheck>("Schedules:sunday=Sun 10:00-11:00", "Decisions:TimeZone=UTC");
        found.Has(FindingLevel.Warning, "no hours fall within the dates of nora", "people until");
        Assert.DoesNotContain(found, one => one.What.Contains("adam", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ADisabledPersonLacksNothing()
    {
        people.CopyGalleryTo(Path);
        using (GalleryFile file = new(Path, _door.Time))
        {
            file.RemoveBadge(Hardware.Badges.Badge.Parse("H10301:123:4567"));
            file.SetEnabled("adam", false);
        }

        (await _door.FindAsync<GalleryCheck>()).AreAllOk();
    }
}
