using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Galleries;

public sealed class GalleryConsentsTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly MadeGalleryFile _made = new();

    public void Dispose()
    {
        _made.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void AConsentIsSetChangedAndRemoved()
    {
        _made.Add("anna", null, 0);
        using GalleryFile gallery = _made.Open();
        Assert.Null(gallery.Person("anna").Consent);
        GalleryConsents.Set(gallery, "ANNA", Consent.Parse("2026-03-01", "form 17"));
        Assert.Equal("2026-03-01 (form 17)", $"{gallery.Person("anna").Consent}");
        GalleryConsents.Set(gallery, "anna", Consent.Parse("2026-03-02", ""));
        Assert.Equal("2026-03-02", $"{gallery.Person("anna").Consent}");
        GalleryConsents.Set(gallery, "anna", null);
        Assert.Null(gallery.Person("anna").Consent);
    }

    [Fact]
    public void ARemovedPersonsConsentIsRemovedToo()
    {
        _made.Add("anna", null, 0);
        using (GalleryFile gallery = _made.Open())
        {
            GalleryConsents.Set(gallery, "anna", Consent.Parse("2026-03-01", "in the blue folder"));
            gallery.Remove("anna");
        }

        Assert.True(File.ReadAllBytes(_made.Path).AsSpan().IndexOf("blue folder"u8) < 0);
    }

    [Fact]
    public void AGalleryOfAnOlderFormatHasNoConsentsUntilOneIsSet()
    {
        OldGallery.Make(_made.Path, 3);
        using (GalleryFile older = GalleryFile.OpenToRead(_made.Path))
            Assert.All(older.People, person => Assert.Null(person.Consent));
        using GalleryFile gallery = _made.Open();
        GalleryConsents.Set(gallery, "anna", Consent.Parse("2026-03-01", ""));
        Assert.Equal(["2026-03-01", null], gallery.People.Select(person => person.Consent?.Day));
    }

    [Theory]
    [InlineData("2026-02-30", "")]
    [InlineData("yesterday", "")]
    [InlineData("2026-03-01", "two\nlines")]
    [InlineData("2026-03-01", "\u001b[31m")]
    public void ADayThatIsNoneOrANoteThatCommandsTheTerminalIsRefused(string day, string note) =>
        Assert.Throws<UserErrorException>(() => Consent.Parse(day, note));

    [Fact]
    public void ADayToComeIsRefused()
    {
        Consent consent = Consent.Parse("2026-03-02", "");
        Assert.Same(consent, consent.NotAfter(consent.Date));
        string refusal = Assert.Throws<UserErrorException>(() => consent.NotAfter(consent.Date.AddDays(-1))).Message;
        Assert.Contains("still to come", refusal, StringComparison.Ordinal);
        Assert.Contains("2026-03-01 at the latest", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void AnArchiveCarriesTheConsents()
    {
        string source = _folder.File("gallery.db"), archive = _folder.File("people.zip");
        people.CopyGalleryTo(source);
        using (GalleryFile gallery = GalleryFile.OpenToChange(source, MadeGalleryFile.Time))
            GalleryConsents.Set(gallery, "nora", Consent.Parse("2026-03-01", "form 17"));
        Assert.Equal(1, GalleryExport.Write(source, archive, [], withCrops: false, overwrites: false, MadeGalleryFile.Time).Consents);
        using GalleryArchive opened = GalleryArchive.Open(archive, _folder.Path);
        using GalleryFile there = _made.Open();
        GalleryImport import = new(there, new LoadedNetworks(people.Reader, FacePipelineFactory.ThresholdsForCommands(people.Reader,
            new())),
            identifies: false, new PeopleOptions(), MadeGalleryFile.Time);
        import.Run(opened, OnSameName.Refuse);
        Assert.Equal([null, "2026-03-01 (form 17)"], there.People.Select(person => person.Consent?.ToString()));
    }

    [Fact]
    public void AnArchiveOfAnEarlierVersionHasNone()
    {
        string source = _folder.File("gallery.db"), archive = _folder.File("people.zip");
        people.CopyGalleryTo(source);
        GalleryExport.Write(source, archive, [], withCrops: false, overwrites: false, MadeGalleryFile.Time);
        using (System.IO.Compression.ZipArchive zip = System.IO.Compression.ZipFile.Open(archive,
            System.IO.Compression.ZipArchiveMode.Update))
        {
            System.IO.Compression.ZipArchiveEntry member = zip.GetEntry(ArchiveManifest.Member)!;
            string json;
            using (StreamReader reader = new(member.Open()))
                json = reader.ReadToEnd();
            Assert.Contains("\"consents\": 0", json, StringComparison.Ordinal);
            member.Delete();
            using StreamWriter writer = new(zip.CreateEntry(ArchiveManifest.Member).Open());
            writer.Write(json.Replace(",\n  \"consents\": 0", "", StringComparison.Ordinal));
        }

        using GalleryArchive opened = GalleryArchive.Open(archive, _folder.Path);
        Assert.Equal((2, 0L), (opened.Everybody.People.Length, opened.Manifest.Consents));
    }
}
