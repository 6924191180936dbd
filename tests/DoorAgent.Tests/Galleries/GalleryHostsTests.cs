using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Galleries;

/// <summary>Visitors with their hosts, and the marks of people, in a gallery.</summary>
public sealed class GalleryHostsTests : IDisposable
{
    private readonly MadeGalleryFile _file = new();
    private readonly MadeGalleryFile _other = new();

    public GalleryHostsTests()
    {
        AddPeople(_file);
        AddPeople(_other);
    }

    public void Dispose()
    {
        _file.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void MarksAreSetAndRemovedEachAlone()
    {
        Gallery before = _file.Read();
        Change(_file, gallery => GalleryMarks.Set(gallery, "ANNA", PersonMark.Lockdown, isSet: true));
        Change(_file, gallery => GalleryMarks.Set(gallery, "bert", PersonMark.TwoPerson, isSet: true));
        Assert.Equal([(true, false), (false, true), (false, false)],
            _file.Read().People.Select(person => (person.IsForLockdown, person.NeedsSecondPerson)));
        Assert.False(_file.Read().IsSameAs(before));
        Assert.True(Listed("anna").IsForLockdown && Listed("bert").NeedsSecondPerson);
        Change(_file, gallery => GalleryMarks.Set(gallery, "anna", PersonMark.Lockdown, isSet: false));
        Change(_file, gallery => GalleryMarks.Set(gallery, "bert", PersonMark.TwoPerson, isSet: false));
        Assert.Equal(before.People, _file.Read().People);
        Change(_file, gallery => Assert.Contains("Nobody called berta", Refusal(() =>
            GalleryMarks.Set(gallery, "berta", PersonMark.Lockdown, isSet: true)), StringComparison.Ordinal));
    }

    [Fact]
    public void AVisitorHasHostsWhoCanBeReplacedAndRemoved()
    {
        Gallery before = _file.Read();
        Escort(_file, "carla", "bert", "anna", "BERT");
        Person carla = _file.Read().People[2];
        Assert.True(carla.IsEscorted);
        Assert.Equal(before.People.Take(2).Select(person => person.Id), carla.Hosts);
        Assert.Equal(["anna", "bert"], Listed("carla").Hosts);
        Assert.True(_file.Read().IsSameAs(_file.Read()));
        Gallery both = _file.Read();
        Escort(_file, "carla", "bert");
        Assert.Equal(["bert"], Listed("carla").Hosts);
        Assert.False(_file.Read().IsSameAs(both));
        Change(_file, gallery => GalleryHosts.Clear(gallery, "carla"));
        Assert.True(Listed("carla") is { IsEscorted: false, Hosts: [] });
    }

    [Fact]
    public void AVisitorWhoseHostIsRemovedStaysAVisitorWithoutAHost()
    {
        Escort(_file, "carla", "bert");
        Change(_file, gallery => gallery.Remove("bert"));
        Assert.True(Listed("carla") is { IsEscorted: true, Hosts: [] });
        Assert.Empty(_file.Read().People[1].Hosts);
        Change(_file, gallery => gallery.Remove("carla"));
        Assert.Equal(["anna"], _file.Read().People.Select(person => person.Name));
    }

    [Fact]
    public void AVisitNeedsAnEndThatCannotBeRemoved()
    {
        Change(_file, gallery => gallery.SetValidity("carla", ValidityLimit.Until, null));
        Change(_file, gallery => Assert.Contains("'dooragent people until carla DATE'", Refusal(() => GalleryHosts.Set(gallery, "carla", ["anna"])),
            StringComparison.Ordinal));
        Assert.False(Listed("carla").IsEscorted);
        Change(_file, gallery => gallery.SetValidity("carla", ValidityLimit.Until, ValidityDate.Parse("2026-05-01")));
        Escort(_file, "carla", "anna");
        Change(_file, gallery => Assert.Contains("a visit has an end", Refusal(() => gallery.SetValidity("carla", ValidityLimit.Until, null)),
            StringComparison.Ordinal));
        Change(_file, gallery => gallery.SetValidity("carla", ValidityLimit.Until, ValidityDate.Parse("2026-06-01")));
        Assert.Equal("until 2026-06-01", Listed("carla").Validity);
    }

    [Theory]
    [InlineData("carla", "carla", "carla is the visitor and cannot be the host of carla")]
    [InlineData("anna", "carla", "carla is a visitor too and cannot be the host of anna")]
    [InlineData("bert", "anna", "bert is a host of carla and cannot become a visitor")]
    [InlineData("anna", "nobody", "Nobody called nobody is enrolled")]
    public void AHostIsSomebodyElseWhoEntersAlone(string visitor, string host, string why)
    {
        Change(_file, gallery =>
        {
            foreach (string name in new[] { "anna", "bert" })
                gallery.SetValidity(name, ValidityLimit.Until, ValidityDate.Parse("2026-05-01"));
        });
        Escort(_file, "carla", "bert");
        Gallery before = _file.Read();
        Change(_file, gallery => Assert.Contains(why, Refusal(() => GalleryHosts.Set(gallery, visitor, [host])), StringComparison.Ordinal));
        Assert.True(_file.Read().IsSameAs(before));
    }

    [Fact]
    public void CopiedVisitorsBringTheCopiedHostsAndVisitorsHereKeepTheirs()
    {
        Escort(_file, "carla", "anna", "bert");
        Escort(_other, "carla", "bert");
        Escort(_file, "dora", "anna", "bert");
        Copy(person => person.Name is "bert" or "carla");
        Assert.Equal(["bert"], Listed("carla").Hosts);
        Assert.Equal(["anna", "bert"], Listed("dora").Hosts);
        Copy(person => person.Name == "carla");
        Assert.True(Listed("carla") is { IsEscorted: true, Hosts: [] });
    }

    [Fact]
    public void APersonWhoIsReplacedFromAnArchiveOfAnOlderFormatKeepsMarksAndHosts()
    {
        Escort(_file, "bert", "carla");
        Change(_file, gallery => GalleryMarks.Set(gallery, "anna", PersonMark.TwoPerson, isSet: true));
        using MadeGalleryFile old = new();
        OldGallery.Make(old.Path, 5);
        Copy(_ => true, old);
        Assert.True(Listed("bert") is { IsEscorted: true, Hosts: ["carla"] });
        Assert.True(Listed("anna").NeedsSecondPerson);
    }

    [Theory]
    [InlineData("UPDATE person SET escorted = 2")]
    [InlineData("UPDATE person SET lockdown = -1")]
    [InlineData("UPDATE person SET two_person = 2")]
    [InlineData("INSERT INTO host (visitor, host) VALUES (1, 1)")]
    public void OtherValuesAreNotWritten(string sql) => Assert.Contains("CHECK",
        Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(() => _file.Sql(sql)).Message, StringComparison.Ordinal);

    [Fact]
    public void AHostWhoDoesNotExistIsFoundByWhoReadsTheGallery()
    {
        Escort(_file, "carla", "bert");
        _file.Sql("PRAGMA foreign_keys = OFF; DELETE FROM encoding WHERE person = (SELECT host FROM host); "
            + "DELETE FROM person WHERE name = 'bert'");
        Assert.Contains("of the table host refers to a person that does not exist", Refusal(() => _file.Read()), StringComparison.Ordinal);
    }

    private PersonEntry Listed(string name)
    {
        using GalleryFile gallery = GalleryFile.OpenToRead(_file.Path);
        return gallery.Person(name);
    }

    private void Copy(Func<Person, bool> which, MadeGalleryFile? from = null)
    {
        using GalleryFile gallery = _file.Open();
        RowCopy.Run(gallery, gallery.Query(GalleryRows.ReadStamp), (from ?? _other).Path, GallerySeal.None,
            new GalleryMethod(MadeEncodings.Encoder, ComparisonRule.Nearest), [.. (from ?? _other).Read().People.Where(which)],
            MadeGalleryFile.Time.GetUtcNow(), null);
    }

    private static void AddPeople(MadeGalleryFile file)
    {
        file.Add("anna", null, 0);
        file.Add("bert", null, 20);
        file.Add("carla", null, 40);
    }

    private static void Escort(MadeGalleryFile file, string visitor, params string[] hosts) => Change(file, gallery =>
    {
        if (gallery.People.All(person => person.Name != visitor))
            gallery.AddPerson(PersonName.Parse(visitor), false, null, MadeEncodings.Encoder, [MadeEncodings.Picture(60, 1)]);
        if (gallery.Person(visitor).ValidUntil is null)
            gallery.SetValidity(visitor, ValidityLimit.Until, ValidityDate.Parse("2026-05-01"));
        GalleryHosts.Set(gallery, visitor, hosts);
    });

    private static void Change(MadeGalleryFile file, Action<GalleryFile> change)
    {
        using GalleryFile gallery = file.Open();
        change(gallery);
    }

    private static string Refusal(Action action) => Assert.Throws<UserErrorException>(action).Message;
}
