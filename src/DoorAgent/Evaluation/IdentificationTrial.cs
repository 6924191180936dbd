namespace DoorAgent.Evaluation;

/// <summary>What a door with a gallery of some people of the set makes of the pictures of everybody, at its own thresholds.</summary>
/// <param name="People">Number of enrolled people.</param>
/// <param name="Encodings">Number of their templates: of their encodings, where each is compared for itself.</param>
/// <param name="TargetFpir">Matching:Fpir.</param>
/// <param name="TargetFmr">Matching:Fmr.</param>
/// <param name="Margin">Matching:Margin.</param>
/// <param name="IdentificationThreshold">The distance for identification; the person's verification distance may be stricter.</param>
/// <param name="Fpir">False positive identification rate: pictures of strangers that are taken for somebody.</param>
/// <param name="Strangers">Strangers of whom at least one picture is taken for somebody.</param>
/// <param name="Fnir">False negative identification rate: pictures of enrolled people that are not taken for them.</param>
/// <param name="TakenForAnother">Pictures of enrolled people that are taken for somebody else; a part of <paramref name="Fnir"/>.</param>
/// <param name="WrongClaims">Claims of strangers to be an enrolled person that are accepted (verification).</param>
/// <param name="RightClaims">Claims of enrolled people to be themselves that are refused (verification).</param>
/// <param name="Rule">Name of the rule of comparison: the best for these networks, as a new gallery takes it.</param>
internal sealed record IdentificationTrial(int People, int Encodings, double TargetFpir, double TargetFmr, double Margin,
    double IdentificationThreshold, MeasuredRate Fpir, MeasuredRate Strangers, MeasuredRate Fnir, MeasuredRate TakenForAnother,
    MeasuredRate WrongClaims, MeasuredRate RightClaims, string Rule);
