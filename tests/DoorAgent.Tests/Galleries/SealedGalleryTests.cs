using System.Runtime.InteropServices;
using System.Text;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Galleries;

/// <summary>A gallery whose values are sealed with the door's key.</summary>
public sealed class SealedGalleryTests : IDisposable
{
    private static readonly DoorKey Key = DoorKey.Generate(), Other = DoorKey.Generate();

    private static readonly KeyRing Ring = new([Key], null);

    private readonly MadeGalleryFile _file = new();

    public SealedGalleryTests()
    {
        using GalleryFile file = Open();
        file.AddPerson(PersonName.Parse("anna"), false, MadeGalleryFile.Card(1), MadeEncodings.Encoder,
            [MadeEncodings.Picture(0, 1), MadeEncodings.Picture(5, 2)]);
        file.AddPerson(PersonName.Parse("bert"), false, MadeGalleryFile.Card(2), MadeEncodings.Encoder, [MadeEncodings.Picture(90, 1)]);
        file.SetPin("anna", Pin.Parse("4711"), isDuress: false);
        file.SetPin("anna", Pin.Parse("1177"), isDuress: true);
    }

    public void Dispose() => _file.Dispose();

    [Fact]
    public void WithTheKeyEverythingIsReadAndChangedAsInAnOpenGallery()
    {
        Gallery read = Read();
        Person anna = read.Find(MadeGalleryFile.Card(1))!.Value.Person;
        Assert.Equal(("anna", 2, 3), (anna.Name, anna.EncodingCount, read.EncodingCount));
        Assert.Equal((PinAnswer.Right, PinAnswer.Duress), (anna.Pin!.Verify("4711"), anna.Pin.Verify("1177")));
        Assert.Equal(MadeEncodings.At(90).Vector.ToArray(), read.VectorsOf(read.People[1]).ToArray());
        using (GalleryFile file = Open())
        {
            file.SetBadge(MadeGalleryFile.Card(2), BadgeState.Lost);
            file.SetPin("anna", Pin.Parse("8520"), isDuress: false);
            Assert.Contains("belongs to anna", Refusal(() => file.AddBadge("bert", MadeGalleryFile.Card(1))), StringComparison.Ordinal);
            file.RemoveBadge(MadeGalleryFile.Card(1));
            file.AddBadge("bert", MadeGalleryFile.Card(1));
            Assert.Equal(2, file.PicturesOf("anna").Count);
        }

        read = Read();
        Assert.Equal(BadgeState.Lost, read.Find(MadeGalleryFile.Card(2))!.Value.State);
        Assert.Equal("bert", read.Find(MadeGalleryFile.Card(1))!.Value.Person.Name);
        Assert.Equal(PinAnswer.Right, read.People[0].Pin!.Verify("8520"));
    }

    [Fact]
    public void WithoutTheKeyNamesStatesAndHintsAreReadAndNothingElse()
    {
        using (GalleryFile file = GalleryFile.OpenToRead(_file.Path))
        {
            Assert.Equal(["anna", "bert"], file.People.Select(person => person.Name));
            Assert.True(file.Person("anna") is { HasPin: true, HasDuressPin: true, Pictures: 2 });
            Assert.Equal([MadeGalleryFile.Card(1).Hint, MadeGalleryFile.Card(2).Hint], file.Badges.Select(badge => badge.Hint));
            Assert.All(new Action[]
            {
                () => file.Read(MadeEncodings.Encoder), () => file.PicturesOf("anna"), () => file.PinOf("anna"), () => _ = file.NumberedBadges,
                () => file.Query(connection => PersonRows.EncodingsOf(connection, file.Person("anna").Id)),
            }, read => Assert.Contains($"{_file.Path} is sealed with the key {Key.Id}, and there is no key file", Refusal(read),
                StringComparison.Ordinal));
        }

        byte[] before = File.ReadAllBytes(_file.Path);
        using (GalleryFile file = _file.Open())
            Assert.Contains("is sealed with the key", Refusal(() => file.SetEnabled("anna", false)), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_file.Path));
    }

    [Fact]
    public void TheKeyOfAnotherDoorIsNamed()
    {
        KeyRing ring = new([Other], null);
        using GalleryFile file = GalleryFile.OpenToRead(_file.Path, ring);
        Assert.Contains($"sealed with the key {Key.Id}, and this door has the key {Other.Id}", Refusal(() => file.Read(MadeEncodings.Encoder)),
            StringComparison.Ordinal);
    }

    // Whoever has no key can compute no digest, so these are found even where every seal is whole.
    [Theory]
    [InlineData("UPDATE person SET name = 'eve', name_key = 'EVE' WHERE name = 'bert'")]
    [InlineData("UPDATE person SET enabled = 0 WHERE name = 'bert'")]
    [InlineData("UPDATE person SET schedule = 'office'")]
    [InlineData("UPDATE person SET lockdown = 1")]
    [InlineData("INSERT INTO host (visitor, host) SELECT min(id), max(id) FROM person")]
    [InlineData("UPDATE person SET valid_until = '2030-01-01'")]
    [InlineData("UPDATE badge SET state = 'blocked' WHERE id = 2")]
    [InlineData("UPDATE badge SET lookup = zeroblob(32) WHERE id = 2")]
    [InlineData("DELETE FROM badge WHERE id = 2")]
    [InlineData("DELETE FROM encoding WHERE id = 2")]
    [InlineData("DELETE FROM pin")]
    [InlineData("UPDATE pin SET duress = NULL")]
    [InlineData("UPDATE gallery SET revision = revision + 1")]
    [InlineData("UPDATE gallery SET digest = zeroblob(32)")]
    [InlineData("UPDATE encoding SET quality = 0.5 WHERE id = 1")]
    [InlineData("INSERT INTO consent (person, date, added) SELECT id, '2026-01-01', added FROM person")]
    [InlineData("INSERT INTO look_alike (one, other, distance, added) SELECT min(id), max(id), 0.1, '' FROM person")]
    [InlineData("INSERT INTO person (id, name, name_key, added) VALUES (5, 'eve', 'EVE', '2026-01-01T00:00:00Z')")]
    [InlineData("CREATE TABLE more (x) STRICT")]
    public void AChangeWithoutTheKeyIsFoundByReadersAndWriters(string sql)
    {
        _file.Sql(sql.Replace("more (x)", "more (x TEXT)", StringComparison.Ordinal));
        Assert.Contains("was changed by somebody without the door's key", Refusal(() => Read()), StringComparison.Ordinal);
        using GalleryFile file = Open();
        Assert.Contains("was changed by somebody without the door's key", Refusal(() => file.SetEnabled("anna", true)),
            StringComparison.Ordinal);
        Assert.Contains("was changed by somebody without the door's key", Refusal(() => file.PicturesOf("anna")), StringComparison.Ordinal);
    }

    // The digest is made right again, as by somebody who has the key, so that only the seals themselves can tell.
    [Theory]
    [InlineData("UPDATE encoding SET vector = (SELECT vector FROM encoding WHERE id = 3) WHERE id = 1", "an encoding of anna")]
    [InlineData("UPDATE encoding SET vector = (SELECT vector FROM encoding WHERE id = 2) WHERE id = 1", "an encoding of anna")]
    [InlineData("UPDATE encoding SET person = (SELECT id FROM person WHERE name = 'bert') WHERE id = 2", "an encoding of bert")]
    [InlineData("UPDATE badge SET number = (SELECT number FROM badge WHERE id = 1) WHERE id = 2", "a badge number of bert")]
    [InlineData("UPDATE pin SET digest = duress", "the PIN of anna")]
    [InlineData("UPDATE pin SET person = (SELECT id FROM person WHERE name = 'bert')", "the PIN of bert")]
    public void AMovedValueDoesNotOpenAndThePersonIsNamed(string sql, string whose)
    {
        _file.Sql(sql);
        using GalleryConnection connection = GalleryDatabase.OpenToWrite(_file.Path, Ring);
        using (GallerySeal seal = new(Key))
            GalleryDigest.Renew(connection, seal);
        UserErrorException refusal = Assert.Throws<UserErrorException>(() => Read());
        Assert.Contains($"the seal of {whose} is broken", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($": {whose[^4..]}}} is broken", refusal.ForRecord, StringComparison.Ordinal);
    }

    [Fact]
    public void TheDigestEqualsOneThatIsComputedRowByRow()
    {
        using GalleryConnection connection = GalleryDatabase.OpenToRead(_file.Path, Ring);
        using GallerySeal seal = new(Key);
        Assert.Equal(NaiveDigest.Of(connection, Key), GalleryDigest.Of(connection, seal));
        Assert.Equal(NaiveDigest.Of(connection, Key), Sqlite.Scalar(connection, "SELECT digest FROM gallery"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void AnOpenGalleryOfAnyFormatIsSealedWhenItIsOpenedToBeChangedAndLeavesNoByteBehind(int format)
    {
        File.Delete(_file.Path);
        OldGallery.Make(_file.Path, format);
        string leftover = Path.Combine(Folder, $"export-{Guid.NewGuid():n}.db");
        File.Copy(_file.Path, leftover);
        Gallery before = _file.Read();
        byte[] open = File.ReadAllBytes(_file.Path);
        byte[][] secrets = [Bytes(0), Bytes(90), Encoding.UTF8.GetBytes(MadeGalleryFile.Card(1).Number)];
        Assert.All(secrets, secret => Assert.True(IsOnDisk(secret)));
        using (GalleryFile file = new(_file.Path, TimeProvider.System, Ring))
            Assert.Equal(Key.Id, file.Query(connection => connection.KeyId));
        Assert.All(secrets, secret => Assert.False(IsOnDisk(secret)));
        Gallery after = Read();
        Assert.Equal(before.Vectors.ToArray(), after.Vectors.ToArray());
        Assert.Equal("anna", after.Find(MadeGalleryFile.Card(1))!.Value.Person.Name);
        Assert.Equal((before.Revision, before.Mark), (after.Revision, after.Mark));
        using MemoryStream backup = new();
        using (FileStream sealed_ = File.OpenRead(Path.Combine(Folder, GallerySealing.BackupName)))
            SealedStream.Open(Key, sealed_, backup, GallerySealing.BackupIdentity);
        string restored = Path.Combine(Folder, "restored.db");
        File.WriteAllBytes(restored, backup.ToArray());
        using GalleryFile opened = GalleryFile.OpenToRead(restored);
        Assert.Equal(before.Vectors.ToArray(), opened.Read(MadeEncodings.Encoder).Vectors.ToArray());
        Assert.True(open.Length > 0);
    }

    [Fact]
    public void AnotherKeySealsEverythingAgainInOneTransaction()
    {
        byte[] before = Read().Vectors.ToArray().SelectMany(BitConverter.GetBytes).ToArray();
        List<double> shares = [];
        Assert.True(GalleryReseal.Run(_file.Path, Key, Other, MadeGalleryFile.Time, new Shares(shares)));
        Assert.Equal(1, shares[^1]);
        Assert.False(GalleryReseal.Run(_file.Path, Key, Other, MadeGalleryFile.Time));
        Assert.Contains($"sealed with the key {Other.Id}", Refusal(() => Read()), StringComparison.Ordinal);
        using GalleryFile file = GalleryFile.OpenToRead(_file.Path, new KeyRing([Other], null));
        Gallery read = file.Read(MadeEncodings.Encoder);
        Assert.Equal(before, read.Vectors.ToArray().SelectMany(BitConverter.GetBytes).ToArray());
        Assert.Equal("bert", read.Find(MadeGalleryFile.Card(2))!.Value.Person.Name);
        Assert.Equal(PinAnswer.Duress, read.People[0].Pin!.Verify("1177"));
    }

    [Fact]
    public void ABrokenSealStopsTheChangeOfTheKeyAndNothingIsChanged()
    {
        _file.Sql("UPDATE encoding SET vector = (SELECT vector FROM encoding WHERE id = 3) WHERE id = 1");
        using (GalleryConnection connection = GalleryDatabase.OpenToWrite(_file.Path, Ring))
        using (GallerySeal seal = new(Key))
            GalleryDigest.Renew(connection, seal);
        byte[] before = File.ReadAllBytes(_file.Path);
        Assert.Contains("the seal of an encoding of anna is broken",
            Refusal(() => GalleryReseal.Run(_file.Path, Key, Other, MadeGalleryFile.Time)), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_file.Path));
    }

    [Fact]
    public void ACopyInMemoryIsChangedWithTheKeyOfTheFile()
    {
        using GalleryConnection memory = GalleryDatabase.CopyInMemory(_file.Path, Ring);
        using GalleryFile copy = new(_file.Path, MadeGalleryFile.Time, memory);
        copy.AddBadge("anna", MadeGalleryFile.Card(7));
        Assert.Equal("anna", copy.Read(MadeEncodings.Encoder).Find(MadeGalleryFile.Card(7))!.Value.Person.Name);
    }

    [Fact]
    public void ADoorThatWatchesFollowsASealedGalleryAndRefusesOneThatWasChangedWithoutTheKey()
    {
        using GalleryWatch watch = new(_file.Path, _ => (MadeEncodings.Encoder, null), MadeGalleryFile.Time, Ring);
        Assert.Equal(2, watch.Poll()!.Gallery!.People.Length);
        _file.Sql("UPDATE person SET name = 'eve', name_key = 'EVE' WHERE name = 'bert'");
        Assert.Contains("was changed by somebody without the door's key", watch.Poll()!.Refusal, StringComparison.Ordinal);
    }

    private string Folder => Path.GetDirectoryName(_file.Path)!;

    private GalleryFile Open() => new(_file.Path, MadeGalleryFile.Time, Ring);

    private Gallery Read()
    {
        using GalleryFile file = GalleryFile.OpenToRead(_file.Path, Ring);
        return file.Read(MadeEncodings.Encoder);
    }

    private bool IsOnDisk(byte[] bytes) =>
        Directory.GetFiles(Folder).Any(path => File.ReadAllBytes(path).AsSpan().IndexOf(bytes) >= 0);

    private static byte[] Bytes(double degrees) => MemoryMarshal.AsBytes(MadeEncodings.At(degrees).Vector).ToArray();

    private static string Refusal(Action action) => Assert.Throws<UserErrorException>(action).Message;

    private sealed class Shares(List<double> seen) : IProgress<double>
    {
        public void Report(double value) => seen.Add(value);
    }
}
