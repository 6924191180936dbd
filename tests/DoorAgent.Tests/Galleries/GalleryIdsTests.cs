using DoorAgent.Galleries;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Galleries;

/// <summary>No id by which records and lockouts name a person is issued to another person.</summary>
public sealed class GalleryIdsTests : IDisposable
{
    private readonly MadeGalleryFile _file = new();

    public GalleryIdsTests()
    {
        _file.Add("anna", MadeGalleryFile.Card(1), 0);
        _file.Add("eve", MadeGalleryFile.Card(2), 90, 100);
    }

    public void Dispose() => _file.Dispose();

    [Fact]
    public void APersonAddedAfterARemovalInheritsNothing()
    {
        long eve = Number("SELECT id FROM person WHERE name = 'eve'"), badge = Number("SELECT max(id) FROM "
            + "badge"), encoding = Number("SELECT max(id) FROM encoding");
        Remove("eve");
        _file.Add("bob", MadeGalleryFile.Card(3), 180);
        Assert.True(Number("SELECT id FROM person WHERE name = 'bob'") > eve);
        Assert.Equal(badge + 1, Number("SELECT max(id) FROM badge"));
        Assert.Equal(encoding + 1, Number("SELECT max(id) FROM encoding"));
    }

    [Fact]
    public void APersonEnrolledAgainHasANewId()
    {
        long eve = Number("SELECT id FROM person WHERE name = 'eve'");
        Remove("eve");
        _file.Add("eve", MadeGalleryFile.Card(2), 90);
        Assert.True(Number("SELECT id FROM person WHERE name = 'eve'") > eve);
    }

    [Fact]
    public void AnEmptiedGalleryContinuesItsCount()
    {
        long eve = Number("SELECT id FROM person WHERE name = 'eve'");
        Remove("anna");
        Remove("eve");
        _file.Add("bob", null, 180);
        Assert.True(Number("SELECT id FROM person") > eve);
    }

    [Fact]
    public void ARestoredCopyIssuesNoIdThatWasIssuedSince()
    {
        byte[] older = File.ReadAllBytes(_file.Path);
        Add("carl", seconds: 1);
        long carl = Number("SELECT id FROM person WHERE name = 'carl'");
        File.WriteAllBytes(_file.Path, older);
        Add("bob", seconds: 3);
        Assert.True(Number("SELECT id FROM person WHERE name = 'bob'") > carl);
    }

    [Fact]
    public void ANewGalleryIssuesNoIdOfTheEarlierOne()
    {
        long eve = Number("SELECT id FROM person WHERE name = 'eve'");
        File.Delete(_file.Path);
        Add("bob", seconds: 3);
        Assert.True(Number("SELECT id FROM person") > eve);
    }

    [Fact]
    public void WithAClockInThePastTheCountStillIncreases()
    {
        FakeTimeProvider time = new(DateTimeOffset.UnixEpoch);
        long eve = Number("SELECT id FROM person WHERE name = 'eve'");
        using GalleryFile file = new(_file.Path, time);
        file.Remove("eve");
        file.AddPerson(PersonName.Parse("bob"), false, null, MadeEncodings.Encoder, [MadeEncodings.Picture(180, 9)]);
        Assert.Equal(eve + 1, Number("SELECT id FROM person WHERE name = 'bob'"));
    }

    [Fact]
    public void IdsWrittenByAnotherProgramCountToo()
    {
        _file.Sql("UPDATE badge SET id = 900 WHERE id = 2");
        _file.Add("bob", MadeGalleryFile.Card(3), 180);
        Assert.Equal(901, Number("SELECT max(id) FROM badge"));
    }

    /// <summary>Adds a person this many seconds later than the others.</summary>
    private void Add(string name, int seconds)
    {
        using GalleryFile file = new(_file.Path, new FakeTimeProvider(MadeGalleryFile.Time.GetUtcNow().AddSeconds(seconds)));
        file.AddPerson(PersonName.Parse(name), false, null, MadeEncodings.Encoder, [MadeEncodings.Picture(seconds, 9)]);
    }

    private void Remove(string name)
    {
        using GalleryFile file = _file.Open();
        file.Remove(name);
    }

    private long Number(string sql)
    {
        using GalleryFile file = GalleryFile.OpenToRead(_file.Path);
        return file.Query(connection => Sqlite.Number(connection, sql));
    }
}
