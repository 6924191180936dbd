using DoorAgent.Galleries;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Galleries;

public sealed class GalleryCopyTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void LeftoversOfAKilledProcessAreDeletedAtOnceButNotACopyInUse()
    {
        string left = _folder.File($"export-{Guid.NewGuid():n}.db"), log = _folder.File($"import-{Guid.NewGuid():n}.db-wal"),
            gallery = _folder.File("gallery.db"), mine = _folder.File("export-of-mine.db");
        foreach (string file in (string[])[left, log, gallery, mine])
            File.WriteAllText(file, "");
        using GalleryCopy underWay = GalleryCopy.OfImport(_folder.Path), other = GalleryCopy.OfExport(_folder.Path);
        File.WriteAllText(underWay.Path + "-wal", "");

        GalleryCopy.DeleteLeftovers(_folder.Path, TimeProvider.System);

        Assert.Equal(((string[])[gallery, mine, underWay.Path, underWay.Path + "-wal", other.Path]).Order(StringComparer.Ordinal),
            Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal));
        GalleryCopy.DeleteLeftovers(_folder.File("nowhere"), TimeProvider.System);
    }

    [Fact]
    public void ACopyIsDeletedWhenItIsNoLongerNeeded()
    {
        using (GalleryCopy copy = GalleryCopy.OfExport(_folder.Path))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(copy.Path));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }
}
