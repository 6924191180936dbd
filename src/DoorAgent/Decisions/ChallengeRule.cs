using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Liveness;
using DoorAgent.Matching;

namespace DoorAgent.Decisions;

/// <summary>The rules for a turn of the head, which is asked for after the faces passed as live. Every doubt ends in a denial.</summary>
internal static class ChallengeRule
{
    /// <summary>Asks for a turn of the head, seen against the frontal frames of the agreement.</summary>
    public static void Ask(AccessTransition transition, Attempt attempt, LivenessJudged judged)
    {
        Landmarks[] frontal = [.. attempt.Window.Frames
            .Where(frame => frame.Landmarks is not null).Select(frame => frame.Landmarks!.Value)];
        if (frontal.Length == 0)
        {
            transition.End(DenyReason.Fault, attempt.Agreed, attempt.Agreed?.PersonId, "no landmarks to compare a turn of the head with");
            return;
        }

        Ask(transition, attempt, new HeadTurn(FrontalView.MedianOf(frontal), judged.Direction),
            transition.Liveness.IsStrict ? judged.SecondDirection : null);
    }

    /// <summary>Follows a compared frame.</summary>
    public static void Usable(AccessTransition transition, Attempt attempt, Challenge challenge, UsableFrame frame)
    {
        if (frame is { Landmarks: { } landmarks } && challenge.Wants(frame.CapturedAt))
        {
            bool isPerson = frame.Match.IsMatch && frame.Match.PersonId == attempt.Agreed?.PersonId;
            Follow(transition, attempt, challenge, challenge.Turn.With(new TurnFrame(frame.Box, landmarks, frame.CapturedAt, isPerson)));
        }
    }

    /// <summary>Follows a frame that cannot be compared: a head that turns is also blurred, narrow, or turned too far.</summary>
    public static void Unusable(AccessTransition transition, Attempt attempt, Challenge challenge, UnusableFrame frame)
    {
        if (frame.CapturedAt <= challenge.AskedAt)
            return;
        if (frame.Reason == UnusableReason.SeveralFaces)
            Follow(transition, attempt, challenge, challenge.Turn.Lost());
        else if (frame is not { Face: { } face, CountingFaces: 1 } || !HasClearPoints(frame.Reason))
            Follow(transition, attempt, challenge, challenge.Turn.Unseen());
        else if (challenge.Wants(frame.CapturedAt))
            Follow(transition, attempt, challenge, challenge.Turn.With(new TurnFrame(face.Box, face.Landmarks, frame.CapturedAt, null)));
    }

    /// <summary>Handles the result of a frame: grants, asks once more, denies, or goes on.</summary>
    private static void Follow(AccessTransition transition, Attempt attempt, Challenge challenge, HeadTurn turn)
    {
        if (turn.Progress == TurnProgress.WrongWay)
            Deny(transition, attempt, $"turned the other way, asked was {challenge.Word}");
        else if (turn.Progress != TurnProgress.Answered)
            transition.State = transition.State with { Attempt = attempt with { Challenge = challenge with { Turn = turn } } };
        else if (challenge.Then is { } next)
            Ask(transition, attempt, turn.Again(next), then: null);
        else
            LivenessRule.Grant(transition, attempt);
    }

    /// <summary>Ends an attempt whose request was not answered in time.</summary>
    public static void Expire(AccessTransition transition, Attempt attempt, Challenge challenge) =>
        Deny(transition, attempt, $"did not turn to the {challenge.Word} in time");

    private static void Ask(AccessTransition transition, Attempt attempt, HeadTurn turn, TurnDirection? then)
    {
        Challenge challenge = new(turn, transition.Now, then);
        transition.State = transition.State with
        {
            Attempt = attempt with { Judging = null, Challenge = challenge, Deadline = attempt.Deadline + HeadTurn.Within },
        };
        transition.Raise(new DoorEvent(DoorEventKind.TurnAsked)
        {
            PersonId = attempt.Agreed?.PersonId,
            BadgeHint = attempt.Badge?.Hint,
            Detail = challenge.Word,
        });
    }

    private static void Deny(AccessTransition transition, Attempt attempt, string detail)
    {
        FaceMatch match = attempt.Agreed!.Value;
        // Somebody who was removed meanwhile could not be recognised any more.
        if (transition.RefusalOf(attempt, match.PersonId) is { } change)
            transition.End(change.Reason, match, match.PersonId, change.Detail);
        else
            transition.End(DenyReason.SpoofSuspected, match, match.PersonId, detail);
    }

    /// <summary>Whether the points of a face are trusted although the face cannot be compared.</summary>
    private static bool HasClearPoints(UnusableReason reason) =>
        reason is not (UnusableReason.TooDark or UnusableReason.UnlikeAFace);
}
