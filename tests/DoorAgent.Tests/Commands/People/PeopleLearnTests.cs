using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Commands.People;

/// <summary>Tests that pictures of grants are added only when an operator says so, and through the checks of enrolment.</summary>
[Collection(nameof(WholeConsole))]
public sealed class PeopleLearnTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>, IDisposable
{
    private readonly TempFolder _data = new();

    [Fact]
    public async Task APictureOfAGrantIsAddedAfterAYes()
    {
        Grant(128, "adam", "adam/door-2/04.jpg");
        string said = await SaysAsync(1, "Nothing was written. With --yes");
        Assert.Matches(@"#128 .* 0\.\d\d .* 0\.\d{3} .*would add something", said);
        Assert.Equal(3, PicturesOf("adam"));
        await SaysAsync(0, "1 of 1 pictures added", "--yes");
        Assert.Equal(4, PicturesOf("adam"));
        await SaysAsync(1, "too similar to a picture that is there", "--yes");
    }

    /// <summary>The keys of a data directory lie beside it.</summary>
    [Fact]
    public async Task ASealedPictureIsAddedAndShownOnASheetAndWithoutTheKeyTheCommandSaysWhy()
    {
        DoorKey key = DoorKey.Generate();
        Grant(128, "adam", "adam/door-2/04.jpg", key: key);
        string sheet = _data.File("sheet.html"), keyFile = KeyPlaces.FileOf(_data.Path);
        await SaysAsync(2, "there is no key file", "--yes");
        await File.WriteAllBytesAsync(keyFile, key.Reveal(), TestContext.Current.CancellationToken);
        try
        {
            await SaysAsync(1, "Nothing was written. With --yes", "--sheet", sheet);
            Assert.Matches(@"<img alt='' src='data:image/jpeg;base64,[^']+'><figcaption>\+ #128 would add something, quality 0\.\d\d<",
                await File.ReadAllTextAsync(sheet, TestContext.Current.CancellationToken));
            await SaysAsync(0, "1 of 1 pictures added", "--yes");
            Assert.Equal(4, PicturesOf("adam"));
        }
        finally
        {
            File.Delete(keyFile);
        }
    }

    [Fact]
    public async Task APictureOfSomebodyElseIsNotAdded()
    {
        Grant(128, "adam", "nora/door-1/04.jpg");
        await SaysAsync(2, "another person than the one in the other pictures", "--yes");
        Assert.Equal(3, PicturesOf("adam"));
    }

    [Fact]
    public async Task OnlyGrantsOfThisPersonAreCandidates()
    {
        Grant(128, "nora", "nora/door-1/04.jpg");
        Grant(129, "adam", "adam/door-2/04.jpg", DoorEventKind.Denied);
        await SaysAsync(2, "Auditing:KeepPictures is not all", "--yes");
        Grant(130, "adam", "adam/door-2/04.jpg");
        await SaysAsync(2, "No picture of a grant to adam is kept", "--event", "128", "--yes");
        await SaysAsync(0, "1 of 1 pictures added", "--event", "130", "--yes");
    }

    [Fact]
    public async Task ASheetShowsEachPictureWithItsQualityAndReasonAlsoWhenNothingIsEnrolled()
    {
        string pictures = Path.Combine(Places.BuiltInPeople, "emil"), sheet = _data.File("sheet.html");
        string data = _data.File("another");
        await WholeConsole.SaysAsync(
            0, "sheet.html: every picture", "people", "add", "emil", "--images", pictures, "--data", data, "--sheet", sheet);
        Assert.Matches(@"<img alt='' src='data:image/jpeg;base64,[^']+'><figcaption>\+ enrol-1\.jpg: ok, quality 0\.\d\d<",
            await File.ReadAllTextAsync(sheet, TestContext.Current.CancellationToken));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(sheet));
        File.Delete(sheet);
        await WholeConsole.SaysAsync(2, "looks like emil", "people", "add", "eve", "--images", pictures, "--data", data, "--sheet", sheet);
        Assert.Contains("- enrol-1.jpg: looks like emil", await File.ReadAllTextAsync(sheet, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    public void Dispose() => _data.Dispose();

    private string GalleryPath
    {
        get
        {
            if (!File.Exists(_data.File("gallery.db")))
                people.CopyGalleryTo(_data.File("gallery.db"));
            return _data.File("gallery.db");
        }
    }

    private void Grant(long record, string person, string picture, DoorEventKind kind = DoorEventKind.Granted, DoorKey? key = null)
    {
        using GalleryFile gallery = GalleryFile.OpenToRead(GalleryPath);
        byte[] jpeg = PictureFile.ReadBytes(Path.Combine(Places.BuiltInPeople, picture));
        new KeptPictures(_data.File("pictures"), new KeyRing(key is null ? [] : [key], null)).Write(
            new AttemptAccount(record, kind, gallery.Person(person).Id, []), [(TimeSpan.FromSeconds(1), jpeg)]);
    }

    private int PicturesOf(string person)
    {
        using GalleryFile gallery = GalleryFile.OpenToRead(GalleryPath);
        return gallery.PicturesOf(person).Count;
    }

    private Task<string> SaysAsync(int exitCode, string words, params string[] options) => WholeConsole.SaysAsync(
        exitCode, words, ["people", "learn", "adam", "--from-log", "--data", _data.Path, .. options]);
}
