namespace DoorAgent.Evaluation;

/// <summary>A mean over folds.</summary>
/// <param name="Mean">Mean of the folds' values, 0 to 1.</param>
/// <param name="StandardError">Standard error of the mean: the standard deviation of the folds' values (with n - 1) divided by the square
/// root of n; 0 with one fold.</param>
/// <param name="Folds">The value of each fold.</param>
internal sealed record FoldedRate(double Mean, double StandardError, IReadOnlyList<double> Folds)
{
    public static FoldedRate Of(IReadOnlyList<double> folds)
    {
        double mean = folds.Average();
        double variance = folds.Count < 2 ? 0 : folds.Sum(value => (value - mean) * (value - mean)) / (folds.Count - 1);
        return new FoldedRate(mean, Math.Sqrt(variance / folds.Count), folds);
    }
}

/// <summary>The rates of a list of as many pairs of one person as of two, as the papers state them.</summary>
/// <param name="Mated">Number of pairs of one person.</param>
/// <param name="NonMated">Number of pairs of two people.</param>
/// <param name="Source">Where pairs and folds come from, as a sentence.</param>
/// <param name="BestThreshold">The threshold with the most right answers on these same pairs.</param>
/// <param name="BestAccuracy">Share of right answers at it, 0 to 1; an optimistic figure, because the threshold was chosen on the same
/// pairs.</param>
/// <param name="Accuracy">Share of right answers on each fold at the best threshold of the other folds.</param>
/// <param name="Validation">FaceNet's VAL: share of the pairs of one person of each fold that match at the largest threshold whose false
/// accept rate on the other folds is at most <paramref name="Far"/>.</param>
/// <param name="FalseAccepts">The false accept rate on the same folds at the same thresholds.</param>
/// <param name="Far">The false accept rate for VAL.</param>
internal sealed record FoldedEvaluation(int Mated, int NonMated, string Source, double BestThreshold, double BestAccuracy,
    FoldedRate Accuracy, FoldedRate Validation, FoldedRate FalseAccepts, double Far);
