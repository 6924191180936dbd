using System.Collections.Immutable;
using DoorAgent.Decisions;
using DoorAgent.Doors;
using DoorAgent.Events;

namespace DoorAgent.Running;

/// <summary>Opens the door: the record first, then the door machine.</summary>
internal sealed partial class DecisionLoop
{
    /// <summary>Records the policy's events, then opens on a grant. Without a record the door stays locked, unless the settings allow that.
    /// Two people who are let in together are both on record before the door unlocks; else neither is let in.</summary>
    private void RecordAndOpen(ImmutableArray<DoorEvent> events)
    {
        bool areRecorded = events.Select(RecordDecision).ToArray().All(isRecorded => isRecorded);
        foreach (DoorEvent raised in events)
        {
            if (raised is { Kind: DoorEventKind.Granted, PersonId: { } entering })
                LetIn(raised, entering, areRecorded);
            else if (raised is { Kind: DoorEventKind.ExitGranted, PersonId: { } leaving })
                LetOut(leaving, areRecorded);
        }
    }

    private bool RecordDecision(DoorEvent raised)
    {
        bool isRecorded = Record(raised);
        if (raised.EndsAttempt)
            _pictures.End(raised, _recorder.Recorded);
        return isRecorded;
    }

    private void LetIn(DoorEvent granted, long person, bool isRecorded)
    {
        if (isRecorded || !_denyWithoutRecord)
        {
            Advance(new DoorGranted(person, IsExtended(person)));
            // Whom the relay kept out is not the first person in.
            if (_access.LetInAt.ContainsKey(person))
                _modes.Granted(person, _now);
            return;
        }

        DoorEvent denied = granted with { Kind = DoorEventKind.Denied, Reason = DenyReason.AuditFailed };
        Record(denied);
        Light([denied]);
        Advance(new DoorReported([denied]));
    }

    /// <summary>Opens the way out. A missing record locks nobody in; the warning still reaches the log.</summary>
    private void LetOut(long person, bool isRecorded)
    {
        if (!isRecorded)
            Record(new DoorEvent(DoorEventKind.Warning) { Detail = "a badge opened the way out without a record: nobody is locked in" });
        Advance(new DoorLetsOut(person, IsExtended(person)));
    }

    private bool IsExtended(long person) => _faces.Gallery?.Find(person)?.IsExtended ?? false;
}
