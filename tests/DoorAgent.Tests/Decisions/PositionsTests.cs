using CsCheck;
using DoorAgent.Decisions;
using DoorAgent.Events;

namespace DoorAgent.Tests.Decisions;

/// <summary>Where people are, compared with a naive twin that looks at all events again for each person.</summary>
public sealed class PositionsTests
{
    private static readonly Gen<DoorEvent> Events = Gen.Select(
        Gen.OneOf([.. Positions.Kinds, DoorEventKind.RelayOn, DoorEventKind.DoorClosed, DoorEventKind.RequestToExit]),
        Gen.OneOf<long?>(1, 2, 3, null), Gen.OneOf<DenyReason?>(null, DenyReason.BadgeBlocked, DenyReason.RelayFault, DenyReason.AuditFailed,
            DenyReason.OutsideSchedule),
        (kind, person, reason) => new DoorEvent(kind) { PersonId = person, Reason = reason });

    [Fact]
    public void AfterAnyEventsEverybodyIsWhereTheNaiveTwinSays() => Events.Array[0, 40].Sample(events =>
    {
        Positions positions = Positions.Unknown;
        for (int i = 0; i < events.Length; i++)
            positions = positions.After(events[i], TimeSpan.FromSeconds(i));
        (TimeSpan, DoorEvent)[] timed = [.. events.Index().Select(one => (TimeSpan.FromSeconds(one.Index), one.Item))];
        foreach (long person in new[] { 1L, 2, 3 })
            Assert.Equal(NaivePositions.Of(timed, person), positions.Of(person));
    }, iter: 20_000);

    [Fact]
    public void AnEventOfAnotherKindChangesNothing()
    {
        Positions before = Positions.Unknown.After(new DoorEvent(DoorEventKind.Granted) { PersonId = 1 }, TimeSpan.Zero);
        foreach (DoorEventKind kind in Enum.GetValues<DoorEventKind>().Except(Positions.Kinds))
            Assert.Same(before, before.After(new DoorEvent(kind) { PersonId = 1 }, TimeSpan.FromSeconds(1)));
        foreach (DenyReason reason in Enum.GetValues<DenyReason>().Except(Positions.Denials))
            Assert.Same(before, before.After(new DoorEvent(DoorEventKind.Denied) { PersonId = 1, Reason = reason }, TimeSpan.FromSeconds(1)));
    }
}
