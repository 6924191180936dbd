using System.Collections.Immutable;
using System.Globalization;
using DoorAgent.Events;

namespace DoorAgent.Doors;

/// <summary>
/// One call of the door machine in progress: the effect of each input, by phase. A transition lives for one call, so that the rows of
/// the table read as steps and the machine stays pure for its callers.
/// </summary>
internal sealed partial class DoorTransition(DoorOptions options, DoorState state, TimeSpan now)
{
    private const string HeldUnlocked = "held unlocked";

    private ImmutableArray<DoorEvent> _events = [];
    private RelayCommand _relay = RelayCommand.None;

    public DoorState State { get; set; } = state;

    public DoorStep Step => new(State, _events, _relay);

    public void Raise(DoorEventKind kind, long? person = null, string? detail = null) =>
        _events = _events.Add(new DoorEvent(kind) { PersonId = person, Detail = detail });

    public void Start(bool? isOpen)
    {
        State = new DoorState { HasContact = isOpen is not null };
        if (isOpen != true)
            return;
        State = State with { Phase = DoorPhase.Open, OpenSince = now };
        Raise(DoorEventKind.DoorOpenAtStart);
    }

    public void Grant(DoorGranted granted)
    {
        if (State.IsHeld)
        {
            State = State with
            {
                PersonId = granted.PersonId,
                IsLeaving = false,
                GrantedUntil = now + (granted.IsExtended ? options.ExtendedAccessTime : options.AccessTime),
            };
        }

        if (State.IsOpen)
        {
            if (State.Phase == DoorPhase.Open)
                State = State with { PersonId = granted.PersonId, IsExtended = granted.IsExtended, OpenSince = now, IsWarned = false };
            Raise(DoorEventKind.GrantedDoorOpen, granted.PersonId);
        }
        else if (State.HasRelayFault)
        {
            DenyForRelay(granted.PersonId);
        }
        else if (!State.IsHeld || !State.IsRelayOn)
        {
            Unlock(granted.PersonId, granted.IsExtended);
        }
    }

    /// <summary>Holds the door unlocked from now on. An alarm stays until the door closes.</summary>
    public void BeginHold()
    {
        State = State with { IsHeld = true, IsWarned = false, GrantedUntil = State.IsRelayOn ? State.RelayUntil : null, RenewAt = now };
        if (!State.HasRelayFault)
            Hold();
    }

    /// <summary>Opens the way out for a person. The shunt runs too: the handle may open the door after the access time, or with a relay
    /// that does not obey.</summary>
    public void LetOut(DoorLetsOut leaving)
    {
        if (State.IsOpen)
        {
            if (State.Phase == DoorPhase.Open)
                State = State with { PersonId = leaving.PersonId, IsExtended = leaving.IsExtended, OpenSince = now, IsWarned = false };
            Raise(DoorEventKind.GrantedDoorOpen, leaving.PersonId);
            return;
        }

        if (State.HasRelayFault)
            DenyForRelay(leaving.PersonId);
        else if (!State.IsHeld || !State.IsRelayOn)
            Unlock(leaving.PersonId, leaving.IsExtended);
        State = State with
        {
            ShuntUntil = now + options.Shunt, PersonId = leaving.PersonId, IsExtended = leaving.IsExtended, IsLeaving = true,
            GrantedUntil = State.IsHeld ? now + options.Shunt : null,
        };
    }

    /// <summary>Ends a hold and releases the relay. A motor bolt must not run out while the door is open: it waits for the door to close,
    /// within the relay's maximum after the last renewal.</summary>
    public void EndHold()
    {
        if (options.Relock != Relock.Close || State.Phase != DoorPhase.Open)
        {
            Lock();
            return;
        }

        LeaveHold();
        if (State.RelayUntil <= now)
            Release(State.RelayUntil);
    }

    /// <summary>Releases the relay at once, and ends a hold; an open door stays open, and its open timers begin.</summary>
    public void Lock()
    {
        if (State.IsHeld)
            LeaveHold();
        if (State.Phase == DoorPhase.Unlocked)
            LeaveUnlocked();
        Release();
    }

    public void Exit()
    {
        Raise(DoorEventKind.RequestToExit);
        switch (State.Phase)
        {
            case DoorPhase.Locked or DoorPhase.Unlocked:
                State = State with { ShuntUntil = now + options.Shunt };
                if (State is { IsLocked: true, IsLeaving: true })
                    State = State with { PersonId = null, IsLeaving = false };
                if (options.ExitUnlocks && State is { IsLocked: true, HasRelayFault: false })
                    Unlock(person: null, isExtended: false);
                break;
            case DoorPhase.Open:
                State = State with { OpenSince = now, IsWarned = false };
                break;
        }
    }

    public void Open()
    {
        if (State.IsHeld)
        {
            OpenHeld();
        }
        else if (State.Phase == DoorPhase.Unlocked)
        {
            Enter(Taken, State.PersonId);
            RelockAfterOpening();
        }
        else if (State.RelayOffAt is { } off && now - off <= options.TakenGrace)
        {
            Enter(Taken, State.PersonId);
        }
        else if (now < State.ShuntUntil)
        {
            if (!State.IsLeaving)
                State = State with { PersonId = null, IsExtended = false };
            Enter(DoorEventKind.ExitTaken, State.PersonId);
        }
        else
        {
            State = State with { Phase = DoorPhase.Forced, AlarmSince = now, PersonId = null, IsExtended = false, IsLeaving = false };
            Raise(DoorEventKind.DoorForced);
        }
    }

    public void Close()
    {
        bool wasAlarm = State.Phase is DoorPhase.HeldOpen or DoorPhase.Forced;
        if (!State.IsHeld)
            Release();
        State = State with
        {
            Phase = State is { IsHeld: true, IsRelayOn: true } ? DoorPhase.Unlocked : DoorPhase.Locked, IsWarned = false, IsLeaving = false,
        };
        if (wasAlarm)
            Raise(DoorEventKind.Restored, detail: string.Create(CultureInfo.InvariantCulture,
                $"after {(now - State.AlarmSince).TotalSeconds:0.#} s"));
        else
            Raise(DoorEventKind.DoorClosed);
    }

    /// <summary>Ends the relay's time: the access time, or the delay of relock.</summary>
    public void EndAccessTime(TimeSpan due)
    {
        if (State.Phase == DoorPhase.Unlocked)
            LeaveUnlocked();
        Release(due);
    }

    public void Warn()
    {
        State = State with { IsWarned = true };
        Raise(DoorEventKind.HeldOpenWarning, State.PersonId);
    }

    public void HoldOpen(TimeSpan due)
    {
        Release();
        State = State with { Phase = DoorPhase.HeldOpen, AlarmSince = due };
        Raise(DoorEventKind.HeldOpen, State.PersonId);
    }

    public void Stop()
    {
        if (State.Phase == DoorPhase.Unlocked)
        {
            State = State with { Phase = DoorPhase.Locked };
            Raise(DoorEventKind.UnlockCutShort, State.IsHeld ? null : State.PersonId, State.IsHeld ? HeldUnlocked : null);
        }

        State = State with { IsHeld = false };
        Release();
        // The release is sent even where the relay should be off already, as a last safeguard.
        _relay = RelayCommand.Release;
        State = State with { HasStopped = true };
    }

    private DoorEventKind Taken => State.IsLeaving ? DoorEventKind.ExitTaken : DoorEventKind.AccessTaken;

    /// <summary>Locks a door that nobody opened.</summary>
    private void LeaveUnlocked()
    {
        State = State with { Phase = DoorPhase.Locked };
        // Without a contact nobody knows whether the person entered.
        if (State.HasContact)
            Raise(State.IsLeaving ? DoorEventKind.ExitNotTaken : DoorEventKind.AccessNotTaken, State.PersonId);
    }

    private void Enter(DoorEventKind kind, long? person)
    {
        State = State with { Phase = DoorPhase.Open, OpenSince = now, IsWarned = false };
        Raise(kind, person);
    }

    /// <summary>Opens a door that is held unlocked: whoever opens it, that is not an alarm.</summary>
    private void OpenHeld()
    {
        (DoorEventKind kind, long? person) = now < State.GrantedUntil ? (Taken, State.PersonId) : (DoorEventKind.AccessTaken, null);
        State = State with
        {
            Phase = DoorPhase.Open, OpenSince = now, IsWarned = false,
            PersonId = null, IsExtended = false, IsLeaving = false, GrantedUntil = null,
        };
        Raise(kind, person, HeldUnlocked);
    }
}
