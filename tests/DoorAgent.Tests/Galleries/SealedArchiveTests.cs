using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Tests.Galleries;

/// <summary>Archives that are sealed with a passphrase, between sealed and open galleries.</summary>
public sealed class SealedArchiveTests : IDisposable
{
    private const string Secret = "six words that nobody else chooses";

    private static readonly KeyRing Here = new([DoorKey.Generate()], null), There = new([DoorKey.Generate()], null), None = new([], null);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    [InlineData(true, true, false)]
    [InlineData(false, true, false)]
    public void PeopleTravelWithFacesPinsAndBadgesAndAreSealedAgainForTheirNewRows(bool isSealedHere, bool isSealedArchive, bool isSealedThere)
    {
        KeyRing here = isSealedHere ? Here : None, there = isSealedThere ? There : None;
        Fill(here);
        ArchiveManifest made = Export(here, isSealedArchive ? Secret : null);
        Assert.Equal((2L, 3L, 3L, 6L, isSealedArchive), (made.People, made.Badges, made.Encodings, made.Crops, made.IsSealed));
        Assert.Equal(!isSealedArchive, IsIn(Archive, "gallery.db"));
        // The newcomers get other row ids there.
        using (GalleryFile other = new(OfThere, MadeGalleryFile.Time, there))
            other.AddPerson(PersonName.Parse("zoe"), false, MadeGalleryFile.Card(9), MadeEncodings.Encoder, [MadeEncodings.Picture(180, 1)]);
        using (GalleryArchive archive = GalleryArchive.Open(Archive, _folder.Path, () => Secret))
        using (GalleryFile other = new(OfThere, MadeGalleryFile.Time, there))
        {
            RowCopy.Run(other, other.Query(GalleryRows.ReadStamp), archive.GalleryFile, archive.Seal,
                new GalleryMethod(MadeEncodings.Encoder, ComparisonRule.Nearest), archive.Everybody.People, MadeGalleryFile.Time.GetUtcNow(),
                MadeGalleryFile.Time.GetUtcNow().AddDays(30));
        }

        using GalleryFile file = GalleryFile.OpenToRead(OfThere, there);
        Gallery read = file.Read(MadeEncodings.Encoder);
        Person anna = read.Find(MadeGalleryFile.Card(1))!.Value.Person;
        Assert.Equal(("anna", "bert"), (anna.Name, read.Find(MadeGalleryFile.Card(2))!.Value.Person.Name));
        Assert.Equal(BadgeState.Lost, read.Find(MadeGalleryFile.Card(3))!.Value.State);
        Assert.Equal((PinAnswer.Right, PinAnswer.Duress), (anna.Pin!.Verify("4711"), anna.Pin.Verify("1177")));
        Assert.Equal(MadeEncodings.At(5).Vector.ToArray(), read.VectorsOf(anna)[read.Dimension..].ToArray());
        Assert.Equal(4, file.Query(connection => PersonRows.CropsOf(connection, anna.Id)).Count(
            crop => GalleryCrops.Decode(crop.Png, crop.Alignment).Picture.Width > 0));
        Assert.Empty(Directory.GetFiles(_folder.Path, "*port-*"));
    }

    [Fact]
    public void NoFaceAndNoBadgeIsReadableInASealedArchiveNorWhileItIsMade()
    {
        Fill(Here);
        Export(Here, Secret);
        byte[] archive = File.ReadAllBytes(Archive);
        Assert.All(new[] { Encoding.UTF8.GetBytes(MadeGalleryFile.Card(1).Number), Encoding.UTF8.GetBytes("anna"), "SQLite format 3"u8.ToArray(),
            MemoryMarshal.AsBytes(MadeEncodings.At(90).Vector).ToArray() }, secret => Assert.True(archive.AsSpan().IndexOf(secret) < 0));
        using GalleryArchive opened = GalleryArchive.Open(Archive, _folder.Path, () => Secret);
        byte[] unpacked = File.ReadAllBytes(opened.GalleryFile);
        Assert.True(unpacked.AsSpan().IndexOf(MemoryMarshal.AsBytes(MadeEncodings.At(90).Vector)) < 0);
        Assert.True(unpacked.AsSpan().IndexOf("anna"u8) > 0);
    }

    [Fact]
    public void AWrongPassphraseOrNoneIsNamedAndNothingIsLeft()
    {
        Fill(None);
        Export(None, Secret);
        string[] before = Directory.GetFiles(_folder.Path);
        Assert.Contains("nothing was written. The passphrase is wrong.", Refusal(() => GalleryArchive.Open(Archive, _folder.Path, () => "other")),
            StringComparison.Ordinal);
        Assert.Contains("is sealed with a passphrase", Refusal(() => GalleryArchive.Open(Archive, _folder.Path)), StringComparison.Ordinal);
        Assert.Equal(before.Order(), Directory.GetFiles(_folder.Path).Order());
    }

    [Fact]
    public void AChangedByteAndACutAreFound()
    {
        Fill(None);
        Export(None, Secret);
        byte[] whole = File.ReadAllBytes(Archive);
        int at = whole.AsSpan().IndexOf(Encoding.UTF8.GetBytes(ArchiveManifest.SealedMember)) + 200;
        whole[at] ^= 1;
        File.WriteAllBytes(Archive, whole);
        Assert.Contains("is not a complete archive of people", Refusal(() => GalleryArchive.Open(Archive, _folder.Path, () => Secret)),
            StringComparison.Ordinal);
        File.WriteAllBytes(Archive, whole[..^500]);
        Assert.Contains("is not a complete archive of people", Refusal(() => GalleryArchive.Open(Archive, _folder.Path, () => Secret)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void AnOpenArchiveWithASealedGalleryIsRefused()
    {
        Fill(None);
        Export(None, null);
        using (ZipArchive zip = ZipFile.Open(Archive, ZipArchiveMode.Update))
        {
            string db = _folder.File("inner.db");
            zip.GetEntry("gallery.db")!.ExtractToFile(db);
            using (SqliteConnection connection = new($"Data Source={db};Pooling=False"))
            {
                connection.Open();
                Sqlite.Run(connection, "UPDATE gallery SET key_id = '0123456789abcdef', digest = zeroblob(32)");
            }

            ArchiveManifest manifest;
            using (MemoryStream json = new())
            {
                using (Stream member = zip.GetEntry("manifest.json")!.Open())
                    member.CopyTo(json);
                manifest = ArchiveManifest.Parse(json.ToArray()) with
                {
                    Bytes = new FileInfo(db).Length, Sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
                        File.ReadAllBytes(db))),
                };
            }

            zip.GetEntry("gallery.db")!.Delete();
            zip.GetEntry("manifest.json")!.Delete();
            zip.CreateEntryFromFile(db, "gallery.db");
            using Stream written = zip.CreateEntry("manifest.json").Open();
            written.Write(manifest.ToJson());
        }

        Assert.Contains("its gallery is not sealed as the archive is", Refusal(() => GalleryArchive.Open(Archive, _folder.Path)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void AnExportOfASealedGalleryNeedsItsKey()
    {
        Fill(Here);
        Assert.Contains("is sealed with the key", Refusal(() => Export(There, Secret)), StringComparison.Ordinal);
        Assert.False(File.Exists(Archive));
    }

    private string Archive => _folder.File("people.zip");

    private string OfHere => Path.Combine(_folder.Path, "here", "gallery.db");

    private string OfThere => Path.Combine(_folder.Path, "there", "gallery.db");

    private void Fill(KeyRing keys)
    {
        using GalleryFile file = new(OfHere, MadeGalleryFile.Time, keys);
        file.AddPerson(PersonName.Parse("anna"), false, MadeGalleryFile.Card(1), MadeEncodings.Encoder,
            [KeptFaces.Made(0, 1), KeptFaces.Made(5, 2)], TimeSpan.FromDays(30));
        file.AddPerson(PersonName.Parse("bert"), false, MadeGalleryFile.Card(2), MadeEncodings.Encoder, [KeptFaces.Made(90, 1)],
            TimeSpan.FromDays(30));
        file.AddBadge("bert", MadeGalleryFile.Card(3));
        file.SetBadge(MadeGalleryFile.Card(3), BadgeState.Lost);
        file.SetPin("anna", Pin.Parse("4711"), isDuress: false);
        file.SetPin("anna", Pin.Parse("1177"), isDuress: true);
    }

    private ArchiveManifest Export(KeyRing keys, string? passphrase) => GalleryExport.Write(OfHere, Archive, [], withCrops: true,
        overwrites: false, MadeGalleryFile.Time, passphrase is null ? null : () => passphrase, keys);

    private static bool IsIn(string archive, string member)
    {
        using ZipArchive zip = ZipFile.OpenRead(archive);
        return zip.GetEntry(member) is not null;
    }

    private static string Refusal(Action action) => Assert.Throws<UserErrorException>(action).Message;
}
