using DoorAgent.Events;
using DoorAgent.Matching;

namespace DoorAgent.Decisions;

/// <summary>What frames do. Frames that came too soon, too late or for another claim are not looked at.</summary>
internal static class FrameRule
{
    /// <summary>An identification whose face is gone so long is over.</summary>
    public static readonly TimeSpan FaceIsGoneAfter = TimeSpan.FromSeconds(1);

    public static void Usable(AccessTransition transition, UsableFrame frame)
    {
        DecisionOptions options = transition.Options;
        if (frame.TakenUpAt - frame.CapturedAt > options.MaxFrameAge
            || !IsLaterBy(options.MinFrameInterval, transition.State.Presence.LastUsable, frame.CapturedAt))
            return;
        if (transition.State.Attempt is not { } attempt)
        {
            transition.State = transition.State with { Presence = transition.State.Presence.Seeing(frame, options) };
            OpenIdentification(transition);
            return;
        }

        if (frame.CapturedAt <= attempt.BeganAt || frame.ClaimedPerson != attempt.PersonId || IsOfSomebodyElse(frame))
            return;
        if (attempt.AwaitsPin)
        {
            transition.State = transition.State with { Presence = transition.State.Presence.Seeing(frame, options) };
            return;
        }

        if (IsGone(attempt, transition.Gallery))
        {
            transition.End(DenyReason.NoLongerEnrolled);
            return;
        }

        attempt = attempt.Seeing(frame, options);
        transition.State = transition.State with { Attempt = attempt, Presence = transition.State.Presence.Seeing(frame, options) };
        if (attempt.Window.Agreed(options) is { } agreement)
            Settle(transition, attempt, frame, agreement);
        else if (attempt.Compared >= options.MaxUsableFrames)
            transition.End(attempt.ReasonAtEnd());
    }

    public static void Unusable(AccessTransition transition, UnusableFrame frame)
    {
        Attempt? attempt = transition.State.Attempt;
        if (attempt is { AwaitsPin: false } && frame.CapturedAt > attempt.BeganAt)
            attempt = attempt.Seeing(frame);
        transition.State = transition.State with { Attempt = attempt, Presence = transition.State.Presence.Seeing(frame, transition.Options) };
    }

    /// <summary>Whether a capture is that much later than the one before, where never is <see cref="TimeSpan.MinValue"/>.</summary>
    public static bool IsLaterBy(TimeSpan interval, TimeSpan before, TimeSpan capturedAt) =>
        before == TimeSpan.MinValue || (capturedAt > before && capturedAt - before >= interval);

    private static bool IsOfSomebodyElse(UsableFrame frame) => frame.ClaimedPerson is { } claimed && frame.Match.PersonId != claimed;

    /// <summary>Somebody removed while they stand there: no frame can match them any more, and that is not their face's fault.</summary>
    private static bool IsGone(Attempt attempt, Gallery? current) =>
        attempt.PersonId is { } claimed && current is not null && current.Find(claimed) is null;

    private static void OpenIdentification(AccessTransition transition)
    {
        AccessState state = transition.State;
        if (transition.Options.AccessMode.Identifies()
            && state.Presence.InARow >= Presence.FramesToOpen
            && state is { IsDoorLocked: true, IsDoorOpen: false, HasCameraFault: false }
            && !state.Faces.IsOn(transition.Now)
            && state.Presence.IsArmed(transition.Now, state.IsDoorOpen, transition.Options))
            transition.Open(person: null, badge: null);
    }

    /// <summary>The frames agree. What has changed since the attempt began is asked for now, in the current gallery.</summary>
    private static void Settle(AccessTransition transition, Attempt attempt, UsableFrame frame, FrameWindow.Agreement agreement)
    {
        FaceMatch match = frame.Match;
        if (transition.Changed(attempt, agreement.Person) is { } change)
            transition.End(change.Reason, match, agreement.Person, change.Detail);
        else if (!agreement.AreLive)
            transition.End(DenyReason.SpoofSuspected, match, agreement.Person);
        else
            transition.Grant(transition.Gallery!.Find(agreement.Person)!, attempt.Badge, match);
    }
}
