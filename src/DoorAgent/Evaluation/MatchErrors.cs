namespace DoorAgent.Evaluation;

/// <summary>False matches and false non-matches at each threshold. A match is a distance strictly below the threshold.</summary>
/// <param name="Mated">Distances of the pairs that show one person.</param>
/// <param name="NonMated">Distances of the pairs that show two people.</param>
internal sealed record MatchErrors(DistanceDistribution Mated, DistanceDistribution NonMated)
{
    /// <summary>The false match rate: share of the pairs of two people that match, 0 to 1.</summary>
    public double Fmr(double threshold) => NonMated.ShareBelow(threshold);

    /// <summary>The false non-match rate: share of the pairs of one person that do not match, 0 to 1; 0 without such pairs.</summary>
    public double Fnmr(double threshold) => Mated.Total > 0 ? 1 - Mated.ShareBelow(threshold) : 0;

    /// <summary>The largest threshold, in steps of 0.0001, whose false match rate is at most a rate.</summary>
    /// <param name="fmr">The rate, 0 to 1.</param>
    public double ThresholdAt(double fmr) => NonMated.LargestDistance(fmr);

    /// <summary>The threshold at which both rates are nearest to each other.</summary>
    public double EqualErrorThreshold()
    {
        int low = 0, high = DistanceDistribution.Bins - 1;
        // The difference of the rates grows with the threshold.
        while (high > low)
        {
            int middle = (low + high) / 2;
            (low, high) = Difference(middle) >= 0 ? (low, middle) : (middle + 1, high);
        }

        return DistanceDistribution.DistanceOf(low > 0 && Math.Abs(Difference(low - 1)) <= Math.Abs(Difference(low)) ? low - 1 : low);

        double Difference(int bin) => Fmr(DistanceDistribution.DistanceOf(bin)) - Fnmr(DistanceDistribution.DistanceOf(bin));
    }

    /// <summary>The share of right answers among all pairs, 0 to 1.</summary>
    public double Accuracy(double threshold) =>
        (Mated.Below(threshold) + NonMated.Total - NonMated.Below(threshold)) / (Mated.Total + NonMated.Total);

    /// <summary>The threshold with the highest accuracy. Where a whole range has the highest, it is the middle of the lowest such
    /// range, because a threshold beside a pair decides on that pair.</summary>
    public double BestThreshold()
    {
        int first = 0, last = 0;
        double best = double.NegativeInfinity;
        for (int bin = 0; bin < DistanceDistribution.Bins; bin++)
        {
            double right = Mated.BelowBin(bin) - NonMated.BelowBin(bin);
            if (right > best)
                (first, last, best) = (bin, bin, right);
            else if (right == best && last == bin - 1)
                last = bin;
        }

        return DistanceDistribution.DistanceOf((first + last) / 2);
    }

    /// <summary>Counts the distances of pairs; infinite ones match at no threshold.</summary>
    public static MatchErrors Of(IEnumerable<ComparedPair> pairs)
    {
        double[] mated = new double[DistanceDistribution.Bins], nonMated = new double[DistanceDistribution.Bins];
        foreach (ComparedPair pair in pairs)
            (pair.IsMated ? mated : nonMated)[DistanceDistribution.BinOf(MathF.Min(pair.Distance, 2))]++;
        return new MatchErrors(new DistanceDistribution(mated), new DistanceDistribution(nonMated));
    }

    /// <summary>Adds distributions up.</summary>
    public static MatchErrors Sum(IReadOnlyList<MatchErrors> parts) => new(
        DistanceDistribution.Sum([.. parts.Select(part => part.Mated)]),
        DistanceDistribution.Sum([.. parts.Select(part => part.NonMated)]));

    /// <summary>Counts the errors at a threshold, with their intervals; for distributions of counts, not of weights.</summary>
    public (ErrorRate Fmr, ErrorRate Fnmr) CountsAt(double threshold) =>
        (new ErrorRate((long)NonMated.Below(threshold), (long)NonMated.Total),
            new ErrorRate((long)(Mated.Total - Mated.Below(threshold)), (long)Mated.Total));
}
