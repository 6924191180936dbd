using DoorAgent.Events;
using DoorAgent.Link;
using DoorAgent.Tests.Auditing;

namespace DoorAgent.Tests.Link;

public sealed class DaySummaryTests
{
    [Fact]
    public void EventsAreCountedByWhatTheyMeanToPeople()
    {
        DaySummary summary = new(SomeEvents.Morning, SomeEvents.Morning.AddDays(1));
        summary.Add(
        [
            SomeEvents.Granted(), SomeEvents.Granted(2), SomeEvents.Denied(DenyReason.TooDark), SomeEvents.Denied(DenyReason.TooDark),
            SomeEvents.Denied(DenyReason.UnknownBadge), SomeEvents.Denied(DenyReason.BadgeBlocked),
            SomeEvents.Number(7, DoorEventKind.DoorForced), SomeEvents.Number(8, DoorEventKind.Restored),
            SomeEvents.Number(9, DoorEventKind.Duress), SomeEvents.Number(10, DoorEventKind.CameraSlow),
        ]);
        // A newer door may record a kind that this link does not know.
        summary.Add([new DoorEvent(Kind: null) { Unread = new UnreadWords("Newer", null, null) }]);

        Assert.Equal(2, summary.Granted);
        Assert.Equal(new SortedDictionary<string, long> { ["BadgeBlocked"] = 1, ["TooDark"] = 2, ["UnknownBadge"] = 1 }, summary.Denied);
        Assert.Equal(new SortedDictionary<string, long> { ["Denied"] = 1, ["DoorForced"] = 1, ["Duress"] = 1 }, summary.Alarms);
        Assert.Equal(new SortedDictionary<string, long> { ["CameraSlow"] = 1 }, summary.Checks);
    }
}
