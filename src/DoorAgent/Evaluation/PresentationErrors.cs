using DoorAgent.Faces;
using DoorAgent.Liveness;

namespace DoorAgent.Evaluation;

/// <summary>
/// The errors of one class at a threshold: of people those who are refused (BPCER), of an attack those that are accepted (APCER). Both are
/// given over all presentations, where unusable ones are refused, over the judged ones alone, and for the liveness check alone over every
/// face.
/// </summary>
internal sealed record PresentationErrors
{
    private readonly IReadOnlyList<PresentationResult> _results;
    private readonly double _threshold;

    /// <param name="name">The class.</param>
    /// <param name="results">Its results, at least one.</param>
    /// <param name="threshold">The least score that is accepted.</param>
    public PresentationErrors(string name, IReadOnlyList<PresentationResult> results, double threshold)
    {
        (Class, _results, _threshold) = (name, results, threshold);
        int judged = results.Count(one => one.IsJudged);
        OfAll = new ErrorRate(results.Count(one => one.IsError(threshold)), results.Count);
        OfJudged = new ErrorRate(results.Count(one => one.IsJudged && one.IsError(threshold)), judged);
        JudgedAttempt[] faces = [.. results.Select(one => one.Alone).OfType<JudgedAttempt>()];
        OfFaces = new ErrorRate(faces.Count(one => one.IsAccepted(threshold) != IsLive), faces.Length);
        Groups = [.. results.GroupBy(one => one.Presentation.Group)
            .Select(group => (group.Key, new ErrorRate(group.Count(one => one.IsError(threshold)), group.Count())))
            .OrderByDescending(group => group.Item2.Errors).ThenBy(group => group.Item2.Trials)];
        OfGroups = new ErrorRate(Groups.Count(group => group.Errors.Errors > 0), Groups.Count);
    }

    public string Class { get; }

    public bool IsLive => Class == Presentation.Live;

    /// <summary>BPCER or APCER.</summary>
    public string Name => IsLive ? "BPCER" : "APCER";

    /// <summary>Errors among all presentations: unusable ones count as refused.</summary>
    public ErrorRate OfAll { get; }

    /// <summary>Errors among the judged presentations alone.</summary>
    public ErrorRate OfJudged { get; }

    /// <summary>Errors of the liveness check alone: every face is judged, those too that are too small, turned, or otherwise unusable at
    /// the door.</summary>
    public ErrorRate OfFaces { get; }

    /// <summary>Groups with at least one error among all groups: errors belong to the presentation, not to the picture.</summary>
    public ErrorRate OfGroups { get; }

    /// <summary>The groups with their errors, the one with most errors first.</summary>
    public IReadOnlyList<(string Group, ErrorRate Errors)> Groups { get; }

    /// <summary>The number of unusable presentations.</summary>
    public long Unusable => OfAll.Trials - OfJudged.Trials;

    /// <summary>How often each problem made a presentation unusable, the most frequent first.</summary>
    public IReadOnlyList<(UnusableReason Problem, int Count)> Problems => [.. _results.Where(one => !one.IsJudged)
        .GroupBy(one => one.Problem).Select(group => (group.Key, group.Count())).OrderByDescending(one => one.Item2)];

    /// <summary>How many judged presentations each sign refused, in the order of the signs; the score is counted where no cue
    /// denied.</summary>
    public IReadOnlyList<(SpoofSign Sign, int Count)> Refusals => [.. _results
        .Where(one => one.IsJudged && !one.IsAccepted(_threshold))
        .GroupBy(one => one.First.Sign == SpoofSign.None ? SpoofSign.Score : one.First.Sign)
        .Select(group => (group.Key, group.Count())).OrderBy(one => one.Key)];
}
