using System.Collections.Immutable;
using System.Globalization;
using DoorAgent.Events;
using DoorAgent.Hardware.Doors;

namespace DoorAgent.Doors;

/// <summary>
/// One call of the door machine in progress: the effect of each input, by phase. A transition lives for one call, so that the rows of
/// the table read as steps and the machine stays pure for its callers.
/// </summary>
internal sealed class DoorTransition(DoorOptions options, DoorState state, TimeSpan now)
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

    /// <summary>Energises the relay of a door that is held, for its maximum from now on.</summary>
    public void Hold()
    {
        if (!State.IsRelayOn)
            Raise(DoorEventKind.RelayOn, detail: HeldUnlocked);
        State = State with
        {
            Phase = State.Phase == DoorPhase.Locked ? DoorPhase.Unlocked : State.Phase,
            RelayOnSince = now,
            RelayUntil = now + IRelay.Maximum,
            RenewAt = now + DoorMachine.Renewal,
        };
        _relay = RelayCommand.Hold;
    }

    /// <summary>Releases the relay at once, and ends a hold; an open door stays open, and its open timers begin.</summary>
    public void Lock()
    {
        if (State.IsHeld)
            State = State with { IsHeld = false, OpenSince = now, PersonId = null, IsExtended = false, GrantedUntil = null };
        if (State.Phase == DoorPhase.Unlocked)
            State = State with { Phase = DoorPhase.Locked };
        Release();
    }

    public void Exit()
    {
        Raise(DoorEventKind.RequestToExit);
        switch (State.Phase)
        {
            case DoorPhase.Locked or DoorPhase.Unlocked:
                State = State with { ShuntUntil = now + options.Shunt };
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
            Enter(DoorEventKind.AccessTaken, State.PersonId);
            RelockAfterOpening();
        }
        else if (State.RelayOffAt is { } off && now - off <= options.TakenGrace)
        {
            Enter(DoorEventKind.AccessTaken, State.PersonId);
        }
        else if (now < State.ShuntUntil)
        {
            State = State with { PersonId = null, IsExtended = false };
            Enter(DoorEventKind.ExitTaken, null);
        }
        else
        {
            State = State with { Phase = DoorPhase.Forced, AlarmSince = now, PersonId = null, IsExtended = false };
            Raise(DoorEventKind.DoorForced);
        }
    }

    public void Close()
    {
        bool wasAlarm = State.Phase is DoorPhase.HeldOpen or DoorPhase.Forced;
        if (!State.IsHeld)
            Release();
        State = State with { Phase = State is { IsHeld: true, IsRelayOn: true } ? DoorPhase.Unlocked : DoorPhase.Locked, IsWarned = false };
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
        {
            State = State with { Phase = DoorPhase.Locked };
            // Without a contact nobody knows whether the person entered.
            if (State.HasContact)
                Raise(DoorEventKind.AccessNotTaken, State.PersonId);
        }

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

    /// <summary>Handles a failed command. The relay's state is unknown then, so it counts as faulty until a release succeeds: tried at
    /// once, then every second.</summary>
    public void FailRelay(string detail)
    {
        bool isNew = !State.HasRelayFault;
        if (isNew)
            Raise(DoorEventKind.RelayFault, detail: detail);
        if (State.Phase == DoorPhase.Unlocked)
        {
            State = State with { Phase = DoorPhase.Locked };
            if (!State.IsHeld)
                DenyForRelay(State.PersonId);
        }

        if (State.IsRelayOn)
            Release();
        _relay = isNew ? RelayCommand.Release : RelayCommand.None;
        State = State with { RelayRetryAt = now + DoorMachine.RelayRetry };
    }

    public void RetryRelease()
    {
        _relay = RelayCommand.Release;
        State = State with { RelayRetryAt = now + DoorMachine.RelayRetry };
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

    private void Unlock(long? person, bool isExtended)
    {
        TimeSpan since = State.RelayOnSince ?? now;
        TimeSpan until = Earlier(now + (isExtended ? options.ExtendedAccessTime : options.AccessTime), since + IRelay.Maximum);
        if (!State.IsRelayOn)
            Raise(DoorEventKind.RelayOn, person);
        State = State with
        {
            Phase = DoorPhase.Unlocked,
            RelayOnSince = since,
            RelayUntil = until,
            PersonId = person,
            IsExtended = isExtended,
        };
        _relay = RelayCommand.Energise(until - now);
    }

    private void Enter(DoorEventKind kind, long? person)
    {
        State = State with { Phase = DoorPhase.Open, OpenSince = now, IsWarned = false };
        Raise(kind, person);
    }

    /// <summary>Opens a door that is held unlocked: whoever opens it, that is not an alarm.</summary>
    private void OpenHeld()
    {
        long? person = now < State.GrantedUntil ? State.PersonId : null;
        State = State with { Phase = DoorPhase.Open, OpenSince = now, IsWarned = false, PersonId = null, IsExtended = false, GrantedUntil = null };
        Raise(DoorEventKind.AccessTaken, person, HeldUnlocked);
    }

    private void RelockAfterOpening()
    {
        if (options.Relock == Relock.Open)
        {
            State = State with { RelayUntil = Earlier(State.RelayUntil, now + DoorMachine.RelockDelay) };
        }
        else if (options.Relock == Relock.Close)
        {
            TimeSpan until = State.RelayOnSince!.Value + IRelay.Maximum;
            State = State with { RelayUntil = until };
            _relay = RelayCommand.Energise(until - now);
        }
    }

    private void Release() => Release(now);

    private void Release(TimeSpan at)
    {
        if (!State.IsRelayOn)
            return;
        State = State with { RelayOnSince = null, RelayOffAt = at };
        _relay = RelayCommand.Release;
        Raise(DoorEventKind.RelayOff);
    }

    private void DenyForRelay(long? person) => _events = _events.Add(
        new DoorEvent(DoorEventKind.Denied) { PersonId = person, Reason = DenyReason.RelayFault });

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
