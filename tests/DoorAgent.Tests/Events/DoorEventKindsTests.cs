using DoorAgent.Events;

namespace DoorAgent.Tests.Events;

public sealed class DoorEventKindsTests
{
    [Theory]
    [InlineData(DoorEventKind.DoorForced, DoorEventKind.Restored)]
    [InlineData(DoorEventKind.HeldOpen, DoorEventKind.Restored)]
    [InlineData(DoorEventKind.RelayFault, DoorEventKind.RelayRestored)]
    [InlineData(DoorEventKind.CameraFault, DoorEventKind.CameraRestored)]
    [InlineData(DoorEventKind.ReaderOffline, DoorEventKind.ReaderRestored)]
    [InlineData(DoorEventKind.LineNoise, DoorEventKind.LineRestored)]
    [InlineData(DoorEventKind.StorageFailed, DoorEventKind.StorageRestored)]
    [InlineData(DoorEventKind.GalleryRefused, DoorEventKind.GalleryLoaded)]
    [InlineData(DoorEventKind.GalleryRolledBack, DoorEventKind.GalleryLoaded)]
    internal void AnAlarmNamesTheKindThatEndsIt(DoorEventKind alarm, DoorEventKind end)
    {
        Assert.True(alarm.IsAlarm());
        Assert.Equal(end, alarm.RestoredBy());
        Assert.False(end.IsAlarm());
    }

    [Fact]
    public void OnlyAlarmsAreRestored() =>
        Assert.All(Enum.GetValues<DoorEventKind>(), kind => Assert.True(kind.RestoredBy() is null || kind.IsAlarm()));

    [Fact]
    public void OnlyADenialOfABlockedBadgeIsAnAlarm() =>
        Assert.Equal([DenyReason.BadgeBlocked], Enum.GetValues<DenyReason>().Where(reason => DoorEventKind.Denied.IsAlarm(reason)));
}
