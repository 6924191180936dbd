namespace DoorAgent.Evaluation;

/// <summary>A comparison of two people at a small distance.</summary>
/// <param name="Distance">The distance, 0 to 2.</param>
/// <param name="One">Index of the person of the template.</param>
/// <param name="Other">Index of the person of the picture.</param>
internal readonly record struct NearPair(float Distance, int One, int Other);

/// <summary>A distance at which a false match rate is reached, with its 95 % interval.</summary>
/// <param name="Fmr">The rate, above 0 and below 1.</param>
/// <param name="Distance">The distance; of an estimate the lower end of the interval, which is the safe side.</param>
/// <param name="Low">The lower end of the interval.</param>
/// <param name="High">The upper end of the interval.</param>
/// <param name="IsEstimate">Whether the row lies beyond what was counted, and was computed by extreme-value theory.</param>
internal sealed record RateRow(double Fmr, double Distance, double Low, double High, bool IsEstimate);

/// <summary>The nearest of the non-mated comparisons of a data set: what small false match rates are read from.</summary>
/// <remarks>
/// Counted rates: the distance below which at most this share of the comparisons lies. Smaller rates are estimated by a generalised
/// Pareto distribution of the similarities (cosines) above a high threshold, the idea of ISO/IEC 5152. Intervals: comparisons that share
/// a person are not independent, so people are drawn with replacement, and a comparison counts as often as both of its people together
/// (A. B. Owen, The pigeonhole bootstrap, Annals of Applied Statistics 1, 2007, who shows that such intervals are rather too wide than
/// too narrow). The draws are the same in each run.
/// </remarks>
internal sealed class NonMatedTail
{
    /// <summary>The least number of expected false matches of a row that counts as measured.</summary>
    public const int LeastExpected = 10;

    /// <summary>The least number of exceedances to which a tail is fitted.</summary>
    public const int LeastExceedances = 50;

    /// <summary>Estimates go at most this factor beyond the smallest counted rate.</summary>
    private const double Farthest = 100;

    private const int Exceedances = 1000;
    private const double LargestShare = 0.05, SmallestShare = 1e-4;
    private const int Resamples = 400;

    private readonly NearPair[] _nearest;
    private readonly ComparisonCounts _counts;

    /// <param name="nearest">The nearest comparisons of different people: at least <see cref="NeededOf"/> of them, or all.</param>
    /// <param name="counts">The comparisons that were made.</param>
    public NonMatedTail(IEnumerable<NearPair> nearest, ComparisonCounts counts)
    {
        (_nearest, _counts) = ([.. nearest.OrderBy(pair => pair.Distance)], counts);
        Comparisons = counts.Total();
    }

    /// <summary>The number of comparisons of different people.</summary>
    public double Comparisons { get; }

    /// <summary>Returns how many of the nearest comparisons must be known for rows up to a rate, with room for the resamples.</summary>
    public static double NeededOf(double comparisons, double largestRate) =>
        Math.Min(comparisons, (2 * Math.Max(largestRate * comparisons, ExceedancesOf(comparisons))) + LeastExpected);

    /// <summary>Returns the smallest rate that can be counted.</summary>
    public double SmallestCounted => LeastExpected / Comparisons;

    /// <summary>Returns the largest known distance below which at most a share of the comparisons lies, however few they are; null without
    /// comparisons.</summary>
    /// <param name="share">0 to 1.</param>
    public double? DistanceAt(double share) => Counted(share, [.. Enumerable.Repeat(1.0, _nearest.Length)], Comparisons);

    /// <summary>Returns a row for each rate that the data support, the smallest rate first: counted where at least
    /// <see cref="LeastExpected"/> false matches are expected, else estimated.</summary>
    /// <param name="rates">The rates, above 0 and below 1.</param>
    public IReadOnlyList<RateRow> Rows(IEnumerable<double> rates)
    {
        double[] all = [.. rates.Where(rate => rate >= SmallestCounted / Farthest).Order()];
        // A rate that equals the smallest one up to rounding is still counted.
        bool[] isEstimate = [.. all.Select(rate => rate < SmallestCounted * (1 - 1e-9))];
        int[] once = [.. Enumerable.Repeat(1, _counts.People)];
        double?[] points = Distances(all, isEstimate, once);
        List<double>[] samples = [.. all.Select(_ => new List<double>())];
        foreach (int[] draws in Draws())
        {
            double?[] drawn = Distances(all, isEstimate, draws);
            for (int i = 0; i < all.Length; i++)
            {
                if (drawn[i] is { } distance)
                    samples[i].Add(distance);
            }
        }

        return [.. Enumerable.Range(0, all.Length).Where(i => points[i] is not null && samples[i].Count > Resamples / 2)
            .Select(i => Row(all[i], points[i]!.Value, samples[i], isEstimate[i]))];
    }

    private static RateRow Row(double rate, double point, List<double> sample, bool isEstimate)
    {
        sample.Sort();
        double low = Math.Min(point, sample[(int)(0.025 * (sample.Count - 1))]);
        double high = Math.Max(point, sample[(int)Math.Ceiling(0.975 * (sample.Count - 1))]);
        return new RateRow(rate, isEstimate ? low : point, low, high, isEstimate);
    }

    private static double ExceedancesOf(double comparisons) =>
        Math.Clamp(Exceedances, SmallestShare * comparisons, LargestShare * comparisons);

    private double?[] Distances(double[] rates, bool[] isEstimate, int[] draws)
    {
        double total = _counts.Total(draws);
        double[] weights = [.. _nearest.Select(pair => (double)draws[pair.One] * draws[pair.Other])];
        Func<double, double?> estimate = isEstimate.Contains(true) ? Estimate(weights, total) : _ => null;
        return [.. rates.Select((rate, i) => isEstimate[i] ? estimate(rate) : Counted(rate, weights, total))];
    }

    /// <summary>Returns the largest known distance below which at most this share of the comparisons lies.</summary>
    private double? Counted(double rate, double[] weights, double total)
    {
        double allowed = (rate * total) + 1e-9, below = 0;
        for (int i = 0; i < _nearest.Length; i++)
        {
            below += weights[i];
            if (below > allowed)
                return _nearest[i].Distance;
        }

        return _nearest.Length > 0 && total > 0 ? _nearest[^1].Distance : null;
    }

    /// <summary>Fits the tail of the similarities and returns the distance at a rate.</summary>
    private Func<double, double?> Estimate(double[] weights, double total)
    {
        double wanted = ExceedancesOf(total), weight = 0;
        int count = 0;
        while (count < _nearest.Length && weight < wanted)
            weight += weights[count++];
        // The farthest of them is the threshold itself.
        if (count < LeastExceedances || weight < LeastExceedances || count == _nearest.Length)
            return _ => null;
        double threshold = Similarity(_nearest[count].Distance), share = weight / total;
        double[] exceedances = new double[count], counted = new double[count];
        for (int i = 0; i < count; i++)
            (exceedances[count - 1 - i], counted[count - 1 - i]) = (Similarity(_nearest[i].Distance) - threshold, weights[i]);
        if (GeneralizedPareto.Fit(exceedances, counted) is not { } tail)
            return _ => null;
        return rate => rate >= share ? null : Distance(threshold + tail.Quantile(rate / share));
    }

    /// <summary>Draws people with replacement, as many as there are.</summary>
    private IEnumerable<int[]> Draws()
    {
        // Not a secret: the same draws in each run make results comparable.
#pragma warning disable CA5394
        Random random = new(5152);
        for (int i = 0; i < Resamples; i++)
        {
            int[] draws = new int[_counts.People];
            for (int k = 0; k < draws.Length; k++)
                draws[random.Next(draws.Length)]++;
            yield return draws;
        }
#pragma warning restore CA5394
    }

    private static double Similarity(double distance) => 1 - (distance * distance / 2);

    private static double Distance(double similarity) => Math.Sqrt(Math.Max(0, 2 - (2 * similarity)));
}
