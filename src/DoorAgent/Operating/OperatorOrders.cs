using DoorAgent.Doors;
using DoorAgent.Events;

namespace DoorAgent.Operating;

/// <summary>What an operator may order of the door, done by the deciding loop. An unlock needs its record first, as a grant does, and a lock
/// waits for none; an unlock that is refused is on record as refused.</summary>
/// <param name="desk">What there is to acknowledge.</param>
/// <param name="needsRecord">Whether an unlock without a record is refused.</param>
/// <param name="record">Records; says whether the journal took it.</param>
/// <param name="move">Tells the door machine.</param>
/// <param name="door">The door's state.</param>
internal sealed class OperatorOrders(OperatorDesk desk, bool needsRecord, Func<DoorEvent, bool> record, Action<DoorInputEvent> move, Func<DoorState> door)
{
    private const string NoRecord = "the journal cannot be written. Free the disk, or look whether it became read-only.";

    /// <param name="by">Who orders it.</param>
    /// <param name="now">Monotonic time.</param>
    public OperatorAnswer Unlock(string by, TimeSpan now)
    {
        if (door().HasRelayFault)
            return Refuse(DenyReason.RelayFault, by, "Not unlocked: the relay does not obey; 'dooragent status' says what is wrong.");
        if (!record(new DoorEvent(DoorEventKind.OperatorUnlock) { Detail = by }) && needsRecord)
            return Refuse(DenyReason.AuditFailed, by, $"Not unlocked: {NoRecord}");
        move(new DoorGranted(PersonId: null, IsExtended: false));
        return OperatorDesk.Unlocked(door(), now);
    }

    public OperatorAnswer Lock(string by)
    {
        move(new OperatorLocks());
        record(new DoorEvent(DoorEventKind.OperatorLock) { Detail = by });
        return new OperatorAnswer { Done = door().IsOpen ? "The relay is off; the door itself stands open." : "The door is locked." };
    }

    /// <summary>What is not on record would be shown again after the next start.</summary>
    public OperatorAnswer Acknowledge(string by) => !desk.HasUnacknowledged ? new OperatorAnswer { Done = "There is nothing to acknowledge." }
        : record(new DoorEvent(DoorEventKind.Acknowledged) { Detail = by }) ? new OperatorAnswer { Done = "Acknowledged; it is on record." }
        : OperatorAnswer.Refused($"Not recorded, so the next start shows it again: {NoRecord}");

    private OperatorAnswer Refuse(DenyReason reason, string by, string why)
    {
        record(new DoorEvent(DoorEventKind.Denied) { Reason = reason, Detail = $"unlock by an operator, {by}" });
        return OperatorAnswer.Refused(why);
    }
}
