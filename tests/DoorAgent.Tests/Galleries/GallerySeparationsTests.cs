using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Galleries;

public sealed class GallerySeparationsTests : IDisposable
{
    private readonly MadeGalleryFile _file = new();
    private readonly MadeGalleryFile _other = new();

    public void Dispose()
    {
        _file.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void APairIsWrittenInAnyOrderReplacedAndRemoved()
    {
        AddPeople(_file);
        Gallery before = _file.Read();
        (long anna, long bert) = (before.People[0].Id, before.People[1].Id);
        Set(_file, new SeparatedPair(bert, anna, 0.7f));
        Assert.Equal([new SeparatedPair(anna, bert, 0.7f)], _file.Read().Separated);
        Assert.False(_file.Read().IsSameAs(before));
        Set(_file, new SeparatedPair(anna, bert, 0.6f));
        Assert.Equal([new SeparatedPair(anna, bert, 0.6f)], _file.Read().Separated);
        using GalleryFile gallery = _file.Open();
        gallery.Change((connection, _) => Assert.True(GallerySeparations.Remove(connection, bert, anna)));
        gallery.Change((connection, _) => Assert.False(GallerySeparations.Remove(connection, bert, anna)));
        Assert.Empty(_file.Read().Separated);
    }

    [Fact]
    public void AnEnrolmentNeverLoosensAPair()
    {
        AddPeople(_file);
        Separate(_file, "anna", "bert", 0.5f);
        Separate(_file, "bert", "carla", 0.8f);
        using GalleryFile gallery = _file.Open();
        GallerySeparations.Set(gallery, "bert", [("anna", 0.7f), ("carla", 0.6f)]);
        Assert.Equal([0.5f, 0.6f], _file.Read().Separated.Select(pair => pair.Distance));
    }

    [Fact]
    public void APairDisappearsWithAPersonAndStaysWithANewName()
    {
        AddPeople(_file);
        Separate(_file, "anna", "bert", 0.7f);
        Separate(_file, "anna", "carla", 0.8f);
        using GalleryFile gallery = _file.Open();
        gallery.Rename("anna", PersonName.Parse("Annabel"));
        Assert.Equal(2, _file.Read().Separated.Length);
        gallery.Remove("bert");
        Assert.Equal(0.8f, Assert.Single(_file.Read().Separated).Distance);
    }

    [Fact]
    public void AGalleryOfAnOlderFormatHasNoPairs()
    {
        OldGallery.Make(_file.Path, 3);
        using GalleryFile gallery = GalleryFile.OpenToRead(_file.Path);
        Assert.Empty(gallery.Query(GallerySeparations.Read));
    }

    [Fact]
    public void CopiedPeopleBringTheirPairsAndAPairHereSurvivesTheReplacement()
    {
        AddPeople(_file);
        AddPeople(_other);
        Separate(_file, "anna", "bert", 0.7f);
        Separate(_file, "anna", "carla", 0.5f);
        Separate(_other, "anna", "bert", 0.6f);
        Separate(_other, "anna", "carla", 0.9f);
        Separate(_other, "bert", "carla", 0.4f);
        using (GalleryFile gallery = _other.Open())
        {
            gallery.Remove("carla");
            gallery.Rename("anna", PersonName.Parse("ANNA"));
        }

        using (GalleryFile gallery = _file.Open())
        {
            gallery.Change((connection, _) => Sqlite.Run(connection, "DELETE FROM look_alike WHERE distance > 0.65"));
            RowCopy.Run(gallery, gallery.Query(GalleryRows.ReadStamp), _other.Path, GallerySeal.None,
                new GalleryMethod(MadeEncodings.Encoder, ComparisonRule.Nearest), _other.Read().People,
                MadeGalleryFile.Time.GetUtcNow(), null);
        }

        Gallery read = _file.Read();
        Assert.Equal([("ANNA", "bert", 0.6f), ("ANNA", "carla", 0.5f)],
            read.Separated.Select(pair => (read.Find(pair.One)!.Name, read.Find(pair.Other)!.Name, pair.Distance)));
    }

    private static void AddPeople(MadeGalleryFile file)
    {
        file.Add("anna", null, 0);
        file.Add("bert", null, 20);
        file.Add("carla", null, 40);
    }

    private static void Separate(MadeGalleryFile file, string one, string other, float distance)
    {
        Gallery gallery = file.Read();
        Set(file, new SeparatedPair(gallery.People.Single(person => person.Name == one).Id,
            gallery.People.Single(person => person.Name == other).Id, distance));
    }

    private static void Set(MadeGalleryFile file, SeparatedPair pair)
    {
        using GalleryFile gallery = file.Open();
        gallery.Change((connection, now) => GallerySeparations.Set(connection, pair, now));
    }
}
