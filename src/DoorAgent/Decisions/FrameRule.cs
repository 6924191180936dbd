using DoorAgent.Events;
using DoorAgent.Matching;

namespace DoorAgent.Decisions;

/// <summary>The rules for frames. Frames that came too soon, too late or for another person are discarded.</summary>
internal static class FrameRule
{
    /// <summary>Time without a face after which an identification ends.</summary>
    public static readonly TimeSpan FaceIsGoneAfter = TimeSpan.FromSeconds(1);

    public static void Usable(AccessTransition transition, UsableFrame frame)
    {
        DecisionOptions options = transition.Options;
        Challenge? challenge = transition.State.Attempt?.Challenge;
        if (frame.TakenUpAt - frame.CapturedAt > options.MaxFrameAge
            || (challenge is null && !IsLaterBy(options.MinFrameInterval, transition.State.Presence.LastUsable, frame.CapturedAt)))
            return;
        if (transition.State.Attempt is not { } attempt)
        {
            transition.State = transition.State with { Presence = transition.State.Presence.With(frame, options) };
            OpenIdentification(transition);
            return;
        }

        if (frame.CapturedAt <= attempt.BeganAt || frame.ClaimedPerson != attempt.PersonId || IsOfAnotherPerson(frame))
            return;
        if (attempt.AwaitsPin || attempt.Judging is not null)
        {
            transition.State = transition.State with { Presence = transition.State.Presence.With(frame, options) };
            return;
        }

        if (IsGone(attempt, transition.Gallery))
        {
            transition.End(DenyReason.NoLongerEnrolled);
            return;
        }

        if (challenge is not null)
        {
            transition.State = transition.State with { Presence = transition.State.Presence.With(frame, options) };
            ChallengeRule.Usable(transition, attempt, challenge, frame);
            return;
        }

        attempt = attempt.With(frame, options);
        transition.State = transition.State with { Attempt = attempt, Presence = transition.State.Presence.With(frame, options) };
        if (attempt.Window.Agreed(options) is { } agreement)
            Decide(transition, attempt, frame, agreement);
        else if (attempt.Compared >= options.MaxUsableFrames)
            transition.End(attempt.ReasonAtEnd());
    }

    public static void Unusable(AccessTransition transition, UnusableFrame frame)
    {
        transition.State = transition.State with { Presence = transition.State.Presence.With(frame, transition.Options) };
        if (transition.State.Attempt is not { AwaitsPin: false, Judging: null } attempt || frame.CapturedAt <= attempt.BeganAt)
            return;
        if (attempt.Challenge is { } challenge)
            ChallengeRule.Unusable(transition, attempt, challenge, frame);
        else
            transition.State = transition.State with { Attempt = attempt.With(frame) };
    }

    /// <summary>Whether a capture is at least the interval later than the previous one, which is <see cref="TimeSpan.MinValue"/> for
    /// never.</summary>
    public static bool IsLaterBy(TimeSpan interval, TimeSpan before, TimeSpan capturedAt) =>
        before == TimeSpan.MinValue || (capturedAt > before && capturedAt - before >= interval);

    private static bool IsOfAnotherPerson(UsableFrame frame) => frame.ClaimedPerson is { } claimed && frame.Match.PersonId != claimed;

    /// <summary>Whether the person was removed during the attempt: no frame can match any more, which is not a failure of the
    /// face.</summary>
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

    /// <summary>Decides after the frames agree, by the current gallery and clock: both may have changed since the attempt began.</summary>
    private static void Decide(AccessTransition transition, Attempt attempt, UsableFrame frame, FrameWindow.Agreement agreement)
    {
        FaceMatch match = frame.Match;
        if (transition.RefusalOf(attempt, agreement.Person) is { } change)
            transition.End(change.Reason, match, agreement.Person, change.Detail);
        else if (transition.Liveness.IsOn)
            LivenessRule.Ask(transition, attempt, match, agreement);
        else
            transition.Grant(transition.Gallery!.Find(agreement.Person)!, attempt.Badge, match);
    }
}
