namespace DoorAgent.Evaluation;

/// <summary>Distances of pairs of one person and of pairs of two.</summary>
/// <param name="Mated">Distances of the pairs that show one person.</param>
/// <param name="NonMated">Distances of the pairs that show two.</param>
internal sealed record PairsEvaluation(IReadOnlyList<float> Mated, IReadOnlyList<float> NonMated)
{
    /// <summary>How many pairs of two people are let pass at a threshold: distance strictly below it.</summary>
    public int FalseMatches(double threshold) => NonMated.Count(distance => distance < threshold);

    /// <summary>How many pairs of one person are turned away.</summary>
    public int FalseNonMatches(double threshold) => Mated.Count(distance => distance >= threshold);

    /// <summary>Part of all pairs that is told right.</summary>
    public double Accuracy(double threshold) =>
        1 - ((double)(FalseMatches(threshold) + FalseNonMatches(threshold)) / (Mated.Count + NonMated.Count));

    /// <summary>The threshold, in steps of 0.001, with the highest accuracy.</summary>
    public double BestThreshold() => Enumerable.Range(0, 2001).Select(step => step / 1000.0).MaxBy(Accuracy);
}
