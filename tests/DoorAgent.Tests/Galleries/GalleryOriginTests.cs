using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Operating;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Tests.Galleries;

/// <summary>Local changes of people whom the fleet brought.</summary>
public sealed class GalleryOriginTests : IDisposable
{
    private readonly MadeGalleryFile _file = new();
    private readonly DeliveredFleet _fleet = new();
    private readonly TempFolder _folder = new();

    public GalleryOriginTests()
    {
        FleetGallery door = _fleet.Join(_file.Path);
        _file.Add("local", MadeGalleryFile.Card(5), 180);
        _fleet.Publish(DeliveredFleet.Person(1, "Anna", 0) with { ValidUntil = "2026-12-31" });
        Assert.Empty(_fleet.DeliverWhole(door).Refusals);
    }

    public void Dispose()
    {
        _file.Dispose();
        _fleet.Dispose();
        _folder.Dispose();
    }

    public static TheoryData<string> Changes => [.. All.Keys];

    private static Dictionary<string, Action<GalleryFile>> All { get; } = new()
    {
        ["rename"] = gallery => gallery.Rename("Anna", PersonName.Parse("Berta")),
        ["schedule"] = gallery => gallery.SetSchedule("Anna", "always"),
        ["until"] = gallery => gallery.SetValidity("Anna", ValidityLimit.Until, null),
        ["remove"] = gallery => gallery.Remove("Anna"),
        ["badge add"] = gallery => gallery.AddBadge("Anna", MadeGalleryFile.Card(9)),
        ["badge lost"] = gallery => gallery.SetBadge(MadeGalleryFile.Card(1001), BadgeState.Lost),
        ["badge remove"] = gallery => gallery.RemoveBadge(MadeGalleryFile.Card(1001)),
        ["badge by number"] = gallery => gallery.Change((connection, _) =>
            GalleryBadges.SetState(connection, gallery.Person("Anna").Id, 1, BadgeState.Blocked)),
        ["pictures"] = gallery => gallery.ReplacePictures("Anna", MadeEncodings.Encoder, gallery.PicturesOf("Anna"), [MadeEncodings.Picture(3, 9)]),
        ["picture remove"] = gallery => GalleryPictures.Remove(gallery, "Anna", [1]),
        ["lockdown"] = gallery => GalleryMarks.Set(gallery, "Anna", PersonMark.Lockdown, isSet: true),
        ["two people"] = gallery => GalleryMarks.Set(gallery, "Anna", PersonMark.TwoPerson, isSet: true),
        ["escort"] = gallery => GalleryHosts.Set(gallery, "Anna", ["local"]),
        ["escort none"] = gallery => GalleryHosts.Clear(gallery, "Anna"),
        ["consent"] = gallery => GalleryConsents.Set(gallery, "Anna", Consent.Parse("2026-01-01", "")),
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void AChangeOfAPersonOfTheFleetIsRefusedAndChangesNothing(string change)
    {
        byte[] before = File.ReadAllBytes(_file.Path);
        using (GalleryFile gallery = _file.Open())
        {
            string why = Assert.Throws<UserErrorException>(() => All[change](gallery)).Message;
            Assert.Contains("Anna belongs to the fleet: change them at the office (dooragent fleet publish)", why, StringComparison.Ordinal);
        }

        Assert.Equal(before, File.ReadAllBytes(_file.Path));
    }

    [Fact]
    public void APinAHostAndTheLockOutHereStayPossible()
    {
        using GalleryFile gallery = _file.Open();
        gallery.SetPin("Anna", Pin.Parse("4711"), isDuress: false);
        gallery.ClearPin("Anna", duressOnly: false);
        gallery.SetValidity("local", ValidityLimit.Until, ValidityDate.Parse("2026-06-01"));
        GalleryHosts.Set(gallery, "local", ["Anna"]);
        Assert.Equal(["Anna"], gallery.Person("local").Hosts);
        gallery.SetEnabled("Anna", false);
        Assert.False(gallery.Person("Anna").IsEnabled);
        gallery.SetEnabled("Anna", true);
        Assert.True(gallery.Person("Anna").IsEnabled);
    }

    [Fact]
    public void TheOperatorsOrderIsRefusedBeforeItIsOnRecord()
    {
        OperatorGallery operated = new(_file.Path, MadeGalleryFile.Time);
        Assert.All(new[] { GalleryChangeKind.RemovePerson, GalleryChangeKind.AllowInLockdown, GalleryChangeKind.EndEscort }, kind =>
            Assert.Contains("belongs to the fleet", Assert.Throws<UserErrorException>(() =>
                operated.Judge(new GalleryChangeOrder(kind, "Anna"))).Message, StringComparison.Ordinal));
        Assert.Equal(_file.Read().Find(MadeGalleryFile.Card(1001))!.Value.Person.Id, operated.Judge(new GalleryChangeOrder(GalleryChangeKind.Disable, "Anna")));
        PersonChanges page = new(_file.Path, null, [], MadeGalleryFile.Time);
        long anna = page.List(new PageQuery { Search = "Anna" }).People.Single(person => person.Fleet == DeliveredFleet.Group).Id;
        Assert.Contains("belongs to the fleet", Assert.Throws<UserErrorException>(() =>
            page.Judge(new PersonChange(anna) { Schedule = "always" })).Message, StringComparison.Ordinal);
        Assert.Equal("person disabled", page.Judge(new PersonChange(anna) { IsEnabled = false }).Words);
    }

    [Fact]
    public void AnArchiveHasThePeopleOfTheDoorOnlyAndNoKeyOfTheFleet()
    {
        string archive = Path.Combine(_folder.Path, "people.zip");
        ArchiveManifest made = GalleryExport.Write(_file.Path, archive, [], withCrops: false, overwrites: false, MadeGalleryFile.Time);
        Assert.Equal((1L, 1L, 1L), (made.People, made.Badges, made.Encodings));
        using (GalleryArchive opened = GalleryArchive.Open(archive, _folder.Path))
        {
            Assert.Equal("local", Assert.Single(opened.Everybody.People).Name);
            Assert.Null(new FleetGallery(opened.GalleryFile, MadeGalleryFile.Time).Standing());
            using GalleryFile inside = GalleryFile.OpenToRead(opened.GalleryFile);
            Assert.Equal(0, inside.Query(connection => Sqlite.Number(connection, "SELECT count(*) FROM fleet")));
        }

        Assert.Contains("Anna belongs to the fleet", Assert.Throws<UserErrorException>(() => GalleryExport.Write(
            _file.Path, archive, ["anna"], false, true, MadeGalleryFile.Time)).Message, StringComparison.Ordinal);
        using (GalleryFile gallery = _file.Open())
            gallery.Remove("local");
        Assert.Contains("Everybody here belongs to the fleet", Assert.Throws<UserErrorException>(() => GalleryExport.Write(
            _file.Path, archive, [], false, true, MadeGalleryFile.Time)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnArchiveThatClaimsToBeOfTheFleetBringsLocalPeople()
    {
        using MadeGalleryFile other = new();
        other.Add("carl", MadeGalleryFile.Card(7), 45);
        string archive = Path.Combine(_folder.Path, "people.zip");
        GalleryExport.Write(other.Path, archive, [], withCrops: false, overwrites: false, MadeGalleryFile.Time);
        using GalleryArchive opened = GalleryArchive.Open(archive, _folder.Path);
        using (SqliteConnection hostile = new($"Data Source={opened.GalleryFile};Pooling=False"))
        {
            hostile.Open();
            Sqlite.Run(hostile, "UPDATE person SET origin = 'feed', disabled_here = 1; INSERT INTO fleet_host (visitor, host) SELECT id, 'x' FROM person;");
        }

        using (GalleryFile gallery = _file.Open())
        {
            GalleryStamp stamp = gallery.Query(GalleryRows.ReadStamp);
            RowCopy.Run(gallery, stamp, opened.GalleryFile, GallerySeal.None, new GalleryMethod(MadeEncodings.Encoder, ComparisonRule.Nearest),
                opened.Everybody.People, MadeGalleryFile.Time.GetUtcNow(), null);
        }

        Person carl = _file.Read().People.Single(person => person.Name == "carl");
        Assert.True(carl is { Origin: null, IsEnabled: true });
        using GalleryFile after = _file.Open();
        Assert.Equal(0, after.Query(connection => Sqlite.Number(connection, "SELECT count(*) FROM fleet_host")));
        after.Rename("carl", PersonName.Parse("Carlo"));
    }
}
