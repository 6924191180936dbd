using DoorAgent.Galleries;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Galleries;

public sealed class GalleryRefusalTests : IDisposable
{
    private readonly MadeGalleryFile _file = new();

    public GalleryRefusalTests()
    {
        _file.Add("anna", MadeGalleryFile.Card(1), 0, 20, 40);
        _file.Add("bert", MadeGalleryFile.Card(2), 90, 110);
    }

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("PRAGMA application_id = 7", "another program")]
    [InlineData("PRAGMA user_version = 8", "newer dooragent (format 8")]
    [InlineData("UPDATE gallery SET active_encoder = NULL", "names no encoder")]
    [InlineData("UPDATE encoder SET alignment = 9", "cannot be compared")]
    [InlineData("UPDATE encoder SET sha256 = zeroblob(32)", "cannot be compared")]
    [InlineData("UPDATE encoding SET vector = zeroblob(64) WHERE id = 4", "(row 4) that is not a unit vector")]
    [InlineData("UPDATE encoding SET vector = zeroblob(60) WHERE id = 2", "(row 2) that is not a unit vector")]
    [InlineData("UPDATE encoding SET vector = zeroblob(0) WHERE id = 3", "(row 3) that is not a unit vector")]
    [InlineData("UPDATE encoding SET vector = CAST(x'0000C07F' || zeroblob(60) AS BLOB) WHERE id = 5", "(row 5) that is not a unit vector")]
    [InlineData("UPDATE person SET valid_until = 'soon' WHERE name = 'bert'", "bert has an invalid date in the gallery (valid_until)")]
    [InlineData("DROP TABLE badge", "no such table: badge")]
    [InlineData("PRAGMA foreign_keys = OFF; DELETE FROM person WHERE name = 'bert'", "refers to a person that does not exist")]
    [InlineData("PRAGMA foreign_keys = OFF; DELETE FROM encoding; DELETE FROM person WHERE name = 'bert'", "row 2 of the table badge "
        + "refers to a person that does not exist")]
    [InlineData("PRAGMA foreign_keys = OFF; DELETE FROM badge; DELETE FROM person WHERE name = 'bert'", "row 4 of the table encoding "
        + "refers to a person that does not exist")]
    [InlineData("UPDATE encoder SET dimension = 32; UPDATE encoding SET vector = CAST(vector || zeroblob(64) AS BLOB)", "cannot be "
        + "compared")]
    public void EachUntrustedGalleryIsRefusedWithItsOwnMessage(string change, string words)
    {
        _file.Sql(change);
        Assert.Contains(words, Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatIsNotADatabaseIsRefused()
    {
        File.WriteAllText(_file.Path, new string('x', 5000));
        Assert.Contains("it is not a database.", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void ADirectoryInPlaceOfTheFileIsRefusedByReadersAndWriters()
    {
        File.Delete(_file.Path);
        Directory.CreateDirectory(_file.Path);
        Assert.Contains("is a directory, but a gallery is a file", Refusal(), StringComparison.Ordinal);
        Assert.Contains("is a directory, but a gallery is a file",
            Assert.Throws<UserErrorException>(() => _file.Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATruncatedFileIsRefused()
    {
        using (FileStream stream = File.OpenWrite(_file.Path))
            stream.SetLength(stream.Length / 2);
        string refusal = Refusal();
        Assert.Contains("damaged (SQLite Error 11", refusal, StringComparison.Ordinal);
        // SQLite's own words end with a full stop.
        Assert.DoesNotContain("'.)", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryOverwrittenPageIsNoticed()
    {
        byte[] whole = File.ReadAllBytes(_file.Path);
        const int page = 4096;
        for (int at = page; at < whole.Length; at += page)
        {
            byte[] damaged = [.. whole];
            damaged.AsSpan(at, page).Fill(0x5A);
            File.WriteAllBytes(_file.Path, damaged);
            Assert.Contains(_file.Path, Refusal(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AWriterRefusesTheSameFiles()
    {
        _file.Sql("PRAGMA user_version = 8");
        Assert.Throws<UserErrorException>(() => _file.Open());
        File.WriteAllText(_file.Path, new string('x', 5000));
        Assert.Throws<UserErrorException>(() => _file.Open());
        Assert.Equal(5000, new FileInfo(_file.Path).Length);
    }

    [Fact]
    public void AForeignDatabaseIsNotChanged()
    {
        File.Delete(_file.Path);
        _file.Sql("CREATE TABLE theirs (x)");
        byte[] before = File.ReadAllBytes(_file.Path);
        Assert.Contains("another program", Assert.Throws<UserErrorException>(() => _file.Open()).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_file.Path));
    }

    [Fact]
    public void OnAFullDiskTheChangeIsNotStored()
    {
        using GalleryFile file = _file.Open("PRAGMA max_page_count = 1");
        EnrolledPicture[] many = [.. Enumerable.Range(1, 200).Select(i => MadeEncodings.Picture(i, (byte)i))];
        string why = Assert.Throws<UserErrorException>(() => file.AddPerson(PersonName.Parse("carl"), false, null, MadeEncodings.Encoder,
            many)).Message;
        Assert.Contains("no room", why, StringComparison.Ordinal);
        Assert.Equal(["anna", "bert"], _file.Read().People.Select(person => person.Name));
        Assert.Equal(2, _file.Read().Revision);
    }

    private string Refusal() => Assert.Throws<UserErrorException>(() => _file.Read()).Message;
}
