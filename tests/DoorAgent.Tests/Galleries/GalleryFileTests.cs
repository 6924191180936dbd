using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Galleries;

public sealed class GalleryFileTests : IDisposable
{
    private readonly MadeGalleryFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void WrittenDataIsReadBack()
    {
        _file.Add("Anna", MadeGalleryFile.Card(1234), 0, 20);
        _file.Add("bert", null, 90);
        Gallery gallery = _file.Read();
        Assert.Equal(["Anna", "bert"], gallery.People.Select(person => person.Name));
        Assert.Equal([2, 1], gallery.People.Select(person => person.EncodingCount));
        Assert.Equal("Anna", gallery.Find(MadeGalleryFile.Card(1234))!.Value.Person.Name);
        Assert.Null(gallery.Find(MadeGalleryFile.Card(1235)));
        Assert.Equal(0f, gallery.DistanceTo(gallery.People[0], MadeEncodings.At(20)), 1e-3f);
        Assert.Equal(2, gallery.Revision);
    }

    [Fact]
    public void ABadgeBelongsToOnePerson()
    {
        _file.Add("anna", MadeGalleryFile.Card(1234), 0);
        string why = Refusal(() => _file.Add("bert", MadeGalleryFile.Card(1234), 90));
        Assert.Contains("belongs to anna", why, StringComparison.Ordinal);
        Assert.DoesNotContain("1234", why, StringComparison.Ordinal);
        Assert.Equal(["anna"], _file.Read().People.Select(person => person.Name));
    }

    [Theory]
    [InlineData("anna")]
    [InlineData("ANNA")]
    public void APersonIsEnrolledOnce(string again)
    {
        _file.Add("anna", null, 0);
        Assert.Contains("already enrolled", Refusal(() => _file.Add(again, null, 90)), StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnknownNameIsRefusedWithTheNearestOne()
    {
        _file.Add("anna", null, 0);
        using GalleryFile file = _file.Open();
        Assert.Contains("Did you mean anna?", Refusal(() => file.SetEnabled("ana", false)), StringComparison.Ordinal);
        Assert.Contains("Did you mean anna?", Refusal(() => file.Person("annna")), StringComparison.Ordinal);
    }

    [Fact]
    public void SchedulesAndDatesAreWrittenReadAndRemoved()
    {
        _file.Add("anna", null, 0);
        using GalleryFile file = _file.Open();
        Assert.Equal(("always", null, null), (_file.Read().People[0].Schedule, _file.Read().People[0].ValidFrom,
            _file.Read().People[0].ValidUntil));
        file.SetSchedule("ANNA", "night shift");
        file.SetValidity("anna", ValidityLimit.From, ValidityDate.Parse("2026-03-01"));
        file.SetValidity("anna", ValidityLimit.Until, ValidityDate.Parse("2026-03-31T18:00"));
        Person anna = _file.Read().People[0];
        Assert.Equal(("night shift", "2026-03-01", "2026-03-31T18:00"), (anna.Schedule, $"{anna.ValidFrom}", $"{anna.ValidUntil}"));
        Assert.Equal(("night shift", "from 2026-03-01 until 2026-03-31T18:00"),
            (file.Person("anna").Schedule, file.Person("anna").Validity));
        Assert.Equal(4, _file.Read().Revision);
        file.SetValidity("anna", ValidityLimit.From, null);
        Assert.Equal("until 2026-03-31T18:00", file.Person("anna").Validity);
        file.SetValidity("anna", ValidityLimit.Until, null);
        Assert.Equal("", file.Person("anna").Validity);
    }

    [Fact]
    public void APersonWhoCouldNeverBeValidIsRefusedAndNothingIsWritten()
    {
        _file.Add("anna", null, 0);
        using GalleryFile file = _file.Open();
        file.SetValidity("anna", ValidityLimit.Until, ValidityDate.Parse("2026-03-31"));
        Assert.Contains("valid from 2026-04-01 until 2026-03-31, which is never",
            Refusal(() => file.SetValidity("anna", ValidityLimit.From, ValidityDate.Parse("2026-04-01"))), StringComparison.Ordinal);
        Assert.Equal("until 2026-03-31", file.Person("anna").Validity);
        Assert.Contains("Nobody called bert", Refusal(() => file.SetValidity("bert", ValidityLimit.From, null)), StringComparison.Ordinal);
    }

    [Fact]
    public void ADisabledPersonStaysAndIsListedAsDisabled()
    {
        _file.Add("anna", null, 0);
        using GalleryFile file = _file.Open();
        file.SetEnabled("Anna", false);
        Assert.False(_file.Read().People[0].IsEnabled);
        file.SetEnabled("Anna", true);
        Assert.True(_file.Read().People[0].IsEnabled);
    }

    [Fact]
    public void ABlockedBadgeIsKeptAndARemovedOneIsUnknown()
    {
        _file.Add("anna", MadeGalleryFile.Card(1), 0);
        using GalleryFile file = _file.Open();
        file.AddBadge("anna", MadeGalleryFile.Card(2));
        file.SetBadge(MadeGalleryFile.Card(1), BadgeState.Lost);
        file.SetBadge(MadeGalleryFile.Card(2), BadgeState.Blocked);
        Assert.Equal([BadgeState.Lost, BadgeState.Blocked], file.Badges.Select(badge => badge.State));
        Assert.Equal(BadgeState.Lost, _file.Read().Find(MadeGalleryFile.Card(1))!.Value.State);
        file.SetBadge(MadeGalleryFile.Card(1), BadgeState.Active);
        file.RemoveBadge(MadeGalleryFile.Card(2));
        Assert.Equal(BadgeState.Active, _file.Read().Find(MadeGalleryFile.Card(1))!.Value.State);
        Assert.Null(_file.Read().Find(MadeGalleryFile.Card(2)));
        Assert.Contains("Nobody has the badge", Refusal(() => file.SetBadge(MadeGalleryFile.Card(3), BadgeState.Blocked)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void EveryChangeRaisesTheRevisionAndAFailedOneDoesNot()
    {
        _file.Add("anna", MadeGalleryFile.Card(1), 0);
        Refusal(() => _file.Add("bert", MadeGalleryFile.Card(1), 90));
        Assert.Equal(1, _file.Read().Revision);
        using GalleryFile file = _file.Open();
        file.AddBadge("anna", MadeGalleryFile.Card(2));
        Assert.Equal(2, _file.Read().Revision);
    }

    [Fact]
    public void PicturesOfAnotherEncoderAreRefused()
    {
        _file.Add("anna", null, 0);
        using GalleryFile file = _file.Open();
        EncoderIdentity other = MadeEncodings.Encoder with { Name = "other", Digest = new string('b', 64) };
        Assert.Contains("made with the encoder made", Refusal(() => file.AddPerson(PersonName.Parse("bert"), false, null, other,
            [MadeEncodings.Picture(9, 1)])), StringComparison.Ordinal);
        Assert.Contains("cannot be compared", Refusal(() => file.Read(other)), StringComparison.Ordinal);
    }

    [Fact]
    public void AnEmptiedGalleryAcceptsAnyEncoder()
    {
        _file.Add("anna", null, 0);
        using GalleryFile file = _file.Open();
        file.Remove("anna");
        Assert.Null(file.Encoder);
        EncoderIdentity other = MadeEncodings.Encoder with { Name = "other", Digest = new string('b', 64) };
        file.AddPerson(PersonName.Parse("bert"), false, null, other, [MadeEncodings.Picture(9, 1)]);
        Assert.Equal("other", file.Encoder!.Name);
        Assert.Single(file.Read(other).People);
    }

    [Fact]
    public void TheFileIsPrivateToItsOwner()
    {
        _file.Add("anna", null, 0);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_file.Path));
    }

    [Fact]
    public void NothingOfARemovedPersonIsLeftInTheFile()
    {
        byte[] vector = MadeGalleryFile.BytesOf(MadeEncodings.At(33));
        byte[] badge = System.Text.Encoding.UTF8.GetBytes(MadeGalleryFile.Card(54321).Number);
        _file.Add("bert", null, 90);
        _file.Add("annabella", MadeGalleryFile.Card(54321), 0, 33);
        Assert.All([vector, badge, "annabella"u8.ToArray()], bytes => Assert.True(IsOnDisk(bytes)));
        using GalleryFile file = _file.Open();
        file.Remove("annabella");
        Assert.All([vector, badge, "annabella"u8.ToArray(), "ANNABELLA"u8.ToArray()], bytes => Assert.False(IsOnDisk(bytes)));
        Assert.Equal(["bert"], _file.Read().People.Select(person => person.Name));
    }

    [Fact]
    public void NothingOfAReplacedPictureIsLeftInTheFile()
    {
        _file.Add("anna", null, 33);
        using GalleryFile file = _file.Open();
        file.ReplacePictures("anna", MadeEncodings.Encoder, file.PicturesOf("anna"), [MadeEncodings.Picture(70, 9)]);
        Assert.False(IsOnDisk(MadeGalleryFile.BytesOf(MadeEncodings.At(33))));
        Assert.Equal(0f, file.PicturesOf("anna").Single().Encoding.DistanceTo(MadeEncodings.At(70)), 1e-3f);
    }

    [Fact]
    public void PicturesChangedBySomebodyElseAreNotOverwritten()
    {
        _file.Add("anna", null, 33);
        using GalleryFile file = _file.Open();
        IReadOnlyList<EnrolledPicture> before = file.PicturesOf("anna");
        using (GalleryFile other = _file.Open())
            other.ReplacePictures("anna", MadeEncodings.Encoder, before, [.. before, MadeEncodings.Picture(50, 8)]);
        UserErrorException refusal = Assert.Throws<UserErrorException>(
            () => file.ReplacePictures("anna", MadeEncodings.Encoder, before, [.. before, MadeEncodings.Picture(70, 9)]));
        Assert.Contains("in the meantime", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([1, 8], file.PicturesOf("anna").Select(picture => (int)picture.Picture[0]));
    }

    [Fact]
    public void AReaderThatNeverEndsKeepsTheLogAndTheMessageSaysSo()
    {
        _file.Add("anna", null, 33);
        using Microsoft.Data.Sqlite.SqliteConnection reader = GalleryDatabase.OpenToRead(_file.Path);
        using Microsoft.Data.Sqlite.SqliteTransaction reading = reader.BeginTransaction(deferred: true);
        Sqlite.Number(reader, "SELECT count(*) FROM person");
        using GalleryFile file = _file.Open("PRAGMA busy_timeout = 0");
        Assert.Contains("was changed, but its log could not be emptied", Refusal(() => file.Remove("anna")), StringComparison.Ordinal);
        Assert.Empty(file.People);
    }

    [Fact]
    public void AReaderChangesNothingAndCreatesNoFile()
    {
        Assert.Contains("people add", Refusal(() => GalleryFile.OpenToRead(_file.Path)), StringComparison.Ordinal);
        Assert.Contains("people add", Refusal(() => GalleryFile.OpenToChange(_file.Path, MadeGalleryFile.Time)), StringComparison.Ordinal);
        Assert.False(File.Exists(_file.Path));
        _file.Add("anna", null, 0);
        using GalleryFile file = GalleryFile.OpenToRead(_file.Path);
        Refusal(() => file.Remove("anna"));
        Assert.Single(_file.Read().People);
    }

    private bool IsOnDisk(byte[] bytes) => new[] { _file.Path, _file.Path + "-wal" }.Where(File.Exists)
        .Any(path => File.ReadAllBytes(path).AsSpan().IndexOf(bytes) >= 0);

    private static string Refusal(Action action) => Assert.Throws<UserErrorException>(action).Message;

    private static string Refusal(Func<object> action) => Assert.Throws<UserErrorException>(() => _ = action()).Message;
}
