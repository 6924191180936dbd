using CsCheck;
using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Running;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Running;

/// <summary>Where people are after a start, as the journal says.</summary>
public sealed class PositionReplayTests
{
    private const long Adam = 7, Nora = 8;

    private static readonly TimeSpan Now = TimeSpan.FromSeconds(12);
    private static readonly DateTimeOffset Built = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Today = new(2026, 3, 2, 8, 0, 0, TimeSpan.FromHours(1));

    [Fact]
    public void WhoWasInsideIsInsideAfterAStart()
    {
        Positions positions = Before((DoorEventKind.Granted, Adam, 4000), (DoorEventKind.AccessTaken, Adam, 3999),
            (DoorEventKind.Granted, Nora, 3000), (DoorEventKind.ExitGranted, Nora, 2000), (DoorEventKind.ExitTaken, Nora, 1999));
        Assert.Equal(new Position(true, Now - TimeSpan.FromSeconds(4000)), positions.Of(Adam));
        Assert.False(positions.Of(Nora)!.IsInside);
    }

    [Fact]
    public void TheWaitByTimeContinues()
    {
        DecisionOptions options = new() { AntiPassback = TimeSpan.FromMinutes(10) };
        Positions positions = Before((DoorEventKind.Granted, Adam, 60));
        Assert.Equal("let in 60 s ago; again in 540 s", PassbackRule.RefusalOf(Adam, positions, options, Now)!.Value.Detail);
        Assert.Null(PassbackRule.RefusalOf(Adam, positions, options, Now + TimeSpan.FromSeconds(540)));
    }

    /// <summary>A clock without a battery starts in the past, which must not shorten the wait.</summary>
    [Fact]
    public void AClockThatIsNotSetYetEndsNoWait()
    {
        Positions positions = PositionReplay.Of([Entry(1, (DoorEventKind.Granted, Adam, 60))], Built - TimeSpan.FromDays(99), Now, Built);
        DecisionOptions options = new() { AntiPassback = TimeSpan.FromMinutes(10) };
        Assert.NotNull(PassbackRule.RefusalOf(Adam, positions, options, Now));
    }

    [Fact]
    public void AGrantThatWasNotTakenAndAPersonWhoWasForgivenAreUnknown()
    {
        Positions positions = Before((DoorEventKind.Granted, Adam, 100), (DoorEventKind.AccessNotTaken, Adam, 95),
            (DoorEventKind.Granted, Nora, 60), (DoorEventKind.PassbackForgiven, Nora, 50));
        Assert.Empty(positions.All);
    }

    [Fact]
    public void AnUnlockThatAPowerCutInterruptedCounts() => Assert.True(Before((DoorEventKind.Granted, Adam, 1)).Of(Adam)!.IsInside);

    /// <summary>The journal gives what the running door knew, for any events of the kinds that matter.</summary>
    [Fact]
    public void AfterAnyEventsTheJournalSaysWhatTheDoorKnew() => Gen.Select(
        Gen.OneOf([.. Positions.Kinds.Where(kind => kind != DoorEventKind.Started)]), Gen.OneOf(Adam, Nora)).Array[0, 30].Sample(events =>
    {
        Positions live = Positions.Unknown;
        List<DoorEvent> journal = [];
        for (int i = 0; i < events.Length; i++)
        {
            DoorEvent raised = Entry(i + 1, (events[i].Item1, events[i].Item2, events.Length - i));
            live = live.After(raised, Now - TimeSpan.FromSeconds(events.Length - i));
            journal.Insert(0, raised);
        }

        Positions replayed = PositionReplay.Of(journal, Today, Now, Built);
        Assert.Equal(live.All.OrderBy(one => one.Key), replayed.All.OrderBy(one => one.Key));
    }, iter: 3000);

    /// <summary>Refused badges write dozens of records a second; they must not push a pass out of what is read.</summary>
    [Fact]
    public void AFloodOfDenialsForgetsNobody()
    {
        FakeTimeProvider time = new(Today);
        using TempFolder folder = new();
        string path = folder.File("journal.db");
        using (Journal journal = Journal.Open(path))
        {
            long sequence = 0;
            Append(DoorEventKind.Granted, null, Adam);
            Append(DoorEventKind.AccessTaken, null, Adam);
            for (int i = 0; i < 300; i++)
                Append(DoorEventKind.Denied, i % 2 == 0 ? DenyReason.BadgeBlocked : DenyReason.UnknownBadge, Adam);

            void Append(DoorEventKind kind, DenyReason? reason, long person) =>
                journal.Append(new DoorEvent(kind) { Sequence = ++sequence, Time = time.GetLocalNow(), PersonId = person, Reason = reason });
        }

        JournalFilter passes = new(Kinds: Positions.Kinds) { Denials = Positions.Denials };
        using (JournalReader reader = new(path, passes))
            Assert.Equal(2, reader.Newest(PositionReplay.MostRecords).Count);
        DecisionOptions hard = new() { Passback = PassbackMode.Hard };
        Assert.True(PositionReplay.Read(path, hard, time, Built).Of(Adam)!.IsInside);
        Assert.Empty(PositionReplay.Read(path, new DecisionOptions(), time, Built).All);
    }

    private static Positions Before(params (DoorEventKind Kind, long Person, double Age)[] records) => PositionReplay.Of(
        [.. records.Select((record, i) => Entry(i + 1, record)).Reverse()], Today, Now, Built);

    private static DoorEvent Entry(long sequence, (DoorEventKind Kind, long Person, double Age) record) => new(record.Kind)
    {
        Sequence = sequence, PersonId = record.Person, Time = Today - TimeSpan.FromSeconds(record.Age),
    };
}
