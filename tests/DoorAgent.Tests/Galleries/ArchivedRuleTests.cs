using DoorAgent.Encodings;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Galleries;

/// <summary>What an archive of people does with the rule of comparison and the centre of the gallery.</summary>
public sealed class ArchivedRuleTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>, IDisposable
{
    private static readonly ComparisonRule Mean = ComparisonRule.Nearest with { Template = TemplateKind.Mean };

    private readonly TempFolder _folder = new();
    private readonly MadeGalleryFile _there = new();

    private string Source => _folder.File("source.db");

    private string Archive => _folder.File("people.zip");

    public void Dispose()
    {
        _folder.Dispose();
        _there.Dispose();
    }

    [Fact]
    public void TheCentreStaysAtItsSiteAndTheRestOfTheRuleTravels()
    {
        Export(Mean with { IsCentred = true });
        using GalleryArchive archive = GalleryArchive.Open(Archive, _folder.Path);
        Assert.Equal((Mean, 6), (archive.Rule, archive.Everybody.EncodingCount));
        using GalleryFile inside = GalleryFile.OpenToRead(archive.GalleryFile), here = GalleryFile.OpenToRead(Source);
        Assert.Equal((null, true), (inside.Centre, here.Centre is not null));
    }

    [Fact]
    public void AnEmptyGalleryTakesTheArchivesRuleAndAnotherKeepsItsOwn()
    {
        Export(Mean);
        using GalleryFile there = _there.Open();
        Import(there, OnSameName.Refuse);
        Assert.Equal((Mean, 2), (there.Rule, there.Read(EncoderIdentity.Of(people.Reader)).EncodingCount));
        there.Change((connection, _) => GalleryRules.Write(connection, ComparisonRule.Nearest));
        Import(there, OnSameName.Replace);
        Assert.Equal((ComparisonRule.Nearest, 6), (there.Rule, there.Read(EncoderIdentity.Of(people.Reader)).EncodingCount));
    }

    [Fact]
    public void EncodingsWithMirrorImagesDoNotComeIntoAGalleryWithout()
    {
        Export(ComparisonRule.Nearest with { Flip = FlipUse.Both });
        using GalleryFile there = _there.Open();
        KeptFaces.Enrol(there, people.Reader, "emil", keeps: false);
        string why = Assert.Throws<UserErrorException>(() => Import(there, OnSameName.Refuse)).Message;
        Assert.Contains("made with mirror images, and this gallery's without mirror images", why, StringComparison.Ordinal);
        Assert.Contains("there with 'dooragent people rule nearest' before the export", why, StringComparison.Ordinal);
        Assert.Contains("here with 'dooragent people rule nearest+flip'", why, StringComparison.Ordinal);
        Assert.Single(there.People);
    }

    [Fact]
    public void AnArchiveOfAnUnknownRuleIsRefused()
    {
        Export(ComparisonRule.Nearest);
        File.Delete(Archive);
        using (GalleryFile source = new(Source, MadeGalleryFile.Time))
            source.Change((connection, _) => Sqlite.Run(connection, "UPDATE gallery SET calibration = 'nearest+infrared'"));
        Assert.Contains("'nearest+infrared'", Assert.Throws<UserErrorException>(
            () => GalleryExport.Write(Source, Archive, [], withCrops: false, overwrites: false, MadeGalleryFile.Time)).Message,
            StringComparison.Ordinal);
    }

    private void Export(ComparisonRule rule)
    {
        people.CopyGalleryTo(Source);
        using (GalleryFile source = new(Source, MadeGalleryFile.Time))
        {
            source.Change((connection, now) =>
            {
                GalleryRules.Write(connection, rule);
                if (rule.IsCentred)
                    GalleryCentres.Write(connection, EncodingCentre.Of(source.PicturesOf("adam")[0].Encoding.Vector, 128, [0]), 20, now);
            });
        }

        GalleryExport.Write(Source, Archive, [], withCrops: false, overwrites: false, MadeGalleryFile.Time);
    }

    private void Import(GalleryFile there, OnSameName onSameName)
    {
        using GalleryArchive archive = GalleryArchive.Open(Archive, _folder.Path);
        Thresholds thresholds = new(new MatchingOptions { Distance = 0.5 }, null, GalleryImport.RuleOf(there, archive));
        new GalleryImport(there, new LoadedNetworks(people.Reader, thresholds), identifies: false, new PeopleOptions(),
            MadeGalleryFile.Time).Run(archive, onSameName);
    }
}
