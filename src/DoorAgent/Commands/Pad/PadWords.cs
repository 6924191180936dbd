using System.Globalization;
using DoorAgent.Evaluation;
using DoorAgent.Faces;
using DoorAgent.Liveness;

namespace DoorAgent.Commands.Pad;

/// <summary>The words of a report that terminal and HTML share.</summary>
internal static class PadWords
{
    /// <summary>Returns a rate with its interval, such as "4.6 % [1.7, 9.8]".</summary>
    public static string Of(ErrorRate rate) => rate.Rate is { } share ? string.Create(CultureInfo.InvariantCulture,
        $"{100 * share:0.0} % [{100 * rate.Lower:0.0}, {100 * rate.Upper:0.0}]") : "-";

    /// <summary>Returns a share, such as "0.5 %".</summary>
    public static string Share(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.##} %");

    /// <summary>Returns a score, such as "-1.3".</summary>
    public static string Score(double score) => score.ToString("0.0#", CultureInfo.InvariantCulture);

    /// <summary>Says what judged.</summary>
    public static string Of(LivenessStrength strength) => strength switch
    {
        LivenessStrength.Full => "three networks and the cues",
        LivenessStrength.Pair => "the pair of networks and the cues: weaker than with minifasnet-v2se",
        LivenessStrength.Cues => "the cues alone, without a network: much weaker ('dooragent models pull' fetches the networks)",
        _ => "nothing",
    };

    /// <summary>Returns the problems of the unusable presentations, such as "TooSmall 3, FaceTurned 1".</summary>
    public static string Of(IReadOnlyList<(UnusableReason Problem, int Count)> problems) =>
        string.Join(", ", problems.Select(one => $"{one.Problem} {one.Count}"));

    /// <summary>Returns the signs that refused, such as "score 4, edges 1".</summary>
    public static string Of(IReadOnlyList<(SpoofSign Sign, int Count)> refusals) =>
        string.Join(", ", refusals.Select(one => $"{$"{one.Sign}".ToLowerInvariant()} {one.Count}"));

    /// <summary>Returns how the errors spread over the groups, such as "2 of 7; most in d29: 3 of 19".</summary>
    public static string Groups(PresentationErrors errors)
    {
        (string group, ErrorRate worst) = errors.Groups[0];
        return $"{errors.OfGroups.Errors} of {errors.OfGroups.Trials}"
            + (worst.Errors > 0 ? $"; most in {group}: {worst.Errors} of {worst.Trials}" : "");
    }

    /// <summary>Says what was measured with.</summary>
    public static string Of(PadConditions conditions) => string.Create(CultureInfo.InvariantCulture,
        $"Judged by {Of(conditions.Strength)}; a score of at least {Score(conditions.Threshold)} is live, a face of at least "
        + $"{conditions.MinFaceWidth} pixels is judged; detector {conditions.Detector}, encoder {conditions.Encoder}.");

    /// <summary>Says which threshold holds the stated BPCER, and what the threshold costs.</summary>
    public static IEnumerable<string> Threshold(PadEvaluation part, double bpcer)
    {
        if (!part.HasLive || !part.HasScores)
        {
            yield return "No threshold is computed: that takes live pictures and at least the pair of networks.";
            yield break;
        }

        if (part.ThresholdFor(bpcer) is not { } exact)
        {
            yield return $"No threshold refuses at most {Share(bpcer)} of the judged people: the cues alone refuse more.";
            yield break;
        }

        // Rounded down, so that nobody is refused whom the exact threshold accepts.
        double threshold = Math.Floor(exact * 100) / 100;
        string range = threshold is >= LivenessOptions.MinThreshold and <= LivenessOptions.MaxThreshold
            ? string.Create(CultureInfo.InvariantCulture, $"Liveness:Strictness={threshold:0.##}")
            : string.Create(CultureInfo.InvariantCulture,
                $"outside of what Liveness:Strictness takes, {LivenessOptions.MinThreshold} to {LivenessOptions.MaxThreshold}");
        yield return $"At most {Share(bpcer)} of the judged people are refused at the threshold {Score(threshold)} ({range}): "
            + string.Join("; ", part.Errors(threshold).Select(one => $"{one.Class} {one.Name} {Of(one.OfJudged)}")) + ".";
        yield return "A threshold chosen on these pictures looks better on them than on others.";
    }

    /// <summary>Says how many refused attacks of several attempts (clips) a further attempt would have passed.</summary>
    public static IEnumerable<string> LaterAttempts(PadEvaluation part, double threshold) => part.Results
        .Where(one => !one.Presentation.IsLive && one.IsJudged && !one.IsAccepted(threshold)
            && one.Attempts.Any(attempt => attempt.IsAccepted(threshold)))
        .GroupBy(one => one.Presentation.Class)
        .Select(group => $"{group.Key}, refused but accepted in a later window of frames: {group.Count()}");

    /// <summary>Says how many pictures it takes to claim less.</summary>
    public static IEnumerable<string> Claims(PadEvaluation part, double threshold)
    {
        foreach (PresentationErrors errors in part.Errors(threshold))
        {
            string done = errors.IsLive ? "accepted" : "refused";
            foreach (PadClaim claim in PadClaim.Below(errors.OfAll))
            {
                string more = errors.OfAll.Errors == 0 ? ""
                    : $", or {claim.WithErrors} with {errors.OfAll.Errors} of them not {done}, as here";
                yield return $"To claim {errors.Class} {errors.Name} below {Share(claim.Rate)} it takes {claim.WithoutError} "
                    + $"presentations, all {done}{more}.";
            }
        }
    }
}
