using DoorAgent.Galleries;
using DoorAgent.Settings;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Galleries;

/// <summary>How kept faces are stored, and when they are deleted.</summary>
public sealed class GalleryCropsTests : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private readonly MadeGalleryFile _file = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.FromHours(2)));

    public void Dispose() => _file.Dispose();

    [Fact]
    public void ACropIsKeptForEachAlignmentUntilItsDeadlineInUtc()
    {
        using GalleryFile file = Anna();
        Assert.Equal((2, "2026-05-30T06:00:00Z"), file.CropsOf("ANNA"));
        Assert.Equal(4, Count(file));
    }

    [Fact]
    public void WithoutPermissionNoCropIsKept()
    {
        _file.Add("anna", null, 0);
        using GalleryFile file = _file.Open();
        Assert.Null(file.CropsOf("anna"));
    }

    [Fact]
    public void EveryChangeDeletesExpiredCropsOnly()
    {
        using GalleryFile file = Anna();
        _time.Advance(Kept - TimeSpan.FromSeconds(1));
        file.SetEnabled("anna", false);
        Assert.Equal(4, Count(file));
        _time.Advance(TimeSpan.FromSeconds(1));
        file.SetEnabled("anna", true);
        Assert.Equal(0, Count(file));
        Assert.Equal(2, file.PicturesOf("anna").Count);
    }

    [Fact]
    public void ACropWithoutADeadlineIsDeleted()
    {
        using GalleryFile file = Anna();
        _file.Sql("UPDATE crop SET keep_until = NULL WHERE alignment = 1");
        GalleryCrops.DeleteExpired(_file.Path, _time);
        Assert.Equal(2, Count(file));
    }

    [Fact]
    public void ACropWithADeadlineTooFarAwayIsDeletedExceptByAClockThatIsNotSet()
    {
        _time.SetUtcNow(BuildInfo.Date.AddDays(1));
        using GalleryFile file = Anna();
        _file.Sql("UPDATE crop SET keep_until = '2099-01-01T00:00:00Z' WHERE alignment = 1");
        GalleryCrops.DeleteExpired(_file.Path, new FakeTimeProvider(DateTimeOffset.UnixEpoch));
        Assert.Equal(4, Count(file));
        GalleryCrops.DeleteExpired(_file.Path, _time);
        Assert.Equal(2, Count(file));
    }

    [Fact]
    public void WithoutExpiredCropsTheDailyCheckWritesNothing()
    {
        using GalleryFile file = Anna();
        long before = Revision(file);
        GalleryCrops.DeleteExpired(_file.Path, _time);
        Assert.Equal(before, Revision(file));
        _time.Advance(Kept);
        GalleryCrops.DeleteExpired(_file.Path, _time);
        Assert.Equal((before + 1, 0L), (Revision(file), Count(file)));
        GalleryCrops.DeleteExpired(_file.Path, _time);
        Assert.Equal(before + 1, Revision(file));
    }

    [Fact]
    public void NothingOfAnExpiredCropIsLeftInTheFile()
    {
        byte[] end;
        using (GalleryFile file = Anna())
            end = file.Query(connection => (byte[])Sqlite.Scalar(connection, "SELECT png FROM crop WHERE alignment = 1")!)[^40..];
        Assert.True(File.ReadAllBytes(_file.Path).AsSpan().IndexOf(end) >= 0);
        _time.Advance(Kept);
        GalleryCrops.DeleteExpired(_file.Path, _time);
        Assert.True(File.ReadAllBytes(_file.Path).AsSpan().IndexOf(end) < 0);
    }

    [Fact]
    public void CropsAreDeletedWithTheirPersonAndWithTheirPicture()
    {
        using GalleryFile file = Anna();
        file.ReplacePictures("anna", MadeEncodings.Encoder, file.PicturesOf("anna"), [.. file.PicturesOf("anna").Take(1)]);
        Assert.Equal(2, Count(file));
        file.Remove("anna");
        Assert.Equal(0, Count(file));
    }

    [Fact]
    public void AddingPicturesKeepsTheCropsOfEarlierOnes()
    {
        using GalleryFile file = Anna();
        IReadOnlyList<EnrolledPicture> before = file.PicturesOf("anna");
        file.ReplacePictures("anna", MadeEncodings.Encoder, before, [.. before, KeptFaces.Made(7, 9)], TimeSpan.FromDays(100));
        Assert.Equal((3, "2026-06-09T06:00:00Z"), file.CropsOf("anna"));
    }

    private GalleryFile Anna()
    {
        GalleryFile file = new(_file.Path, _time);
        file.AddPerson(PersonName.Parse("anna"), false, null, MadeEncodings.Encoder, [KeptFaces.Made(0, 1), KeptFaces.Made(3, 2)], Kept);
        return file;
    }

    private static long Count(GalleryFile file) => file.Query(connection => Sqlite.Number(connection, "SELECT count(*) FROM crop"));

    private static long Revision(GalleryFile file) => file.Query(connection => Sqlite.Number(connection, "SELECT revision FROM gallery"));
}
