using System.Globalization;
using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Operating;
using DoorAgent.Running;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Running;

/// <summary>Tests the report of a start about the previous run.</summary>
public sealed class PreviousEndTests
{
    private static readonly DateTimeOffset Evening = new(2026, 3, 2, 18, 30, 0, TimeSpan.FromHours(1));

    [Fact]
    public void AStopIsAProperEnd() =>
        Assert.Null(Read(DoorEventKind.Started, DoorEventKind.RelayOn, DoorEventKind.RelayOff, DoorEventKind.Stopping));

    [Fact]
    public void ARecordAfterAStopChangesNothing() =>
        Assert.Null(Read(DoorEventKind.Started, DoorEventKind.Stopping, DoorEventKind.StorageSlow));

    [Fact]
    public void TheFirstRunHasNoPreviousEnd() => Assert.Null(Read());

    [Fact]
    public void AJournalThatBreaksOffIsReportedWithItsLastTime() => Assert.Equal(
        "its last record is of 2026-03-02 18:30:02, and the relay was off",
        Read(DoorEventKind.Started, DoorEventKind.RelayOn, DoorEventKind.RelayOff)!.Detail);

    [Theory]
    [InlineData(DoorEventKind.RelayOn, "the door was unlocked")]
    [InlineData(DoorEventKind.Granted, "the door was about to be unlocked")]
    [InlineData(DoorEventKind.OperatorUnlock, "the door was about to be unlocked")]
    [InlineData(DoorEventKind.GrantedDoorOpen, "the relay was off")]
    [InlineData(DoorEventKind.AccessNotTaken, "the door was unlocked")]
    internal void WhetherItWasUnlockedIsToldByTheLastRecordOfTheRelay(DoorEventKind last, string then) =>
        Assert.EndsWith(then, Read(DoorEventKind.Stopping, DoorEventKind.Started, DoorEventKind.RelayOn, last)!.Detail,
            StringComparison.Ordinal);

    [Fact]
    public void AnUnlockOfAnEarlierRunIsNotThatOfTheLastRun() => Assert.EndsWith("the relay was off",
        Read(DoorEventKind.Started, DoorEventKind.RelayOn, DoorEventKind.Stopping, DoorEventKind.Started)!.Detail,
        StringComparison.Ordinal);

    [Fact]
    public void AnEndWithoutAStopNeedsAttentionUntilAcknowledged()
    {
        Assert.Null(UncleanShutdownsOf(DoorEventKind.Started).Words);
        Assert.Contains("(2 times, the last time): number 4", UncleanShutdownsOf(DoorEventKind.EndedWithoutStopping, DoorEventKind.Started,
            DoorEventKind.Stopping, DoorEventKind.EndedWithoutStopping, DoorEventKind.Started).Words, StringComparison.Ordinal);
        Assert.Null(UncleanShutdownsOf(DoorEventKind.EndedWithoutStopping,
            DoorEventKind.Started, DoorEventKind.Acknowledged, DoorEventKind.Stopping).Words);
        UncleanShutdowns again = UncleanShutdownsOf(DoorEventKind.EndedWithoutStopping,
            DoorEventKind.Acknowledged, DoorEventKind.EndedWithoutStopping);
        Assert.Contains("stopping: number 3", again.Words, StringComparison.Ordinal);
        again.Note(new DoorEvent(DoorEventKind.Acknowledged));
        Assert.Null(again.Words);
    }

    [Fact]
    public void AClockThatDoesNotFollowTheNewestRecordIsReportedWithBothTimes()
    {
        DateTimeOffset unset = DateTimeOffset.UnixEpoch.AddSeconds(5), built = Evening.AddYears(-1);
        Assert.Null(PreviousClock.JumpOf(null, Evening, built));
        Assert.Null(PreviousClock.JumpOf(At(Evening.AddSeconds(-1)), Evening, built));
        Assert.Equal("from 2026-03-02 18:30:00 to 1970-01-01 00:00:05, between two runs",
            PreviousClock.JumpOf(At(Evening), unset, built)!.Detail);
        Assert.Equal("from 1970-01-01 00:00:05 to 2026-03-02 18:30:00, between two runs",
            PreviousClock.JumpOf(At(unset), Evening, built)!.Detail);
        Assert.Null(PreviousClock.JumpOf(At(unset), unset.AddSeconds(60), built));
    }

    private static DoorEvent At(DateTimeOffset time) => new(DoorEventKind.Stopping) { Sequence = 1, Time = time };

    private static DoorEvent? Read(params DoorEventKind[] kinds)
    {
        using TempFolder folder = new();
        return PreviousEnd.Read(Written(folder, kinds));
    }

    private static UncleanShutdowns UncleanShutdownsOf(params DoorEventKind[] kinds)
    {
        using TempFolder folder = new();
        return PreviousRun.Read(Written(folder, kinds), anchor: null, new DecisionOptions(),
            new FakeTimeProvider(Evening), Evening.AddYears(-1), settings: "").UncleanShutdowns;
    }

    private static string Written(TempFolder folder, DoorEventKind[] kinds)
    {
        string path = folder.File("journal.db");
        using Journal journal = Journal.Open(path);
        foreach ((int i, DoorEventKind kind) in kinds.Index())
        {
            string detail = string.Create(CultureInfo.InvariantCulture, $"number {i + 1}");
            journal.Append(new DoorEvent(kind) { Time = Evening.AddSeconds(i), Sequence = i + 1, Detail = detail });
        }

        return path;
    }
}
