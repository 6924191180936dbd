using DoorAgent.Events;
using DoorAgent.Hardware.Doors;

namespace DoorAgent.Doors;

/// <summary>
/// The door's state machine (behaviour.md, section 3). Pure: (state, input, now) to (state, events, relay command). With every input
/// the relay is on only while the door is unlocked, or open before relock, and never longer than <see cref="IRelay.Maximum"/>. While the
/// door is held unlocked the relay stays on, and the maximum begins again every <see cref="Renewal"/>.
/// </summary>
/// <param name="options">Checked options.</param>
internal sealed class DoorMachine(DoorOptions options)
{
    /// <summary>Time from the opening of the contact to the release of the relay, with <see cref="Relock.Open"/>.</summary>
    public static readonly TimeSpan RelockDelay = TimeSpan.FromSeconds(0.5);

    /// <summary>Interval at which a relay that failed is released again.</summary>
    public static readonly TimeSpan RelayRetry = TimeSpan.FromSeconds(1);

    /// <summary>Interval at which the relay of a door that is held unlocked is energised again; a third of the relay's maximum.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromSeconds(10);

    /// <summary>Time from the relay's recovery to the moment at which a door that is held is unlocked again; a relay that fails each time
    /// must not fill the journal.</summary>
    public static readonly TimeSpan HoldRetry = TimeSpan.FromMinutes(1);

    /// <summary>Applies one input.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="input">The input.</param>
    /// <param name="now">Monotonic time, never before that of the previous call.</param>
    public DoorStep Apply(DoorState state, DoorInputEvent input, TimeSpan now)
    {
        DoorTransition transition = new(options, state, now);
        while (NextDue(transition.State) is { } due && due <= now)
        {
            // A hold is not renewed by the call that ends it, however late that call comes.
            if (input is HoldEnds or OperatorLocks or DoorStopping && IsRenewalDue(transition.State, due))
                break;
            DoWhatIsDue(transition, due);
        }

        if (input is RelayFailed or RelayRecovered or DoorStopping || !transition.State.HasStopped)
            React(transition, input, now);
        return transition.Step;
    }

    /// <summary>The next time at which the machine must act without an input; null when it need not.</summary>
    public TimeSpan? NextDue(DoorState state)
    {
        TimeSpan? due = state.RelayRetryAt;
        if (state is { IsHeld: true, HasRelayFault: false })
            due = Min(due, state.RenewAt);
        if (state.IsRelayOn)
            due = Min(due, state.RelayUntil);
        if (state is { Phase: DoorPhase.Open, IsHeld: false, HasStopped: false })
            due = Min(due, state.OpenSince + (state.IsWarned ? AlarmAfter(state) : WarnAfter(state)));
        return due;
    }

    private static bool IsRenewalDue(DoorState state, TimeSpan due) =>
        state is { IsHeld: true, HasRelayFault: false } && state.RenewAt <= due;

    private static void DoWhatIsDue(DoorTransition transition, TimeSpan due)
    {
        DoorState state = transition.State;
        if (state.RelayRetryAt <= due)
            transition.RetryRelease();
        else if (IsRenewalDue(state, due))
            transition.Hold();
        else if (state.IsRelayOn && state.RelayUntil <= due)
            transition.EndAccessTime(due);
        else if (!state.IsWarned)
            transition.Warn();
        else
            transition.HoldOpen(due);
    }

    private static void React(DoorTransition transition, DoorInputEvent input, TimeSpan now)
    {
        switch (input)
        {
            case DoorStarting start:
                transition.Start(start.IsOpen);
                break;
            case DoorGranted granted:
                transition.Grant(granted);
                break;
            case DoorLetsOut leaving:
                transition.LetOut(leaving);
                break;
            case ExitPressed:
                transition.Exit();
                break;
            case HoldBegins when !transition.State.IsHeld:
                transition.BeginHold();
                break;
            case HoldEnds when transition.State.IsHeld:
                transition.EndHold();
                break;
            case OperatorLocks:
                transition.Lock();
                break;
            case ContactLevel { IsOpen: true } when transition.State is { HasContact: true, IsOpen: false }:
                transition.Open();
                break;
            case ContactLevel { IsOpen: false } when transition.State is { HasContact: true, IsOpen: true }:
                transition.Close();
                break;
            case RelayFailed failed:
                transition.FailRelay(failed.Detail);
                break;
            case RelayRecovered when transition.State.HasRelayFault:
                transition.State = transition.State with { RelayRetryAt = null, RenewAt = now + HoldRetry };
                transition.Raise(DoorEventKind.RelayRestored);
                break;
            case DoorStopping when !transition.State.HasStopped:
                transition.Stop();
                break;
        }
    }

    private TimeSpan WarnAfter(DoorState state) => state.IsExtended ? options.ExtendedWarnAfter : options.WarnAfter;

    private TimeSpan AlarmAfter(DoorState state) => state.IsExtended ? options.ExtendedAlarmAfter : options.AlarmAfter;

    private static TimeSpan Min(TimeSpan? one, TimeSpan other) => one < other ? one.Value : other;
}
