using DoorAgent.Evaluation;
using DoorAgent.Faces;
using DoorAgent.Liveness;

namespace DoorAgent.Tests.Evaluation;

/// <summary>Results of presentations, as a measurement would give them.</summary>
internal static class SomeResults
{
    public static Presentation Still(string kind, string name, string? group = null) =>
        new(kind, $"{kind}/{name}", [$"/none/{kind}/{name}"], IsClip: false) { Group = group ?? name };

    /// <summary>A judged still; a score of minus infinity stands for one that a cue denies.</summary>
    public static PresentationResult Judged(string kind, double score, string name = "1.jpg", string? group = null) => new(
        Still(kind, name, group), UnusableReason.None,
        [double.IsNegativeInfinity(score) ? new JudgedAttempt(SpoofSign.Edges, 20) : new JudgedAttempt(SpoofSign.None, score)]);

    public static PresentationResult Unusable(string kind, UnusableReason problem) => new(Still(kind, "u.jpg"), problem, []);
}
