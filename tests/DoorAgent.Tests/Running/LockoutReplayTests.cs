using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Running;
using DoorAgent.Tests.Auditing;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Running;

/// <summary>Tests the failures that a start reads from the journal.</summary>
public sealed class LockoutReplayTests
{
    private const long Adam = 7;
    private const string AdamsBadge = "H10301 ...67";

    private static readonly TimeSpan Now = TimeSpan.FromSeconds(12);
    private static readonly DateTimeOffset Built = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Today = new(2026, 3, 2, 8, 0, 0, TimeSpan.FromHours(1));

    [Fact]
    public void ALockoutContinuesAfterAStart()
    {
        AccessState state = Before(Failure(40), Failure(25), Failure(10));
        Assert.Equal(Now + TimeSpan.FromSeconds(20), state.People[Adam].Until);
        Assert.True(state.People[Adam].IsOn(Now));
    }

    [Fact]
    public void TwoFailuresBeforeAStartAndOneAfterItLockOut() =>
        Assert.True(Before(Failure(40), Failure(25)).Failed(Adam, Now, new DecisionOptions()).People[Adam].IsOn(Now));

    [Fact]
    public void TheNextWaitIsTwiceAsLongEvenAfterAStart()
    {
        AccessState state = Before(Failure(3700), Failure(3650), Failure(3600)).Failed(Adam, Now, new DecisionOptions());
        Assert.Equal(Now + TimeSpan.FromSeconds(60), state.People[Adam].Until);
    }

    [Theory]
    [InlineData(2, 10, true)]
    [InlineData(3, 10, false)]
    [InlineData(2, 1, false)]
    public void TheSettingsOfTheLockoutApplyToRecordedFailures(int failures, int minutes, bool isLockedOut)
    {
        DecisionOptions options = new() { LockoutFailures = failures, LockoutWindow = TimeSpan.FromMinutes(minutes) };
        AccessState state = LockoutReplay.Of([Entry(2, Failure(5)), Entry(1, Failure(70))], options, Today, Now, Built);
        Assert.Equal(isLockedOut, state.People[Adam].IsOn(Now));
    }

    [Fact]
    public void AGrantBeforeTheStartClearsTheFailures() =>
        Assert.Empty(Before(Failure(40), Failure(25), Failure(10), new(DoorEventKind.Granted, null, Adam, AdamsBadge, 5)).People);

    [Fact]
    public void ADayLaterAllFailuresAreForgotten() => Assert.Empty(Before(Failure(86_420), Failure(86_410), Failure(86_401)).People);

    [Theory]
    [InlineData(DenyReason.LockedOut)]
    [InlineData(DenyReason.NoFace)]
    [InlineData(DenyReason.Stopping)]
    internal void WhatIsNoFailureIsNotCounted(DenyReason reason) =>
        Assert.Empty(Before([.. Enumerable.Range(1, 5).Select(second => Failure(second) with { Reason = reason })]).People);

    [Fact]
    public void AnAttemptEndedByAnotherBadgeIsAFailureIfTheFaceWasNotTheOwners()
    {
        Record superseded = Failure(10) with { Reason = DenyReason.Superseded };
        Assert.Single(Before(superseded with { Distance = 1.2f }).People);
        Assert.Empty(Before(superseded with { Distance = 0.6f }).People);
        Assert.Empty(Before(superseded with { Distance = null }).People);
    }

    [Fact]
    public void FacesWithoutABadgeAndUnknownBadgesCountForTheDoor()
    {
        Record stranger = new(DoorEventKind.Denied, DenyReason.NotRecognised, null, null, 10);
        Assert.True(Before(stranger, stranger with { Reason = DenyReason.SpoofSuspected, Person = Adam }, stranger).Faces.IsOn(Now));
        Record unknown = new(DoorEventKind.Denied, DenyReason.UnknownBadge, null, "H10301 ...99", 10);
        AccessState state = Before([.. Enumerable.Repeat(unknown, 10)]);
        Assert.True(state.UnknownBadges.IsOn(Now));
        Assert.Empty(state.People);
    }

    [Fact]
    public void UnknownTypedNumbersAreCountedSeparately()
    {
        DoorEvent typed = Entry(1, new Record(DoorEventKind.KeysNotUsed, null, null, null, 10)) with { Detail = KeyRule.NobodysNumber };
        AccessState state = LockoutReplay.Of([.. Enumerable.Repeat(typed, 10)], new DecisionOptions(), Today, Now, Built);
        Assert.True(state.TypedNumbers.IsOn(Now));
        Assert.False(state.UnknownBadges.IsOn(Now));
        Assert.Empty(LockoutReplay.Of([.. Enumerable.Repeat(typed with { Detail = "this door asks for none" }, 10)],
            new DecisionOptions(), Today, Now, Built).TypedNumbers.Failures);
    }

    [Fact]
    public void AClockSetBackForgetsNothing()
    {
        AccessState state = Of(Today - TimeSpan.FromDays(400), Failure(40), Failure(25), Failure(0));
        Assert.True(state.People[Adam].IsOn(Now));
        Assert.Equal(Now + TimeSpan.FromSeconds(30), state.People[Adam].Until);
    }

    [Fact]
    public void AnUnreadableTimeDoesNotEndTheReplay()
    {
        DoorEvent strange = Entry(2, Failure(10)) with { Time = null, Unread = new UnreadWords(null, null, "yesterday") };
        Assert.True(LockoutReplay.Of([Entry(3, Failure(1)), strange, Entry(1, Failure(20))],
            new DecisionOptions(), Today, Now, Built).People[Adam].IsOn(Now));
    }

    [Fact]
    public void AnInterveningStartWithAnUnsetClockForgetsNothing()
    {
        Record unset = new(DoorEventKind.Started, null, null, null, (Today - DateTimeOffset.UnixEpoch).TotalSeconds);
        AccessState state = Before(Failure(40), Failure(25), Failure(10), unset,
            unset with { Kind = DoorEventKind.Stopping, Ago = unset.Ago - 3 });
        Assert.True(state.People[Adam].IsOn(Now));
    }

    [Fact]
    public void FailuresBeforeTheClockWasSetAreNotYearsOld()
    {
        double sinceUnset = (Today - DateTimeOffset.UnixEpoch).TotalSeconds;
        // The clock was set between two runs, and while the door ran: a clock that
        // began last autumn was not unset, but the jump is recorded.
        Assert.True(Before(Failure(sinceUnset), Failure(sinceUnset - 2), Failure(sinceUnset - 4)).People[Adam].IsOn(Now));
        double autumn = TimeSpan.FromDays(40).TotalSeconds;
        Record jump = new(DoorEventKind.ClockJumped, null, null, null, 5);
        Assert.True(Before(Failure(autumn), Failure(autumn - 2), Failure(autumn - 4), jump).People[Adam].IsOn(Now));
        Assert.Empty(Before(Failure(autumn), Failure(autumn - 2), Failure(autumn - 4), jump with { Kind = DoorEventKind.Started }).People);
    }

    [Fact]
    public void AClockThatWasTemporarilyAheadDoesNotChangeTheAgeOfAFailure()
    {
        Record ahead = new(DoorEventKind.Started, null, null, null, -TimeSpan.FromDays(700).TotalSeconds);
        AccessState state = Before(Failure(3700), Failure(3650), Failure(3600),
            ahead, new Record(DoorEventKind.Started, null, null, null, 20));
        Assert.True(state.People.ContainsKey(Adam));
    }

    [Fact]
    public void WordsOfANewerProgramAreIgnored()
    {
        DoorEvent kind = Entry(2, Failure(2)) with { Kind = null, Unread = new UnreadWords("Teleported", null, null) },
        reason = Entry(3, Failure(1)) with { Reason = null, Unread = new UnreadWords(null, "TooTall", null) };
        Assert.Empty(LockoutReplay.Of([reason, kind], new DecisionOptions(), Today, Now, Built).People);
    }

    [Fact]
    public void FailuresAreReadFromTheJournal()
    {
        using TempFolder folder = new();
        FakeTimeProvider time = new(Today);
        using (Journal journal = Journal.Open(folder.File("journal.db")))
        {
            for (int number = 1; number <= 3; number++)
            {
                time.Advance(TimeSpan.FromSeconds(1));
                journal.Append(new DoorEvent(DoorEventKind.Denied)
                {
                    Time = time.GetLocalNow(),
                    Sequence = number,
                    Reason = DenyReason.WrongPin,
                    PersonId = Adam,
                    PersonName = "adam",
                    BadgeHint = AdamsBadge,
                });
            }
        }

        Assert.True(LockoutReplay.Read(folder.File("journal.db"), new DecisionOptions(), time, Built).People.ContainsKey(Adam));
    }

    /// <summary>Who is locked out floods the journal with two other badges by turns, and then cuts the power.</summary>
    [Theory]
    [InlineData(DenyReason.FaceNotMatched)]
    [InlineData(DenyReason.Superseded)]
    internal void AFloodOfRecordsEndsNoLockout(DenyReason failure)
    {
        using TempFolder folder = new();
        string path = folder.File("journal.db");
        Journal.Open(path).Dispose();
        WrittenJournal.Change(path, $"""
            WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {3 * LockoutReplay.MostRecords})
            INSERT INTO event (sequence, time, kind, reason, person, badge, distance, threshold)
            SELECT n, '2026-03-02T08:00:00.0000000+01:00', iif(n > 3 AND n % 2, 'AttemptOpened', 'Denied'),
                CASE WHEN n <= 3 THEN '{failure}' WHEN n % 2 THEN NULL WHEN n % 4 THEN 'Superseded' ELSE 'LockedOut' END,
                iif(n <= 3, {Adam}, 1), '{AdamsBadge}', iif(n <= 3, 1.2, NULL), 1.019 FROM number
            """);
        Assert.True(LockoutReplay.Read(path, new DecisionOptions(), new FakeTimeProvider(Today), Built).People.ContainsKey(Adam));
    }

    private static Record Failure(double ago) => new(DoorEventKind.Denied, DenyReason.FaceNotMatched, Adam, AdamsBadge, ago);

    private static AccessState Before(params Record[] oldestFirst) => Of(Today, oldestFirst);

    private static AccessState Of(DateTimeOffset wall, params Record[] oldestFirst) =>
        LockoutReplay.Of([.. oldestFirst.Select((record, i) => Entry(i + 1, record)).Reverse()], new DecisionOptions(), wall, Now, Built);

    private static DoorEvent Entry(long number, Record record) => new(record.Kind)
    {
        Sequence = number,
        Time = Today - TimeSpan.FromSeconds(record.Ago),
        Reason = record.Reason,
        PersonId = record.Person,
        BadgeHint = record.Badge,
        Distance = record.Distance,
        Threshold = 1.019f,
    };

    private sealed record Record(DoorEventKind Kind, DenyReason? Reason, long? Person, string? Badge, double Ago)
    {
        public float? Distance { get; init; } = 1.2f;
    }
}
