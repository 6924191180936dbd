using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Tests.Galleries;

/// <summary>PINs in a gallery, and galleries of the format before PINs.</summary>
public sealed class GalleryPinsTests : IDisposable
{
    private readonly MadeGalleryFile _file = new();

    public GalleryPinsTests()
    {
        _file.Add("anna", MadeGalleryFile.Card(1), 0);
        _file.Add("bert", null, 90);
    }

    public void Dispose() => _file.Dispose();

    [Fact]
    public void APinIsReadByTheDoorAndBelongsToOnePerson()
    {
        Set("Anna", "4711");
        Assert.Equal((PinAnswer.Right, PinAnswer.Wrong), (Ask("4711"), Ask("4712")));
        Assert.Null(_file.Read().People[1].Pin);
        Assert.Equal(3, _file.Read().Revision);
    }

    [Fact]
    public void PinAndDuressPinCanBeChangedSeparately()
    {
        Set("anna", "4711");
        Set("anna", "1177", isDuress: true);
        Assert.Equal((PinAnswer.Right, PinAnswer.Duress), (Ask("4711"), Ask("1177")));
        Set("anna", "8520");
        Assert.Equal((PinAnswer.Right, PinAnswer.Duress, PinAnswer.Wrong), (Ask("8520"), Ask("1177"), Ask("4711")));
        Set("anna", "9637", isDuress: true);
        Assert.Equal((PinAnswer.Right, PinAnswer.Duress, PinAnswer.Wrong), (Ask("8520"), Ask("9637"), Ask("1177")));
    }

    [Fact]
    public void TheTwoPinsOfAPersonMustDiffer()
    {
        Set("anna", "4711");
        Assert.Contains("must differ", Refusal(() => Set("anna", "4711", isDuress: true)), StringComparison.Ordinal);
        Set("anna", "1177", isDuress: true);
        Assert.Contains("must differ", Refusal(() => Set("anna", "1177")), StringComparison.Ordinal);
        Assert.Equal((PinAnswer.Right, PinAnswer.Duress), (Ask("4711"), Ask("1177")));
    }

    [Fact]
    public void TwoPeopleMayHaveEqualPinsAndTheFileDoesNotShowIt()
    {
        Set("anna", "4711");
        Set("bert", "4711");
        using SqliteConnection connection = GalleryDatabase.OpenToRead(_file.Path);
        Assert.Equal(2, Sqlite.Number(connection, "SELECT count(DISTINCT digest) FROM pin"));
        Assert.Equal(2, Sqlite.Number(connection, "SELECT count(DISTINCT salt) FROM pin"));
    }

    [Fact]
    public void ADuressPinNeedsAPin() =>
        Assert.Contains("has no PIN yet", Refusal(() => Set("anna", "1177", isDuress: true)), StringComparison.Ordinal);

    [Fact]
    public void ClearingRemovesTheDuressPinOrBoth()
    {
        Set("anna", "4711");
        Set("anna", "1177", isDuress: true);
        Clear(duressOnly: true);
        Assert.Equal((PinAnswer.Right, PinAnswer.Wrong), (Ask("4711"), Ask("1177")));
        Clear(duressOnly: false);
        Assert.Null(_file.Read().People[0].Pin);
    }

    [Fact]
    public void ThePinIsNotInTheFileAndIsOverwrittenWithItsPerson()
    {
        Set("anna", "90210876");
        Assert.False(IsOnDisk("90210876"u8.ToArray()));
        byte[] digest;
        using (SqliteConnection connection = GalleryDatabase.OpenToRead(_file.Path))
            digest = (byte[])Sqlite.Scalar(connection, "SELECT digest FROM pin")!;
        Assert.True(IsOnDisk(digest));
        using GalleryFile file = _file.Open();
        file.Remove("anna");
        Assert.False(IsOnDisk(digest));
    }

    [Fact]
    public void AGalleryOfTheFirstFormatHasNoPins()
    {
        MakeFirstFormat();
        Assert.All(_file.Read().People, person => Assert.Null(person.Pin));
        Assert.Equal(1, Version());
        using GalleryFile file = GalleryFile.OpenToRead(_file.Path);
        Assert.Null(file.PinOf("anna"));
    }

    [Fact]
    public void TheFirstChangeUpgradesTheGalleryAndKeepsEverything()
    {
        MakeFirstFormat();
        Set("anna", "4711");
        Assert.Equal(GallerySchema.Version, Version());
        Assert.Equal(PinAnswer.Right, Ask("4711"));
        Assert.Equal("anna", _file.Read().Find(MadeGalleryFile.Card(1))!.Value.Person.Name);
    }

    [Fact]
    public void AFailedChangeKeepsTheFormat()
    {
        MakeFirstFormat();
        Refusal(() => Set("nobody", "4711"));
        Assert.Equal(1, Version());
    }

    [Fact]
    public void TwoWritersUpgradeOnce()
    {
        MakeFirstFormat();
        using GalleryFile one = _file.Open(), other = _file.Open();
        one.SetEnabled("anna", false);
        other.SetEnabled("bert", false);
        Assert.Equal(GallerySchema.Version, Version());
        Assert.All(_file.Read().People, person => Assert.False(person.IsEnabled));
    }

    [Theory]
    [InlineData("digest = zeroblob(31)")]
    [InlineData("salt = zeroblob(1)")]
    [InlineData("iterations = 1")]
    [InlineData("iterations = 2000000000")]
    public void AnInvalidPinIsNotWritten(string change)
    {
        Set("anna", "4711");
        Assert.Contains("CHECK", Assert.Throws<SqliteException>(() => _file.Sql($"UPDATE pin SET {change}")).Message,
            StringComparison.Ordinal);
        _file.Sql($"PRAGMA ignore_check_constraints = ON; UPDATE pin SET {change}");
        Assert.Contains("damaged", Refusal(() => _file.Read()), StringComparison.Ordinal);
    }

    [Fact]
    public void APinWithoutItsPersonIsRefused()
    {
        Set("anna", "4711");
        _file.Sql("PRAGMA foreign_keys = OFF; UPDATE pin SET person = 99");
        Assert.Contains("the table pin", Refusal(() => _file.Read()), StringComparison.Ordinal);
    }

    private void MakeFirstFormat()
    {
        File.Delete(_file.Path);
        OldGallery.Make(_file.Path, 1);
    }

    private long Version()
    {
        using SqliteConnection connection = GalleryDatabase.OpenToRead(_file.Path);
        return Sqlite.Number(connection, "PRAGMA user_version");
    }

    private void Set(string name, string pin, bool isDuress = false)
    {
        using GalleryFile file = _file.Open();
        file.SetPin(name, Pin.Parse(pin), isDuress);
    }

    private void Clear(bool duressOnly)
    {
        using GalleryFile file = _file.Open();
        file.ClearPin("anna", duressOnly);
    }

    private PinAnswer Ask(string digits) => _file.Read().People[0].Pin!.Verify(digits);

    private bool IsOnDisk(byte[] bytes) => new[] { _file.Path, _file.Path + "-wal" }.Where(File.Exists)
        .Any(path => File.ReadAllBytes(path).AsSpan().IndexOf(bytes) >= 0);

    private static string Refusal(Action action) => Assert.Throws<UserErrorException>(action).Message;
}
