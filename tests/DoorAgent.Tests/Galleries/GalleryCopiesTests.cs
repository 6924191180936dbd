using DoorAgent.Galleries;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Galleries;

public sealed class GalleryCopiesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void LeftoversOfAKilledProcessAreDeletedButNotACopyInUse()
    {
        FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
        string left = GalleryCopies.OfExport(_folder.Path), other = GalleryCopies.OfImport(_folder.Path) + "-wal",
            gallery = _folder.File("gallery.db");
        string mine = _folder.File("export-of-mine.db"), underWay = GalleryCopies.OfImport(_folder.Path);
        foreach (string file in (string[])[left, other, gallery, mine, underWay])
        {
            File.WriteAllText(file, "");
            File.SetLastWriteTimeUtc(file, time.GetUtcNow().UtcDateTime.AddHours(file == underWay ? -0.9 : -1.1));
        }

        GalleryCopies.DeleteLeftovers(_folder.Path, time);

        Assert.Equal(((string[])[gallery, mine, underWay]).Order(StringComparer.Ordinal),
            Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal));
        GalleryCopies.DeleteLeftovers(_folder.File("nowhere"), time);
    }
}
