using DoorAgent.Faces;
using DoorAgent.Liveness;

namespace DoorAgent.Evaluation;

/// <summary>The judgement of one attempt: a still, or a window of a clip's frames.</summary>
/// <param name="Sign">A sign that denies at every threshold: a cue, or a score that is not a number; else
/// <see cref="SpoofSign.None"/>.</param>
/// <param name="Score">Liveness score, on the scale of a logit; null without networks or without a number.</param>
internal readonly record struct JudgedAttempt(SpoofSign Sign, double? Score)
{
    /// <summary>The least threshold that refuses the attempt lies above this value: minus infinity where a sign denies, infinity where no
    /// network judged.</summary>
    public double Strength => Sign != SpoofSign.None ? double.NegativeInfinity : Score ?? double.PositiveInfinity;

    /// <summary>Whether the door accepts the attempt as live.</summary>
    public bool IsAccepted(double threshold) => Sign == SpoofSign.None && Strength >= threshold;
}

/// <summary>What the door made of one presentation.</summary>
/// <param name="Presentation">The presentation.</param>
/// <param name="Problem">Why the door cannot use it; <see cref="UnusableReason.None"/> exactly if it was judged.</param>
/// <param name="Attempts">The judged attempts: one of a still, one or more of a clip, none of an unusable presentation.</param>
internal sealed record PresentationResult(Presentation Presentation, UnusableReason Problem, IReadOnlyList<JudgedAttempt> Attempts)
{
    /// <summary>The face of the first judged frame.</summary>
    public FaceBox? Face { get; init; }

    /// <summary>What the liveness check says of a face that the door cannot use, to measure the check apart from the quality of the
    /// pictures; null without any face.</summary>
    public JudgedAttempt? Unusable { get; init; }

    /// <summary>What the liveness check says of the face, whatever its quality; null without any face.</summary>
    public JudgedAttempt? Alone => IsJudged ? First : Unusable;

    public bool IsJudged => Problem == UnusableReason.None;

    /// <summary>The attempt that decides, as at the door: the first one.</summary>
    public JudgedAttempt First => Attempts[0];

    /// <summary>Whether the door accepts the presentation; an unusable one is refused.</summary>
    public bool IsAccepted(double threshold) => IsJudged && First.IsAccepted(threshold);

    /// <summary>Whether the result is an error: a refused person, or an accepted attack.</summary>
    public bool IsError(double threshold) => IsAccepted(threshold) != Presentation.IsLive;
}
