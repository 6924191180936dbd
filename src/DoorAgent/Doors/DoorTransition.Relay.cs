using DoorAgent.Events;
using DoorAgent.Hardware.Doors;

namespace DoorAgent.Doors;

/// <summary>The relay during a call: when it is energised and released, and what happens when it does not obey.</summary>
internal sealed partial class DoorTransition
{
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
            IsLeaving = false,
        };
        _relay = RelayCommand.Energise(until - now);
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

    private void LeaveHold() => State = State with
    {
        Phase = State.Phase == DoorPhase.Unlocked ? DoorPhase.Locked : State.Phase,
        IsHeld = false, OpenSince = now, PersonId = null, IsExtended = false, IsLeaving = false, GrantedUntil = null,
    };
}
