using DoorAgent.Galleries;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Galleries;

/// <summary>Any file in the place of a gallery is read, or refused with our one exception, in a short time.</summary>
public sealed class HostileGalleryTests : IDisposable
{
    private readonly MadeGalleryFile _file = new();

    public HostileGalleryTests()
    {
        _file.Add("anna", MadeGalleryFile.Card(1), 0, 20);
        using GalleryFile file = _file.Open();
        file.SetPin("anna", Pin.Parse("4711"), isDuress: false);
    }

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("UPDATE encoder SET alignment = 2147483648", "its alignment of 2147483648 is not between 0 and 2147483647")]
    [InlineData("UPDATE encoder SET alignment = -1", "its alignment of -1 is not between")]
    [InlineData("PRAGMA ignore_check_constraints = ON; UPDATE encoder SET dimension = 2147483647", "its dimension of 2147483647 is not "
        + "between 16 and 4096")]
    [InlineData("UPDATE gallery SET revision = -1", "a revision of 0 or more")]
    [InlineData("UPDATE gallery SET revision = 9223372036854775807", "a revision of 0 or more")]
    [InlineData("DELETE FROM gallery", "does not have exactly one row")]
    [InlineData("PRAGMA ignore_check_constraints = ON; UPDATE gallery SET mark = x''", "does not have exactly one row")]
    [InlineData("CREATE VIEW endless AS SELECT 1", "it contains a view called endless")]
    [InlineData("CREATE TRIGGER t AFTER UPDATE ON gallery BEGIN DELETE FROM badge; END", "it contains a trigger called t")]
    [InlineData("CREATE VIRTUAL TABLE v USING fts5(x)", "it contains a table called v")]
    [InlineData("PRAGMA foreign_keys = OFF; DROP TABLE gallery; CREATE VIEW gallery AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
        + "SELECT i + 1 FROM n) SELECT 1 AS id, max(i) AS revision FROM n", "it contains a view called gallery")]
    [InlineData("ALTER TABLE person ADD COLUMN c INTEGER AS (length(name))", "the column c of its table person is computed")]
    [InlineData("ALTER TABLE person DROP COLUMN extended", "the column extended of its table person is missing")]
    [InlineData("DROP TABLE pin; CREATE TABLE pin (person INTEGER PRIMARY KEY, salt, iterations, digest, duress, added)", "no such "
        + "table: pin")]
    [InlineData("DROP TABLE crop; CREATE TABLE crop (person INTEGER NOT NULL, picture TEXT NOT NULL, alignment INTEGER NOT NULL, png "
        + "BLOB NOT NULL, keep_until TEXT, PRIMARY KEY (person, picture, alignment)) STRICT", "the column picture of its table crop")]
    [InlineData("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE VIEW badge AS SELECT 1' WHERE name = "
        + "'badge'", "gallery.db")]
    [InlineData("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'nonsense' WHERE name = 'badge'", "damaged")]
    [InlineData("PRAGMA ignore_check_constraints = ON; UPDATE pin SET iterations = 2000000000", "its iterations of 2000000000 is not "
        + "between 10000 and 1000000")]
    [InlineData("PRAGMA ignore_check_constraints = ON; UPDATE pin SET salt = zeroblob(1)",
        "the salt of a PIN has 1 bytes and must have 16")]
    [InlineData("PRAGMA user_version = 0", "its format never existed")]
    [InlineData("PRAGMA user_version = -5", "its format never existed")]
    public void InvalidContentIsRefusedByEveryReader(string change, string words)
    {
        _file.Sql(change);
        Assert.Contains(words, Assert.Throws<UserErrorException>(() => _file.Read()).Message, StringComparison.Ordinal);
        using GalleryWatch watch = new(_file.Path, named => (named.Encoder, null), TimeProvider.System);
        Assert.Contains(words, watch.Poll()!.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void AnArchiveWithAnEndlessViewIsRefusedWithoutRunningTheView()
    {
        string archive = Shared.Need("cases/view.zip"), folder = Path.GetDirectoryName(_file.Path)!;
        Assert.Contains("it contains a view called gallery",
            Assert.Throws<UserErrorException>(() => GalleryArchive.Open(archive, folder)).Message, StringComparison.Ordinal);
        System.IO.Compression.ZipFile.ExtractToDirectory(archive, folder, overwriteFiles: true);
        Assert.Contains("it contains a view called gallery",
            Assert.Throws<UserErrorException>(() => GalleryFile.OpenToRead(_file.Path)).Message, StringComparison.Ordinal);
        Assert.Contains("it contains a view called gallery",
            Assert.Throws<UserErrorException>(() => GalleryEncoders.ActiveName(_file.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CheckConstraintsOfTheFileAreNotEvaluated()
    {
        // A foreign gallery may contain any constraint; this one would use a gigabyte of memory for each row.
        _file.Sql("PRAGMA foreign_keys = OFF; PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'length(name) "
            + "BETWEEN 1 AND 64', 'length(hex(zeroblob(400000000))) > 9') WHERE name = 'person'");
        long before = GC.GetTotalAllocatedBytes();
        Assert.Equal("anna", _file.Read().People[0].Name);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 100_000_000);
    }

    [Fact]
    public void AForeignTableIsIgnored()
    {
        _file.Sql("CREATE TABLE note (text); CREATE INDEX by_text ON note (text)");
        Assert.Equal("anna", _file.Read().People[0].Name);
    }

    [Fact]
    public void ADamagedVectorIsReportedByEveryReaderOfPictures()
    {
        _file.Sql("UPDATE encoding SET vector = zeroblob(64) WHERE id = 2");
        using GalleryFile file = _file.Open();
        Assert.Contains("(row 2) that is not a unit vector", Assert.Throws<UserErrorException>(() => file.PicturesOf("anna")).Message,
            StringComparison.Ordinal);
    }
}
