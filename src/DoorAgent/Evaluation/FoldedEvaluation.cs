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
    FoldedRate Accuracy, FoldedRate Validation, FoldedRate FalseAccepts, double Far)
{
    /// <summary>The false accept rate at which FaceNet states VAL.</summary>
    public const double FaceNetFar = 1e-3;

    /// <summary>Evaluates compared pairs.</summary>
    /// <returns>Null if fewer than two folds have a pair of each kind.</returns>
    public static FoldedEvaluation? Of(ComparedPairs compared, double far = FaceNetFar)
    {
        MatchErrors[] folds = [.. compared.Pairs.GroupBy(pair => pair.Fold).OrderBy(fold => fold.Key).Select(MatchErrors.Of)
            .Where(fold => fold.Mated.Total > 0 && fold.NonMated.Total > 0)];
        if (folds.Length < 2)
            return null;
        MatchErrors[] others = [.. folds.Select((_, fold) => MatchErrors.Sum([.. folds.Where((_, at) => at != fold)]))];
        MatchErrors all = MatchErrors.Sum(folds);
        double best = all.BestThreshold();
        double[] strict = [.. others.Select(rest => rest.ThresholdAt(far))];
        return new FoldedEvaluation((int)all.Mated.Total, (int)all.NonMated.Total, compared.Source, best, all.Accuracy(best),
            FoldedRate.Of([.. folds.Zip(others, (fold, rest) => fold.Accuracy(rest.BestThreshold()))]),
            FoldedRate.Of([.. folds.Zip(strict, (fold, threshold) => 1 - fold.Fnmr(threshold))]),
            FoldedRate.Of([.. folds.Zip(strict, (fold, threshold) => fold.Fmr(threshold))]), far);
    }
}
