namespace DoorAgent.Liveness;

/// <summary>Everything that the liveness check measures in an attempt, for an explanation.</summary>
/// <param name="Verdict">The verdict, as the door makes it.</param>
/// <param name="Networks">The mean logit of a live face of each network over the first and the last frame; empty without
/// networks.</param>
/// <param name="Edges">The cue of enclosing edges, which denies from <see cref="EnclosingEdges.Threshold"/> on; null where the cue is
/// off.</param>
/// <param name="Motion">The cue of surroundings that move with the face, which denies below <see cref="SurroundingMotion.Threshold"/>;
/// null where the cue is off or cannot tell.</param>
internal sealed record LivenessMeasures(
    LivenessVerdict Verdict, IReadOnlyList<(string Network, double Logit)> Networks, double? Edges, double? Motion);
