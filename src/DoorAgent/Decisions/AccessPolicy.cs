using DoorAgent.Events;
using DoorAgent.Matching;

namespace DoorAgent.Decisions;

/// <summary>
/// Decides who may enter (behaviour.md, section 2). Pure: (state, event, now) to (state, events); it knows no relay.
/// Every doubt is a denial. A late event cannot win against a deadline: what is due is done first.
/// </summary>
/// <param name="options">Checked options.</param>
/// <param name="typedPrefix">Format and facility of badges that are typed; null when none are.</param>
internal sealed class AccessPolicy(DecisionOptions options, string? typedPrefix = null)
{
    /// <summary>Applies one event.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="accessEvent">What happened.</param>
    /// <param name="now">Monotonic time, never before that of the call before.</param>
    /// <param name="current">The gallery as it is now; null while there is none, which denies.</param>
    /// <param name="notAllowedNow">Why somebody may not enter at this moment, by validity and schedule; null when they may.</param>
    public AccessStep Apply(AccessState state, AccessEvent accessEvent, TimeSpan now, Gallery? current, Func<Person, Refusal?> notAllowedNow)
    {
        AccessTurn turn = new(options, state, now, current, notAllowedNow);
        if (state.HasStopped)
            return turn.Step;
        DoWhatIsDue(turn);
        switch (accessEvent)
        {
            case BadgePresented badge:
                BadgeRule.Presented(turn, badge);
                break;
            case KeyPressed key:
                KeyRule.Pressed(turn, key, typedPrefix);
                break;
            case PinChecked answer:
                PinRule.Answered(turn, answer);
                break;
            case ReaderFaulted fault:
                BadgeRule.Faulted(turn, fault);
                break;
            case ReaderChanged reader:
                BadgeRule.ReaderChanges(turn, reader.Fault);
                break;
            case UsableFrame frame:
                FrameRule.Usable(turn, frame);
                break;
            case UnusableFrame frame:
                FrameRule.Unusable(turn, frame);
                break;
            case CameraFaulted fault:
                CameraFails(turn, fault);
                break;
            case CameraCounted counted:
                CameraIsCounted(turn, counted.Rate);
                break;
            case CameraRecovered when turn.State.HasCameraFault:
                turn.State = turn.State with { HasCameraFault = false };
                turn.Say(new DoorEvent(DoorEventKind.CameraRestored));
                break;
            case DoorMoved door:
                turn.State = turn.State with { IsDoorOpen = door.IsOpen, IsDoorLocked = door.IsLocked };
                if (door.IsOpen && turn.State.Attempt is { IsIdentification: true })
                    turn.Abandon();
                break;
            case BadgeAwaited awaited:
                turn.State = turn.State with { BadgeAwaitedUntil = awaited.Until };
                break;
            case CameraLoan loan:
                turn.State = turn.State with { CameraLentUntil = loan.Until };
                break;
            case EncoderChanged:
                turn.End(DenyReason.EncoderChanged);
                break;
            case AccessStopping:
                turn.End(DenyReason.Stopping);
                turn.State = turn.State with { HasStopped = true };
                break;
            case AccessFaulted:
                turn.End(DenyReason.Fault);
                break;
        }

        return turn.Step;
    }

    /// <summary>The next moment at which something happens by itself; null when nothing will.</summary>
    public static TimeSpan? NextDue(AccessState state)
    {
        if (state.HasStopped)
            return null;
        TimeSpan? attemptEnds = state.Attempt is { } attempt ? Earliest(attempt.Deadline, FaceGoneAt(state)) : null;
        return Earliest(attemptEnds, state.Reader.QuietAt);
    }

    /// <summary>Whether frames are to be searched for faces at all: while an attempt looks, or in a mode that identifies.</summary>
    public bool IsLooking(AccessState state) =>
        !state.HasStopped && (state.Attempt is { } attempt ? !attempt.AwaitsPin : options.AccessMode.Identifies());

    /// <summary>Whether a frame is worth the networks: nothing that it could show would be left out by its times.</summary>
    public bool Wants(AccessState state, TimeSpan capturedAt, TimeSpan takenUpAt) =>
        IsLooking(state)
        && takenUpAt - capturedAt <= options.MaxFrameAge
        && (state.Attempt is null || capturedAt > state.Attempt.BeganAt)
        && FrameRule.IsLaterBy(options.MinFrameInterval, state.Presence.LastUsable, capturedAt);

    private static void DoWhatIsDue(AccessTurn turn)
    {
        if (turn.State.Attempt is { } attempt)
        {
            // Both may be over when a tick comes late: what was due first has happened first.
            if (FaceGoneAt(turn.State) is { } gone && gone < attempt.Deadline && gone <= turn.Now)
                turn.Abandon();
            else if (attempt.Deadline <= turn.Now)
                turn.End(attempt.ReasonAtEnd());
        }

        if (turn.State.Reader.QuietAt <= turn.Now)
        {
            int faults = turn.State.Reader.FaultsSinceAlarm;
            turn.State = turn.State with { Reader = turn.State.Reader.Calmed() };
            turn.Say(new DoorEvent(DoorEventKind.LineRestored) { Detail = faults > 0 ? $"{faults} more faults since the alarm" : null });
        }
    }

    private static void CameraFails(AccessTurn turn, CameraFaulted fault)
    {
        if (turn.State.HasCameraFault)
            return;
        turn.State = turn.State with { HasCameraFault = true };
        turn.Say(new DoorEvent(DoorEventKind.CameraFault) { Detail = fault.Detail });
        // Where a badge and its PIN are enough, the camera is not missed.
        if (turn.State.Attempt is { IsIdentification: true } || turn.NeedsFace)
            turn.End(DenyReason.CameraFault);
    }

    /// <summary>Too slow a camera is said when it becomes so: whoever stands before it would only learn that the door stays shut.</summary>
    private static void CameraIsCounted(AccessTurn turn, double rate)
    {
        bool isSlow = !FramePace.Suffices(rate, turn.Options);
        if (isSlow && !turn.State.IsCameraSlow)
            turn.Say(new DoorEvent(DoorEventKind.CameraSlow) { Detail = FramePace.Words(rate, turn.Options) });
        turn.State = turn.State with { IsCameraSlow = isSlow };
    }

    private static TimeSpan? FaceGoneAt(AccessState state)
    {
        if (state.Attempt is not { IsIdentification: true } attempt)
            return null;
        TimeSpan lastSign = state.Presence.LastFace > attempt.BeganAt ? state.Presence.LastFace : attempt.BeganAt;
        return lastSign + FrameRule.FaceIsGoneAfter;
    }

    /// <summary>The earlier of two moments; null is none.</summary>
    public static TimeSpan? Earliest(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other : one;
}
