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
        foreach (long person in new[] { 1L, 2, 3 })
            Assert.Equal(Naive(events, person), positions.Of(person));
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

    /// <summary>The passes of one person, each with whether it was undone; the last one that stands says where the person is.</summary>
    private static Position? Naive(DoorEvent[] events, long person)
    {
        List<(int At, bool IsInside, bool IsUndone)> passes = [];
        // A pass is open from its grant until the door says that it was taken or not.
        int openFrom = 0, undoneFrom = -1, undoneTo = -1, knownFrom = 0;
        bool isExitUnseen = false, isHeld = false;
        HashSet<int> uncertain = [];
        for (int i = 0; i < events.Length; i++)
        {
            DoorEvent e = events[i];
            bool isIn = e.Kind == DoorEventKind.Granted && e.PersonId is not null;
            bool isOut = e.Kind == DoorEventKind.ExitGranted && e.PersonId is not null && e.Reason != DenyReason.BadgeBlocked;
            if ((isIn || isOut) && !isHeld)
            {
                undoneFrom = -1;
                if (e.PersonId == person)
                {
                    passes.Add((i, isIn, false));
                    if (isIn && isExitUnseen)
                        uncertain.Add(i);
                }
            }
            else if (e.Kind is DoorEventKind.AccessNotTaken or DoorEventKind.ExitNotTaken or DoorEventKind.UnlockCutShort
                || (e is { Kind: DoorEventKind.Denied, PersonId: not null, Reason: DenyReason.RelayFault or DenyReason.AuditFailed }))
            {
                passes = [.. passes.Select(pass => pass with { IsUndone = pass.IsUndone || pass.At >= openFrom })];
                (undoneFrom, undoneTo, openFrom) = (openFrom, i, i);
            }
            else if (e is { Kind: DoorEventKind.AccessTaken or DoorEventKind.ExitTaken, PersonId: not null })
            {
                if (undoneFrom >= 0)
                {
                    passes = [.. passes.Select(pass => pass.At >= undoneFrom && pass.At < undoneTo ? pass with { IsUndone = false } : pass)];
                }

                (openFrom, undoneFrom) = (i, -1);
            }
            else if (e.Kind is DoorEventKind.GrantedDoorOpen or DoorEventKind.RelayOff)
            {
                openFrom = i;
            }
            else if (e.Kind == DoorEventKind.Started)
            {
                (openFrom, undoneFrom, isExitUnseen, isHeld) = (i, -1, false, false);
            }
            else if (e.Kind == DoorEventKind.ExitReaderOffline)
            {
                uncertain.UnionWith(passes.Select(pass => pass.At));
                isExitUnseen = true;
            }
            else if (e.Kind == DoorEventKind.ExitReaderRestored)
            {
                isExitUnseen = false;
            }
            else if (e.Kind == DoorEventKind.HoldEnded)
            {
                isHeld = false;
            }
            else if (e.Kind == DoorEventKind.HeldUnlocked || (e.Kind == DoorEventKind.PassbackForgiven && e.PersonId is null))
            {
                (knownFrom, openFrom, undoneFrom, isHeld) = (i, i, -1, isHeld || e.Kind == DoorEventKind.HeldUnlocked);
            }
            else if (e.Kind == DoorEventKind.PassbackForgiven && e.PersonId == person)
            {
                knownFrom = i;
            }
        }

        (int At, bool IsInside, bool IsUndone)? last = passes.Where(pass => pass.At >= knownFrom && !pass.IsUndone)
            .Select(pass => ((int, bool, bool)?)pass).LastOrDefault();
        return last is { } stands ? new Position(stands.IsInside, TimeSpan.FromSeconds(stands.At)) { IsCertain = !uncertain.Contains(stands.At) }
            : null;
    }
}
