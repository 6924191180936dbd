using DoorAgent.Events;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Drills;

/// <summary>The whole data directory of a working door disappears and comes back. Single files, full disks and disks that became
/// read-only are in the tests of journal, gallery and log.</summary>
public sealed class LostDataTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>
{
    [Fact]
    public async Task ADoorWhoseDataAreMovedAwayRaisesAlarmsAndRecordsInANewJournal()
    {
        await using DoorAtWork door = new(people);
        string data = Path.GetDirectoryName(door.JournalFile)!, away = data + "-away";
        door.Show("adam/door-1");
        await door.PassAsync(1);
        Directory.Move(data, away);
        await door.PassAsync(7);
        Assert.Equal(1, door.Count(DoorEventKind.StorageFailed));
        Assert.Equal(1, door.Count(DoorEventKind.GalleryRefused));

        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(2);
        Assert.Equal("Granted adam", door.Decision);
        Assert.True(File.Exists(door.JournalFile));
        await door.PassAsync(6);
        Assert.False(door.IsRelayOn);

        Directory.Delete(data, recursive: true);
        Directory.Move(away, data);
        await door.PassAsync(7);
        Assert.Equal(2, door.Count(DoorEventKind.StorageFailed));
        Assert.Equal(2, door.Count(DoorEventKind.GalleryLoaded));
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(2);
        Assert.Equal(2, door.Count(DoorEventKind.Granted));
    }
}
