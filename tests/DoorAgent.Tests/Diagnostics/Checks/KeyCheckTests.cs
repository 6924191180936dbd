using DoorAgent.Diagnostics;
using DoorAgent.Diagnostics.Checks;
using DoorAgent.Galleries;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Diagnostics.Checks;

public sealed class KeyCheckTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>, IDisposable
{
    private readonly SomeDoor _door = new();

    private KeyPlaces Keys => KeyPlaces.Of(_door.Data);

    private string Gallery => Path.Combine(_door.Data, "gallery.db");

    public void Dispose() => _door.Dispose();

    [Fact]
    public async Task WithoutAKeyAWarningSaysThatNothingIsSealed()
    {
        people.CopyGalleryTo(Gallery);
        (await _door.FindAsync<KeyCheck>()).Has(FindingLevel.Warning, "the gallery is not sealed", "key create");
    }

    [Fact]
    public async Task AKeyThatSealsTheGalleryAndWasExportedIsOk()
    {
        DoorKey key = Seal();
        (await _door.FindAsync<KeyCheck>()).Has(FindingLevel.Warning, "never exported", "key export");
        KeyExportNote.Write(Keys, key.Id, _door.Time);
        IReadOnlyList<Finding> found = await _door.FindAsync<KeyCheck>();
        found.AreAllOk();
        found.Has(FindingLevel.Ok, key.Id);
    }

    [Fact]
    public async Task TheExportOfAnotherKeyDoesNotCount()
    {
        Seal();
        KeyExportNote.Write(Keys, DoorKey.Generate().Id, _door.Time);
        (await _door.FindAsync<KeyCheck>()).Has(FindingLevel.Warning, "never exported");
    }

    [Fact]
    public async Task AGalleryThatIsNotSealedYetIsAWarning()
    {
        people.CopyGalleryTo(Gallery);
        new KeyKeeper(Keys).Keep(DoorKey.Generate());
        (await _door.FindAsync<KeyCheck>()).Has(FindingLevel.Warning, "not sealed yet", "run it again");
    }

    [Fact]
    public async Task AMissingKeyIsAFault()
    {
        DoorKey key = Seal();
        File.Delete(Keys.File);
        (await _door.FindAsync<KeyCheck>()).Has(FindingLevel.Fault, $"sealed with the key {key.Id}, so nobody is let in", "key import");
    }

    [Fact]
    public async Task AnotherKeyIsAFault()
    {
        DoorKey key = Seal();
        File.Delete(Keys.File);
        new KeyKeeper(Keys).Keep(DoorKey.Generate());
        (await _door.FindAsync<KeyCheck>()).Has(FindingLevel.Fault, $"sealed with the key {key.Id}, and this door has the key",
            "key import FILE --replace");
    }

    [Fact]
    public async Task ATruncatedKeyIsAFault()
    {
        File.WriteAllText(Keys.File, "dooragent-key-1 00");
        (await _door.FindAsync<KeyCheck>()).Has(FindingLevel.Fault, "does not contain the key of a door", "key import");
    }

    [Fact]
    public async Task AKeyThatOthersCanReadIsAFault()
    {
        Seal();
        File.SetUnixFileMode(Keys.File, File.GetUnixFileMode(Keys.File) | UnixFileMode.GroupRead);
        (await _door.FindAsync<KeyCheck>()).Has(FindingLevel.Fault, "other users may read the key", "chmod 600");
    }

    [Fact]
    public async Task AKeyThatTheDoorsUserCannotReadIsAFault()
    {
        Assert.SkipUnless(Libc.IsRoot, "needs root, to change the owner of files");
        Seal();
        Libc.ChangeOwner(_door.Data, 4711, 4711);
        (await _door.FindAsync<KeyCheck>()).Has(FindingLevel.Fault, "does not belong to the owner of the data", "chown");
    }

    [Fact]
    public async Task AnInterruptedRotationIsAWarning()
    {
        Seal();
        new KeyKeeper(Keys).Stage(Keys.Stored()!, DoorKey.Generate());
        (await _door.FindAsync<KeyCheck>()).Has(FindingLevel.Warning, "rotation of the key was interrupted", "key rotate");
    }

    private DoorKey Seal()
    {
        people.CopyGalleryTo(Gallery);
        DoorKey key = DoorKey.Generate();
        new KeyKeeper(Keys).Keep(key);
        Assert.True(GallerySealing.RunIfDue(Gallery, _door.Time));
        return key;
    }
}
