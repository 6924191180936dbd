using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Commands.People;

/// <summary>Tests the enrolment of many people at once, as the manager of a building does this.</summary>
[Collection(nameof(WholeConsole))]
public sealed class ListEnrolmentTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Gallery => Path.Combine(_folder.File("data"), "gallery.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AFolderOfPeopleIsShownFirstAndWrittenOnlyAfterConsent()
    {
        foreach (string name in new[] { "adam", "nora" })
            Link(name, name);
        Link("eve", "adam");
        Directory.CreateDirectory(_folder.File("people/empty"));
        Directory.CreateDirectory(_folder.File("people/.hidden"));

        string shown = await Says(1, "With --yes these 2 are enrolled.", "--folder", _folder.File("people"));
        Assert.Contains("eve looks like adam", shown.ReplaceLineEndings(" ").Replace("  ", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Contains("There is no picture in", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", shown, StringComparison.Ordinal);
        Assert.False(File.Exists(Gallery));
        await Says(1, "(--dry-run)", "--folder", _folder.File("people"), "--dry-run", "--yes");
        Assert.False(File.Exists(Gallery));

        await Says(1, "2 of 4 enrolled", "--folder", _folder.File("people"), "--yes");
        using (GalleryFile gallery = GalleryFile.OpenToRead(Gallery))
            Assert.Equal([("adam", 3), ("nora", 3)], gallery.People.Select(person => (person.Name, person.Pictures)));
        byte[] before = File.ReadAllBytes(Gallery);
        await Says(2, "Nobody on the list can be enrolled", "--folder", _folder.File("people"), "--yes");
        Assert.Equal(before, File.ReadAllBytes(Gallery));
    }

    [Fact]
    public async Task ACsvFileNamesBadgesHoursAndDates()
    {
        Link("a", "adam");
        Link("n", "nora");
        Link("e", "emil");
        Link("d", "dora");
        string list = _folder.Write("people.csv", """
            name;badge;schedule;pictures;from;until;extended
            Adam;H10301:1:1 H10301:1:2;OFFICE;people/a;2026-01-01;2030-01-01;yes
            Nora;H10301:1:2;;people/n;;;
            Emil;;offce;people/e;;;
            Dora;;;people/d;2030-01-01;2026-01-01;
            Ivan;300;;people/e;;;
            Olga;;;;;;
            Udo;;;people/e;;;perhaps
            adam;;;people/e;;;
            """);
        const string Office = "--set=Schedules:office=Mon-Fri 07:00-19:00";
        string said = Plain(await Says(1, "1 of 8 enrolled", "--csv", list, "--yes", Office));
        Assert.All(new[] { "belongs to Adam", "Did you mean office?", "which is never", "is not a badge number",
            "no folder of pictures is named", "must be yes or no", "adam is already enrolled" },
            words => Assert.Contains(words, said, StringComparison.Ordinal));
        Assert.DoesNotContain("H10301:1:1 ", said, StringComparison.Ordinal);

        using GalleryFile gallery = GalleryFile.OpenToRead(Gallery);
        PersonEntry adam = Assert.Single(gallery.People);
        Assert.Equal(("Adam", "office", true, 3), (adam.Name, adam.Schedule, adam.IsExtended, adam.Pictures));
        Assert.Equal((ValidityDate.Parse("2026-01-01"), ValidityDate.Parse("2030-01-01")), (adam.ValidFrom, adam.ValidUntil));
        Assert.Equal(["H10301:1:1", "H10301:1:2"], gallery.NumberedBadges.Select(badge => badge.Badge.Number));
    }

    [Fact]
    public async Task ACsvFileNamesMarksAndHostsWhoComeFirst()
    {
        Link("a", "adam");
        Link("n", "nora");
        Link("e", "emil");
        Link("d", "dora");
        string list = _folder.Write("people.csv", """
            name,pictures,until,lockdown,two-person,hosts
            Adam,people/a,,yes,yes,
            Nora,people/n,,no,,
            Emil,people/e,2030-01-01,,,Adam + nora
            Dora,people/d,,,,Adam
            """);
        string said = Plain(await Says(1, "3 of 4 enrolled", "--csv", list, "--yes"));
        Assert.Contains("Dora is a visitor, and a visit has an end", said, StringComparison.Ordinal);
        using GalleryFile gallery = GalleryFile.OpenToRead(Gallery);
        Assert.True(gallery.Person("Adam") is { IsForLockdown: true, NeedsSecondPerson: true, IsEscorted: false });
        Assert.True(gallery.Person("Nora") is { IsForLockdown: false, NeedsSecondPerson: false });
        Assert.Equal(["Adam", "Nora"], gallery.Person("Emil").Hosts);
    }

    [Fact]
    public async Task APersonWhoIsAlreadyEnrolledIsCountedAndKept()
    {
        Link("nora", "nora");
        Link("eve", "adam");
        await WholeConsole.SaysAsync(0, "added", "people", "add", "adam", "--images", People("adam"), "--data", _folder.File("data"));
        await Says(1, "1 of 2 enrolled", "--folder", _folder.File("people"), "--yes");
        using GalleryFile gallery = GalleryFile.OpenToRead(Gallery);
        Assert.Equal(["adam", "nora"], gallery.People.Select(person => person.Name));
    }

    [Fact]
    public async Task AnEmptyFileLeftByAFullDiskIsFilled()
    {
        Link("nora", "nora");
        Directory.CreateDirectory(_folder.File("data"));
        File.WriteAllBytes(Gallery, []);
        await Says(0, "1 of 1 enrolled", "--folder", _folder.File("people"), "--yes");
        using GalleryFile gallery = GalleryFile.OpenToRead(Gallery);
        Assert.Equal("nora", Assert.Single(gallery.People).Name);
    }

    [Theory]
    [InlineData("Either --folder or --csv", "--folder", "x", "--csv", "y")]
    [InlineData("leave out NAME, --badge, --extended and --consent", "adam", "--folder", "x")]
    [InlineData("leave out NAME, --badge, --extended and --consent", "--csv", "x", "--badge", "next")]
    [InlineData("Give NAME", "--images", "x")]
    [InlineData("need --folder or --csv", "adam", "--images", "x", "--dry-run")]
    [InlineData("Either --folder, or --images or --camera", "--folder", "x", "--images", "y")]
    [InlineData("cannot be read", "--folder", "/nowhere")]
    [InlineData("cannot be read", "--csv", "/nowhere")]
    public async Task ContradictoryOptionsAreRefused(string words, params string[] arguments)
    {
        await Says(2, words, arguments);
        Assert.False(File.Exists(Gallery));
    }

    private static string Plain(string table) => string.Join(' ', table.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private Task<string> Says(int exitCode, string words, params string[] arguments) =>
        WholeConsole.SaysAsync(exitCode, words, ["people", "add", .. arguments, "--data", _folder.File("data")]);

    private void Link(string name, string person)
    {
        Directory.CreateDirectory(_folder.File("people"));
        Directory.CreateSymbolicLink(_folder.File($"people/{name}"), People(person));
    }

    private static string People(string relative) => Path.Combine(Places.BuiltInPeople, relative);
}
