using DoorAgent.Decisions;
using DoorAgent.Events;

namespace DoorAgent.Tests.Decisions;

/// <summary>The naive twin of <see cref="Positions"/>: looks at all events again for each person.</summary>
internal static class NaivePositions
{
    /// <summary>The passes of one person, each with whether it was undone; the last one that stands says where the person is.</summary>
    public static Position? Of(IReadOnlyList<(TimeSpan At, DoorEvent Event)> events, long person)
    {
        List<(int At, bool IsInside, bool IsUndone)> passes = [];
        // A pass is open from its grant until the door says that it was taken or not.
        int openFrom = 0, undoneFrom = -1, undoneTo = -1, knownFrom = 0;
        bool isExitUnseen = false, isHeld = false;
        HashSet<int> uncertain = [];
        for (int i = 0; i < events.Count; i++)
        {
            DoorEvent e = events[i].Event;
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
        return last is { } stands ? new Position(stands.IsInside, events[stands.At].At) { IsCertain = !uncertain.Contains(stands.At) }
            : null;
    }
}
