using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Tests.Galleries;

/// <summary>Galleries of every earlier format: they are read unchanged, and upgraded by the first change.</summary>
public sealed class GallerySchemaTests : IDisposable
{
    private static readonly DoorKey Key = DoorKey.Generate();

    private readonly MadeGalleryFile _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void EachFormatIsReadWithoutAnUpgrade(int format)
    {
        OldGallery.Make(_file.Path, format);
        byte[] before = File.ReadAllBytes(_file.Path);
        Gallery read = _file.Read();
        Assert.Equal(["anna", "bert"], read.People.Select(person => person.Name));
        Assert.Equal((7L, new string('0', 32)), (read.Revision, read.Mark));
        Assert.Equal("anna", read.Find(MadeGalleryFile.Card(1))!.Value.Person.Name);
        Assert.Equal(format, Version());
        Assert.Equal(before, File.ReadAllBytes(_file.Path));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void TheFirstChangeUpgradesEachFormatAndKeepsEverything(int format)
    {
        OldGallery.Make(_file.Path, format);
        Gallery before = _file.Read();
        using (GalleryFile file = _file.Open())
            file.SetEnabled("anna", false);
        Gallery after = _file.Read();
        Assert.Equal(GallerySchema.Version, Version());
        Assert.Equal(8, after.Revision);
        Assert.NotEqual(new string('0', 32), after.Mark);
        Assert.Equal(before.People[0] with { IsEnabled = false }, after.People[0]);
        Assert.Equal(before.People[1], after.People[1]);
        Assert.Equal(before.Vectors.ToArray(), after.Vectors.ToArray());
        Assert.Equal("anna", after.Find(MadeGalleryFile.Card(1))!.Value.Person.Name);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void AnUpgradedGalleryHasTheSchemaOfANewOneAndIssuesNoIdTwice(int format)
    {
        OldGallery.Make(_file.Path, format);
        using (GalleryFile file = _file.Open())
            file.Remove("bert");
        using MadeGalleryFile fresh = new();
        fresh.Add("anna", null, 0);
        Assert.Equal(Columns(fresh.Path), Columns(_file.Path));
        _file.Add("carl", MadeGalleryFile.Card(2), 180);
        using SqliteConnection connection = GalleryDatabase.OpenToRead(_file.Path);
        Assert.True(Sqlite.Number(connection, "SELECT id FROM person WHERE name = 'carl'") > 2);
        Assert.Equal(2, Sqlite.Number(connection, "SELECT max(id) FROM badge"));
        Assert.Equal(3, Sqlite.Number(connection, "SELECT max(id) FROM encoding"));
    }

    // A change of the tables is a new step: galleries of these formats are on the disks of doors.
    [Theory]
    [InlineData(1, "0f4d16f3769067c65961962c2be0887ddec8c41a27c425bce679c9ed683bac8c")]
    [InlineData(2, "435307e0fe00ed6da014b8e0cbb114e7989a5740ac47d4ddc8b21743cce089cd")]
    [InlineData(3, "dbf373d12f76b664c684d9f63ae7b264ed8379971649e2daea4d181afb40954f")]
    [InlineData(4, "983fd25aeb3562498a33638af1323847b429677dcba090470a6d273a1edb22b3")]
    [InlineData(5, "02ccb2bae1e318062feaba05e07f5932e9be3688923df2f5b9112d378d6df538")]
    [InlineData(6, "8ac640d554a8acaf85a51d16c79b3a7a5d30ff9aa0eb885a2d6469de047168ee")]
    [InlineData(7, "108b51e3141133a16329f7f25dd2624962bc840d229d7e89e990c9c78480deec")]
    public void TheStatementsOfAReleasedFormatNeverChange(int format, string digest) =>
        Assert.Equal(digest, ModelStore.Digest(System.Text.Encoding.UTF8.GetBytes(GallerySchema.Statements(format - 1, format))));

    // The digest of another format has other columns: it must be checked before the upgrade and written after it.
    [Theory]
    [InlineData(5, "UPDATE person SET enabled = enabled", null)]
    [InlineData(5, "UPDATE person SET enabled = 0", "was changed by somebody without the door's key")]
    [InlineData(6, "UPDATE person SET enabled = enabled", null)]
    [InlineData(6, "UPDATE person SET lockdown = 1", "was changed by somebody without the door's key")]
    public void ASealedGalleryOfAnOlderFormatIsCheckedUpgradedAndGetsAnotherDigest(int format, string change, string? refusal)
    {
        OldGallery.MakeSealed(_file.Path, Key, format);
        _file.Sql(change);
        KeyRing ring = new([Key], null);
        using (GalleryFile file = new(_file.Path, MadeGalleryFile.Time, ring))
        {
            Assert.Equal(format, file.Query(connection => Sqlite.Number(connection, "PRAGMA user_version")));
            if (refusal is not null)
            {
                Assert.Contains(refusal, Assert.Throws<UserErrorException>(() => file.SetEnabled("anna", false)).Message,
                    StringComparison.Ordinal);
                Assert.Equal(format, Version());
                return;
            }

            file.SetEnabled("anna", false);
        }

        using GalleryConnection read = GalleryDatabase.OpenToRead(_file.Path, ring);
        Assert.Equal(GallerySchema.Version, Version());
        Assert.Equal(NaiveDigest.Of(read, Key), Sqlite.Scalar(read, "SELECT digest FROM gallery"));
        Gallery after = GalleryRows.Read(read, _file.Path, MadeEncodings.Encoder);
        Assert.Equal([false, true], after.People.Select(person => person.IsEnabled));
        Assert.Equal("anna", after.Find(MadeGalleryFile.Card(1))!.Value.Person.Name);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void ADoorReadsASealedGalleryOfAnOlderFormatWithoutAnUpgrade(int format)
    {
        OldGallery.MakeSealed(_file.Path, Key, format);
        byte[] before = File.ReadAllBytes(_file.Path);
        using GalleryWatch watch = new(_file.Path, _ => (MadeEncodings.Encoder, null), MadeGalleryFile.Time, new KeyRing([Key], null));
        Gallery read = watch.Poll()!.Gallery!;
        Assert.Equal(["anna", "bert"], read.People.Select(person => person.Name));
        Assert.All(read.People, person => Assert.False(
            person.IsForLockdown || person.NeedsSecondPerson || person.IsEscorted || person.Hosts.Length > 0
                || person.Origin is not null));
        Assert.Equal(format, Version());
        Assert.Equal(before, File.ReadAllBytes(_file.Path));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void AnotherKeyForASealedGalleryOfAnOlderFormatUpgradesIt(int format)
    {
        OldGallery.MakeSealed(_file.Path, Key, format);
        DoorKey other = DoorKey.Generate();
        Assert.True(GalleryReseal.Run(_file.Path, Key, other, MadeGalleryFile.Time));
        using GalleryConnection read = GalleryDatabase.OpenToRead(_file.Path, new KeyRing([other], null));
        Assert.Equal(2, GalleryRows.Read(read, _file.Path, MadeEncodings.Encoder).People.Length);
        Assert.Equal(GallerySchema.Version, Version());
    }

    [Fact]
    public void EachChangeHasADifferentMark()
    {
        _file.Add("anna", null, 0);
        string first = _file.Read().Mark;
        using (GalleryFile file = _file.Open())
            file.SetEnabled("anna", true);
        Assert.NotEqual(first, _file.Read().Mark);
        Assert.Equal(32, first.Length);
    }

    private long Version()
    {
        using SqliteConnection connection = GalleryDatabase.OpenToRead(_file.Path);
        return Sqlite.Number(connection, "PRAGMA user_version");
    }

    private static string Columns(string path)
    {
        using SqliteConnection connection = GalleryDatabase.OpenToRead(path);
        return (string)Sqlite.Scalar(connection, """
            SELECT group_concat(one, char(10)) FROM (SELECT t.name || ' ' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk AS one
            FROM pragma_table_list t JOIN pragma_table_xinfo(t.name) c WHERE t.schema = 'main' ORDER BY one)
            """)!;
    }
}
