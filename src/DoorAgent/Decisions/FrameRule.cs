using DoorAgent.Matching;

namespace DoorAgent.Decisions;

/// <summary>What frames do. Frames that came too soon, too late or for another claim are not looked at.</summary>
internal static class FrameRule
{
    /// <summary>An identification whose face is gone so long is over.</summary>
    public static readonly TimeSpan FaceIsGoneAfter = TimeSpan.FromSeconds(1);

    public static void Usable(AccessTurn turn, UsableFrame frame)
    {
        DecisionOptions options = turn.Options;
        if (frame.TakenUpAt - frame.CapturedAt > options.MaxFrameAge
            || !IsLaterBy(options.MinFrameInterval, turn.State.Presence.LastUsable, frame.CapturedAt))
            return;
        if (turn.State.Attempt is not { } attempt)
        {
            turn.State = turn.State with { Presence = turn.State.Presence.Seeing(frame, options) };
            OpenIdentification(turn);
            return;
        }

        if (frame.CapturedAt <= attempt.BeganAt || frame.ClaimedPerson != attempt.PersonId || IsOfSomebodyElse(frame))
            return;
        if (attempt.AwaitsPin)
        {
            turn.State = turn.State with { Presence = turn.State.Presence.Seeing(frame, options) };
            return;
        }

        if (IsGone(attempt, turn.Gallery))
        {
            turn.End(DenyReason.NoLongerEnrolled);
            return;
        }

        attempt = attempt.Seeing(frame, options);
        turn.State = turn.State with { Attempt = attempt, Presence = turn.State.Presence.Seeing(frame, options) };
        if (attempt.Window.Agreed(options) is { } agreement)
            Settle(turn, attempt, frame, agreement);
        else if (attempt.Compared >= options.MaxUsableFrames)
            turn.End(attempt.ReasonAtEnd());
    }

    public static void Unusable(AccessTurn turn, UnusableFrame frame)
    {
        Attempt? attempt = turn.State.Attempt;
        if (attempt is { AwaitsPin: false } && frame.CapturedAt > attempt.BeganAt)
            attempt = attempt.Seeing(frame);
        turn.State = turn.State with { Attempt = attempt, Presence = turn.State.Presence.Seeing(frame, turn.Options) };
    }

    /// <summary>Whether a capture is that much later than the one before, where never is <see cref="TimeSpan.MinValue"/>.</summary>
    public static bool IsLaterBy(TimeSpan interval, TimeSpan before, TimeSpan capturedAt) =>
        before == TimeSpan.MinValue || (capturedAt > before && capturedAt - before >= interval);

    private static bool IsOfSomebodyElse(UsableFrame frame) => frame.ClaimedPerson is { } claimed && frame.Match.PersonId != claimed;

    /// <summary>Somebody removed while they stand there: no frame can match them any more, and that is not their face's fault.</summary>
    private static bool IsGone(Attempt attempt, Gallery? current) =>
        attempt.PersonId is { } claimed && current is not null && current.Find(claimed) is null;

    private static void OpenIdentification(AccessTurn turn)
    {
        AccessState state = turn.State;
        if (turn.Options.AccessMode.Identifies()
            && state.Presence.InARow >= Presence.FramesToOpen
            && state is { IsDoorLocked: true, IsDoorOpen: false, HasCameraFault: false }
            && !state.Faces.IsOn(turn.Now)
            && state.Presence.IsArmed(turn.Now, state.IsDoorOpen, turn.Options))
            turn.Open(person: null, badge: null);
    }

    /// <summary>The frames agree. What has changed since the attempt began is asked for now, in the current gallery.</summary>
    private static void Settle(AccessTurn turn, Attempt attempt, UsableFrame frame, FrameWindow.Agreement agreement)
    {
        FaceMatch match = frame.Match;
        if (turn.Changed(attempt, agreement.Person) is { } change)
            turn.End(change.Reason, match, agreement.Person, change.Detail);
        else if (!agreement.AreLive)
            turn.End(DenyReason.SpoofSuspected, match, agreement.Person);
        else
            turn.Grant(turn.Gallery!.Find(agreement.Person)!, attempt.Badge, match);
    }
}
