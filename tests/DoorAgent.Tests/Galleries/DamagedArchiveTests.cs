using System.IO.Compression;
using CsCheck;
using DoorAgent.Galleries;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Galleries;

/// <summary>Damaged and forged archives of people.</summary>
public sealed class DamagedArchiveTests : IClassFixture<EnrolledPeople>, IDisposable
{
    private readonly TempFolder _folder = new();

    public DamagedArchiveTests(EnrolledPeople people)
    {
        people.CopyGalleryTo(Source);
        GalleryExport.Write(Source, Archive, [], withCrops: false, overwrites: false, MadeGalleryFile.Time);
    }

    public void Dispose() => _folder.Dispose();

    private string Archive => _folder.File("people.zip");

    private string Source => _folder.File("gallery.db");

    [Fact]
    public void EveryChangedByteIsNoticedOrHarmless()
    {
        byte[] whole = File.ReadAllBytes(Archive);
        float[] vectors;
        using (GalleryArchive archive = GalleryArchive.Open(Archive, _folder.Path))
            vectors = archive.Everybody.Vectors.ToArray();
        string changed = _folder.File("changed.zip");
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Int[1, 255]).Sample((at, by) =>
        {
            byte[] bytes = [.. whole];
            bytes[at] ^= (byte)by;
            File.WriteAllBytes(changed, bytes);
            try
            {
                using GalleryArchive archive = GalleryArchive.Open(changed, _folder.Path);
                Assert.Equal(vectors, archive.Everybody.Vectors.ToArray());
            }
            catch (UserErrorException)
            {
                // Most changes are refused; only times and flags of the ZIP format may differ.
            }
        }, iter: 300, threads: 1);
        Assert.Empty(Directory.GetFiles(_folder.Path, "import-*"));
    }

    [Fact]
    public void ATruncatedArchiveIsRefused()
    {
        byte[] whole = File.ReadAllBytes(Archive);
        string cut = _folder.File("cut.zip");
        Gen.Int[0, whole.Length - 1].Sample(length =>
        {
            File.WriteAllBytes(cut, whole[..length]);
            Assert.Contains("is truncated, or is not a ZIP file", Refusal(cut), StringComparison.Ordinal);
        }, iter: 50, threads: 1);
    }

    [Theory]
    [InlineData("\"format\": 1", "\"format\": 3", "The archive has format 3, and this dooragent reads up to format 2")]
    [InlineData("\"people\": 2", "\"people\": 3", "the numbers of people")]
    [InlineData("\"alignment\": 2", "\"alignment\": 1", "another encoder than the gallery")]
    [InlineData("\"format\": 1", "\"format\": one", "not a complete archive")]
    [InlineData("\"sha256\":", "\"sha\":", "the encoder or the digest is missing")]
    [InlineData("\"bytes\": ", "\"bytes\": 1", "its length is not the one")]
    public void AManifestThatDoesNotMatchIsRefused(string from, string to, string why)
    {
        Rewrite(manifest => manifest.Replace(from, to, StringComparison.Ordinal), null);
        Assert.Contains(why, Refusal(Archive), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE encoding SET vector = zeroblob(512) WHERE id = 2", "(row 2) that is not a unit vector")]
    [InlineData("UPDATE badge SET number = x'41' WHERE id = 1", "is not a badge number")]
    [InlineData("UPDATE person SET name = 'a/b', name_key = 'A/B' WHERE name = 'adam'", "'a/b' is not a name")]
    [InlineData("UPDATE person SET name_key = 'BERT' WHERE name = 'adam'", "the name adam is stored in a wrong form")]
    [InlineData("DELETE FROM person WHERE name = 'adam'", "refers to a person that does not exist")]
    [InlineData("PRAGMA user_version = 99", "nothing was written. The gallery in the archive was written by a newer dooragent")]
    [InlineData("PRAGMA application_id = 99", "another program")]
    [InlineData("UPDATE gallery SET active_encoder = NULL", "names no encoder")]
    [InlineData("UPDATE person SET schedule = char(27) || '[2J' WHERE name = 'adam'", "the schedule of adam is stored in a wrong form")]
    [InlineData("UPDATE person SET added = char(27) || '[2J' WHERE name = 'adam'", "contains a time in a wrong form")]
    [InlineData("INSERT INTO crop SELECT id, zeroblob(32), 2, x'00', '9' FROM person", "contains a time in a wrong form")]
    [InlineData("DROP TABLE pin; CREATE TABLE pin (person, salt, iterations, digest, duress, added); INSERT INTO pin VALUES (1, x'00', "
        + "99999999999, x'00', NULL, '')", "has invalid content")]
    [InlineData("DROP TABLE badge; CREATE TABLE badge (id, person, number, hint, state, added); INSERT INTO badge VALUES (1, 77, "
        + "CAST('H10301:1:1' AS BLOB), '', 'active', '')", "has invalid content")]
    public void AnInvalidGalleryInAnArchiveIsRefusedAlthoughItsDigestIsRight(string sql, string why)
    {
        Rewrite(manifest => manifest, file =>
        {
            using Microsoft.Data.Sqlite.SqliteConnection connection = new($"Data Source={file};Pooling=False;Foreign Keys=False");
            connection.Open();
            Sqlite.Run(connection, sql);
        });
        string refusal = Refusal(Archive);
        Assert.Contains(why, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("import-", refusal, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path, "import-*"));
    }

    [Fact]
    public void APipeOrADeviceIsRefusedWithoutWaiting() =>
        Assert.StartsWith("There is no file /dev/null", Refusal("/dev/null"), StringComparison.Ordinal);

    [Fact]
    public void AnArchiveThatWouldFillTheDiskIsNotUnpacked()
    {
        Rewrite(manifest => System.Text.RegularExpressions.Regex.Replace(manifest, "\"bytes\": [0-9]+",
            $"\"bytes\": {uint.MaxValue - 1}"), null);
        byte[] bytes = File.ReadAllBytes(Archive);
        // In the directory at the end of a ZIP file, the unpacked length is 24 bytes after the member's signature, and the name 46 bytes.
        int at = bytes.AsSpan().LastIndexOf("gallery.db"u8) - 46;
        BitConverter.TryWriteBytes(bytes.AsSpan(at + 24), uint.MaxValue - 1);
        File.WriteAllBytes(Archive, bytes);
        Assert.Contains("would unpack to 4,294,967,294 bytes", Refusal(Archive), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path, "import-*"));
    }

    private string Refusal(string archive) => Assert.Throws<UserErrorException>(() => GalleryArchive.Open(archive, _folder.Path)).Message;

    /// <summary>Changes the archive with a text replacement and SQL, and corrects its digest.</summary>
    private void Rewrite(Func<string, string> manifest, Action<string>? gallery)
    {
        string folder = _folder.File("taken-out"), file = Path.Combine(folder, ArchiveManifest.GalleryMember),
            text = Path.Combine(folder, ArchiveManifest.Member);
        ZipFile.ExtractToDirectory(Archive, folder);
        if (gallery is not null)
        {
            gallery(file);
            byte[] content = File.ReadAllBytes(file);
            ArchiveManifest read = ArchiveManifest.Parse(File.ReadAllBytes(text));
            File.WriteAllBytes(text, (read with { Bytes = content.Length,
                Sha256 = DoorAgent.Networks.ModelStore.Digest(content) }).ToJson());
        }

        File.WriteAllText(text, manifest(File.ReadAllText(text)));
        File.Delete(Archive);
        ZipFile.CreateFromDirectory(folder, Archive);
        Directory.Delete(folder, recursive: true);
    }
}
