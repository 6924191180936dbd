using DoorAgent.Auditing;
using DoorAgent.Diagnostics;
using DoorAgent.Diagnostics.Checks;
using DoorAgent.Galleries;
using DoorAgent.Matching;

namespace DoorAgent.Tests.Diagnostics.Checks;

public sealed class AnchorCheckTests : IDisposable
{
    private readonly SomeDoor _door = new();

    public void Dispose() => _door.Dispose();

    [Fact]
    public async Task ADirectoryWithoutAnAnchorIsOkAndSaysSo() =>
        (await _door.FindAsync<AnchorCheck>()).Has(FindingLevel.Ok, "by the journal alone");

    [Fact]
    public async Task AnOlderGalleryIsAFaultWithTheNextStep()
    {
        using (GalleryFile gallery = new(Path.Combine(_door.Data, "gallery.db"), _door.Time))
            gallery.Change((_, _) => { });
        (await _door.FindAsync<AnchorCheck>()).Has(FindingLevel.Ok, "not older");
        using (Journal journal = Journal.Open(Path.Combine(_door.Data, "journal.db")))
            journal.NoteGallery(new GalleryHead(9, new string('9', 32)));
        (await _door.FindAsync<AnchorCheck>()).Has(FindingLevel.Fault, "revision 9 was in use", "accept-older");
    }
}
