namespace DoorAgent.Evaluation;

/// <summary>Evaluates the distances of picture pairs at a threshold.</summary>
/// <param name="Mated">Distances of the pairs that show one person.</param>
/// <param name="NonMated">Distances of the pairs that show two people.</param>
internal sealed record PairsEvaluation(IReadOnlyList<float> Mated, IReadOnlyList<float> NonMated)
{
    /// <summary>Counts the false matches: pairs of two people with a distance strictly below the threshold.</summary>
    public int FalseMatches(double threshold) => NonMated.Count(distance => distance < threshold);

    /// <summary>Counts the false non-matches: pairs of one person with a distance at or above the threshold.</summary>
    public int FalseNonMatches(double threshold) => Mated.Count(distance => distance >= threshold);

    /// <summary>Computes the fraction of all pairs that are classified correctly.</summary>
    public double Accuracy(double threshold) =>
        1 - ((double)(FalseMatches(threshold) + FalseNonMatches(threshold)) / (Mated.Count + NonMated.Count));

    /// <summary>Finds the threshold with the highest accuracy, in steps of 0.001.</summary>
    public double BestThreshold() => Enumerable.Range(0, 2001).Select(step => step / 1000.0).MaxBy(Accuracy);
}
