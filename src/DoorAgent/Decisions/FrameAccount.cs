using DoorAgent.Faces;
using DoorAgent.Matching;

namespace DoorAgent.Decisions;

/// <summary>What the rules made of one frame.</summary>
internal enum FrameUse
{
    /// <summary>The frame was compared, and matches.</summary>
    Matched,

    /// <summary>The frame was compared, and does not match.</summary>
    NotMatched,

    /// <summary>The frame cannot be compared.</summary>
    Unusable,

    /// <summary>The frame came too soon, too late or while no face was looked at, and was not used.</summary>
    NotUsed,

    /// <summary>The face was seen before an attempt was open.</summary>
    BeforeAttempt,

    /// <summary>The frame was watched for the requested turn of the head.</summary>
    Turn,
}

/// <summary>What became of one frame of an attempt, for an explanation of the decision.</summary>
/// <param name="CapturedAt">Monotonic time of the capture.</param>
/// <param name="Use">What the rules made of the frame.</param>
/// <param name="Problem">Why an unusable frame cannot be compared; else <see cref="UnusableReason.None"/>.</param>
/// <param name="Match">The comparison; null without one.</param>
/// <param name="Agreeing">How many frames of the window match the person of this frame, with this frame; 0 without a match.</param>
/// <param name="RestartsWindow">Whether this frame begins another window: another face, or too long after the frame before.</param>
internal sealed record FrameAccount(
    TimeSpan CapturedAt, FrameUse Use, UnusableReason Problem, FaceMatch? Match, int Agreeing, bool RestartsWindow)
{
    /// <summary>Returns the account of a frame that the policy has just processed; null for an event that is not a frame.</summary>
    /// <param name="what">The event.</param>
    /// <param name="before">The policy's state before the event.</param>
    /// <param name="after">The policy's state after the event.</param>
    /// <param name="options">The options of the policy.</param>
    public static FrameAccount? Of(AccessEvent what, AccessState before, AccessState after, DecisionOptions options) => what switch
    {
        UsableFrame frame => OfUsable(frame, before, after, options),
        UnusableFrame frame => new FrameAccount(frame.CapturedAt, UseOf(frame, before), frame.Reason, null, 0, false),
        _ => null,
    };

    private static FrameAccount OfUsable(UsableFrame frame, AccessState before, AccessState after, DecisionOptions options)
    {
        if (before.Attempt is not { } attempt)
            return Without(frame, before.Presence == after.Presence ? FrameUse.NotUsed : FrameUse.BeforeAttempt);
        if (attempt.Challenge is not null)
            return Without(frame, FrameUse.Turn);
        // Only a frame that was taken changes the number of compared frames, or ends the attempt.
        if (after.Attempt is { } later && later.Compared == attempt.Compared)
            return Without(frame, FrameUse.NotUsed);
        FrameWindow window = attempt.Window.Add(frame, options);
        bool restarts = window.Frames.Length == 1 && !attempt.Window.Frames.IsEmpty && options.FrameWindow > 1;
        int agreeing = frame.Match.IsMatch
            ? window.Frames.Count(other => other.Match.IsMatch && other.Match.PersonId == frame.Match.PersonId) : 0;
        return new FrameAccount(frame.CapturedAt, frame.Match.IsMatch ? FrameUse.Matched : FrameUse.NotMatched, UnusableReason.None,
            frame.Match, agreeing, restarts);
    }

    private static FrameUse UseOf(UnusableFrame frame, AccessState before) => before.Attempt switch
    {
        null => FrameUse.BeforeAttempt,
        { Challenge: not null } => FrameUse.Turn,
        { AwaitsPin: false, Judging: null } attempt when frame.CapturedAt > attempt.BeganAt => FrameUse.Unusable,
        _ => FrameUse.NotUsed,
    };

    private static FrameAccount Without(UsableFrame frame, FrameUse use) =>
        new(frame.CapturedAt, use, UnusableReason.None, frame.Match, 0, false);
}
