using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Galleries;
using DoorAgent.Hardware;
using DoorAgent.Matching;
using DoorAgent.Operating;
using DoorAgent.Running;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Running;

/// <summary>Tests that a door notices an older gallery in the place of the newest one, and lets nobody in with it.</summary>
public sealed class DoorRuntimeRollbackTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>
{
    [Fact]
    public async Task AnOlderGalleryIsAnAlarmAndTheNewestOneStaysInUse()
    {
        using TempFolder backup = new();
        await using DoorAtWork door = new(people);
        door.Show("adam/door-1");
        await door.PassAsync(0.5);
        File.Copy(door.GalleryFile, backup.File("gallery.db"));
        door.ChangeGallery(gallery => gallery.SetEnabled("adam", isEnabled: false));
        await door.PassAsync(1);
        Assert.Equal(2, door.Count(DoorEventKind.GalleryLoaded));

        Replace(door, backup.File("gallery.db"));
        await door.PassAsync(1);
        Assert.Matches("has revision [0-9]+, and revision [0-9]+ was in use",
            Assert.Single(door.Events, e => e.Kind == DoorEventKind.GalleryRolledBack).Detail);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(3);
        Assert.Equal("Denied PersonDisabled", door.Decision);
        OperatorAnswer status = await door.AskAsync(OperatorVerb.Status);
        Assert.Contains(status.Status!.Faults, fault => fault.Contains("was in use", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnOlderGalleryIsNotChangedUntilItIsAccepted()
    {
        using TempFolder backup = new();
        await using DoorAtWork door = new(people);
        door.Show("adam/door-1");
        await door.PassAsync(0.5);
        File.Copy(door.GalleryFile, backup.File("gallery.db"));
        for (int i = 0; i < 3; i++)
        {
            door.ChangeGallery(gallery => gallery.SetEnabled("adam", isEnabled: false));
            await door.PassAsync(1);
        }

        Replace(door, backup.File("gallery.db"));
        await door.PassAsync(1);
        Assert.Contains("accept-older", Assert.Throws<UserErrorException>(
            () => door.ChangeGallery(gallery => gallery.SetEnabled("nora", isEnabled: false))).Message, StringComparison.Ordinal);

        using (GalleryFile older = GalleryRollback.OpenToAccept(door.GalleryFile, door.Time))
        {
            Assert.NotNull(older.Query(GalleryRollback.FaultOf));
            OperatorRequest request = new(OperatorVerb.AcceptGallery) { Gallery = TextOf(older) };
            Assert.Null((await door.AskAsync(request)).Refusal);
            GalleryRollback.Accept(older, door.Time);
            Assert.Null((await door.AskAsync(request with { Verb = OperatorVerb.RememberGallery, Gallery = TextOf(older) })).Refusal);
        }

        await door.PassAsync(1);
        Assert.Equal(5, door.Count(DoorEventKind.GalleryLoaded));
        Assert.Contains("the test", Assert.Single(door.Events, e => e.Kind == DoorEventKind.GalleryAccepted).Detail, StringComparison.Ordinal);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(3);
        Assert.Equal("Granted adam", door.Decision);
        door.ChangeGallery(gallery => gallery.SetEnabled("nora", isEnabled: false));
        await door.PassAsync(1);
        Assert.Equal(6, door.Count(DoorEventKind.GalleryLoaded));
    }

    [Fact]
    public async Task ARequestThatNamesNoGalleryIsRefused()
    {
        await using DoorAtWork door = new(people);
        await door.PassAsync(0.5);
        Assert.NotNull((await door.AskAsync(new OperatorRequest(OperatorVerb.AcceptGallery) { Gallery = "revision 7" })).Refusal);
        Assert.NotNull((await door.AskAsync(new OperatorRequest(OperatorVerb.RememberGallery))).Refusal);
        Assert.Equal(0, door.Count(DoorEventKind.GalleryAccepted));
    }

    /// <summary>After a restart the journal and the anchor are all that a door knows.</summary>
    [Fact]
    public void AStartRefusesAnOlderGalleryByTheJournalAndByTheAnchorAlone()
    {
        if (!Libc.IsRoot)
            Assert.Skip("needs root, who alone writes an anchor that a door believes");
        using TempFolder folder = new();
        Places places = new(folder.Path, []) { AnchorFile = folder.File("anchor") };
        KeyRing keys = new([DoorKey.Generate()], null);
        Mailbox<DoorMessage> inbox = new(10);
        GalleryHead older = new(6, new string('6', 32)), newest = new(7, new string('7', 32));
        using (Journal journal = Journal.Open(places.JournalFile, keys, TimeProvider.System))
            journal.NoteGallery(newest);
        Assert.Contains("by the journal", Started().RefusalOf(older), StringComparison.Ordinal);
        Assert.Null(Started().RefusalOf(newest));

        new Anchor(places.AnchorFile).Write(new DoorHead(TimeProvider.System.GetUtcNow(), newest, null));
        File.Delete(places.JournalFile);
        Assert.Contains("by the anchor", Started().RefusalOf(older), StringComparison.Ordinal);
        File.WriteAllText(places.JournalFile, "not a journal");
        Assert.Contains("is not known", Started().RefusalOf(newest), StringComparison.Ordinal);

        GalleryHistory Started() =>
            new(places, keys, _ => null, new HeadKeeper(places, inbox, TimeProvider.System), inbox);
    }

    [Fact]
    public void AnEmptyGalleryGoesOnWithTheNumberOfTheNewestOne()
    {
        using TempFolder folder = new();
        using (Journal journal = Journal.Open(folder.File("journal.db")))
            journal.NoteGallery(new GalleryHead(41, new string('7', 32)));
        using GalleryFile gallery = new(folder.File("gallery.db"), TimeProvider.System);
        gallery.Change((_, _) => { });
        Assert.Equal(42, gallery.Query(GalleryRollback.HeadOf).Revision);
    }

    private static string TextOf(GalleryFile gallery) =>
        new DoorHead(TimeProvider.System.GetUtcNow(), gallery.Query(GalleryRollback.HeadOf), null).Print();

    private static void Replace(DoorAtWork door, string by)
    {
        File.Copy(by, door.GalleryFile + ".copy");
        File.Move(door.GalleryFile + ".copy", door.GalleryFile, overwrite: true);
    }
}
