namespace DoorAgent.Evaluation;

/// <summary>The errors at one threshold.</summary>
/// <param name="Target">The false match rate for which the threshold was chosen, or which the catalogue promises for it.</param>
/// <param name="Threshold">A match is a distance strictly below this value.</param>
/// <param name="Fmr">False matches among the pairs of two people.</param>
/// <param name="Fnmr">False non-matches among the pairs of one person.</param>
/// <param name="BalancedFmr">The rate where every pair of people has the same weight, 0 to 1.</param>
/// <param name="BalancedFnmr">The rate where every person has the same weight, 0 to 1.</param>
internal sealed record OperatingPoint(double Target, double Threshold, MeasuredRate Fmr, MeasuredRate Fnmr, double BalancedFmr,
    double BalancedFnmr)
{
    /// <summary>Whether the set has enough pairs to show the target: the rule of three, three times as many pairs as one error
    /// needs.</summary>
    public bool IsSupported => Target * Fmr.Trials >= 3;
}

/// <summary>The rates over all pairs of a set.</summary>
/// <param name="Histogram">The distances; ROC and DET are its rates at every threshold.</param>
/// <param name="AtRates">The largest thresholds whose false match rate is at most a rate, from the largest rate; empty with one
/// person.</param>
/// <param name="AtCatalogue">The distances of the catalogue's calibration for these networks; empty if they have none.</param>
/// <param name="EqualErrorThreshold">The threshold at which both rates are nearest to each other.</param>
/// <param name="EqualErrorRate">The mean of both rates there, 0 to 1.</param>
internal sealed record AllPairsEvaluation(DistanceHistogram Histogram, IReadOnlyList<OperatingPoint> AtRates,
    IReadOnlyList<OperatingPoint> AtCatalogue, double EqualErrorThreshold, double EqualErrorRate)
{
    /// <summary>The false match rates at which thresholds are looked for: those of the catalogue's tables.</summary>
    public static IReadOnlyList<double> Rates { get; } = [1e-3, 1e-4, 3.4e-5, 1e-5, 1e-6];

    /// <summary>Reads the rates off a histogram.</summary>
    /// <param name="histogram">The distances of all pairs.</param>
    /// <param name="catalogue">Rates and distances of the networks' calibration.</param>
    public static AllPairsEvaluation Of(DistanceHistogram histogram, IEnumerable<(double Rate, double Distance)> catalogue)
    {
        double equal = histogram.Plain.EqualErrorThreshold();
        return new AllPairsEvaluation(histogram,
            // Without a pair of two people every threshold would keep every rate.
            [.. Rates.Where(_ => histogram.Plain.NonMated.Total > 0)
                .Select(rate => At(histogram, rate, histogram.Plain.ThresholdAt(rate)))],
            [.. catalogue.OrderByDescending(row => row.Rate).Select(row => At(histogram, row.Rate, row.Distance))],
            equal, (histogram.Plain.Fmr(equal) + histogram.Plain.Fnmr(equal)) / 2);
    }

    private static OperatingPoint At(DistanceHistogram histogram, double target, double threshold)
    {
        (ErrorRate fmr, ErrorRate fnmr) = histogram.Plain.CountsAt(threshold);
        return new OperatingPoint(target, threshold, MeasuredRate.Of(fmr), MeasuredRate.Of(fnmr),
            histogram.Balanced.Fmr(threshold), histogram.Balanced.Fnmr(threshold));
    }
}
