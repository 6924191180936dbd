using DoorAgent.Decisions;
using DoorAgent.Hardware.Doors;

namespace DoorAgent.Doors;

/// <summary>
/// The door as a machine (behaviour.md, section 3). Pure: (state, input, now) to (state, events, relay command). Whatever
/// comes, the relay is on only while unlocked, or open within relock, and never longer than <see cref="IRelay.Maximum"/>.
/// </summary>
/// <param name="options">Checked options.</param>
internal sealed class DoorMachine(DoorOptions options)
{
    /// <summary>With <see cref="Relock.Open"/> the relay lets go so long after the contact opened.</summary>
    public static readonly TimeSpan RelockDelay = TimeSpan.FromSeconds(0.5);

    /// <summary>A relay that did not let go is told again so often.</summary>
    public static readonly TimeSpan RelayRetry = TimeSpan.FromSeconds(1);

    /// <summary>Applies one input.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="input">What happened.</param>
    /// <param name="now">Monotonic time, never before that of the call before.</param>
    public DoorStep Apply(DoorState state, DoorInputEvent input, TimeSpan now)
    {
        DoorTurn turn = new(options, state, now);
        while (NextDue(turn.State) is { } due && due <= now)
            DoWhatIsDue(turn, due);
        if (input is RelayFailed or RelayRecovered or DoorStopping || !turn.State.HasStopped)
            React(turn, input);
        return turn.Step;
    }

    /// <summary>The next moment at which something happens by itself; null when nothing will.</summary>
    public TimeSpan? NextDue(DoorState state)
    {
        TimeSpan? due = state.RelayRetryAt;
        if (state.IsRelayOn)
            due = Min(due, state.RelayUntil);
        if (state is { Phase: DoorPhase.Open, HasStopped: false })
            due = Min(due, state.OpenSince + (state.IsWarned ? AlarmAfter(state) : WarnAfter(state)));
        return due;
    }

    private static void DoWhatIsDue(DoorTurn turn, TimeSpan due)
    {
        DoorState state = turn.State;
        if (state.RelayRetryAt <= due)
            turn.RetryRelease();
        else if (state.IsRelayOn && state.RelayUntil <= due)
            turn.EndAccessTime(due);
        else if (!state.IsWarned)
            turn.Warn();
        else
            turn.HoldOpen(due);
    }

    private static void React(DoorTurn turn, DoorInputEvent input)
    {
        switch (input)
        {
            case DoorStarting start:
                turn.Start(start.IsOpen);
                break;
            case DoorGranted granted:
                turn.Grant(granted);
                break;
            case ExitPressed:
                turn.Exit();
                break;
            case OperatorLocks:
                turn.Lock();
                break;
            case ContactLevel { IsOpen: true } when turn.State is { HasContact: true, IsOpen: false }:
                turn.Open();
                break;
            case ContactLevel { IsOpen: false } when turn.State is { HasContact: true, IsOpen: true }:
                turn.Close();
                break;
            case RelayFailed failed:
                turn.FailRelay(failed.Detail);
                break;
            case RelayRecovered when turn.State.HasRelayFault:
                turn.State = turn.State with { RelayRetryAt = null };
                turn.Say(DoorEventKind.RelayRestored);
                break;
            case DoorStopping when !turn.State.HasStopped:
                turn.Stop();
                break;
        }
    }

    private TimeSpan WarnAfter(DoorState state) => state.IsExtended ? options.ExtendedWarnAfter : options.WarnAfter;

    private TimeSpan AlarmAfter(DoorState state) => state.IsExtended ? options.ExtendedAlarmAfter : options.AlarmAfter;

    private static TimeSpan Min(TimeSpan? one, TimeSpan other) => one < other ? one.Value : other;
}
