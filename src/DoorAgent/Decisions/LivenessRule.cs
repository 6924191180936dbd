using System.Collections.Immutable;
using DoorAgent.Events;
using DoorAgent.Matching;

namespace DoorAgent.Decisions;

/// <summary>The rules for liveness: the agreeing frames are judged once per attempt, and a picture ends the attempt.</summary>
internal static class LivenessRule
{
    /// <summary>Requests the judgement of the agreeing frames; until the answer no frame changes the attempt.</summary>
    public static void Ask(AccessTransition transition, Attempt attempt, FaceMatch match, FrameWindow.Agreement agreement)
    {
        LivenessQuestion question = new(transition.State.Questions + 1, agreement.CapturedAt);
        transition.State = transition.State with
        {
            Questions = question.Number,
            Attempt = attempt with { Judging = question, Agreed = match },
        };
        transition.Judge = question;
    }

    /// <summary>Handles a verdict. A verdict for an attempt that has ended has no effect.</summary>
    public static void Judged(AccessTransition transition, LivenessJudged judged)
    {
        if (transition.State.Attempt is not { Judging: { } question, Agreed: { PersonId: var person } match } attempt
            || question.Number != judged.Question)
            return;
        // Gallery and clock may have changed while the networks ran.
        if (!judged.Verdict.IsLive)
            transition.End(DenyReason.SpoofSuspected, match, person, judged.Verdict.Finding);
        else if (transition.RefusalOf(attempt, person) is { } change)
            transition.End(change.Reason, match, person, change.Detail);
        else if (transition.Liveness.AsksFor(judged.Verdict, hasBadge: attempt.Badge is not null))
            ChallengeRule.Ask(transition, attempt, judged);
        else
            Grant(transition, attempt);
    }

    /// <summary>Grants the person of the agreement, by the current gallery and clock: both may have changed since.</summary>
    public static void Grant(AccessTransition transition, Attempt attempt)
    {
        FaceMatch match = attempt.Agreed!.Value;
        if (transition.RefusalOf(attempt, match.PersonId) is { } change)
            transition.End(change.Reason, match, match.PersonId, change.Detail);
        else
            transition.Grant(transition.Gallery!.Find(match.PersonId)!, attempt.Badge, match);
    }
}

/// <summary>Frames whose faces are to be judged.</summary>
/// <param name="Number">Number of the question, which the verdict repeats.</param>
/// <param name="CapturedAt">Times of the agreeing frames, oldest first.</param>
internal sealed record LivenessQuestion(long Number, ImmutableArray<TimeSpan> CapturedAt);
