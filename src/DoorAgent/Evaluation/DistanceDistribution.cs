using DoorAgent.Encodings;

namespace DoorAgent.Evaluation;

/// <summary>How often each distance occurs among the pairs of one kind, in bins of 0.0001. Immutable.</summary>
/// <remarks>Counts up to 2^53 are exact. A pair may have a weight other than 1.</remarks>
internal sealed class DistanceDistribution
{
    /// <summary>Bins for one unit of distance.</summary>
    public const int BinsPerUnit = 10_000;

    /// <summary>Number of bins: distances are 0 to 2, and the last bin holds 2 itself.</summary>
    public const int Bins = (2 * BinsPerUnit) + 1;

    private readonly double[] _below = new double[Bins + 1];

    /// <param name="weights">Weight of the pairs of each bin; <see cref="Bins"/> numbers, none negative.</param>
    public DistanceDistribution(IReadOnlyList<double> weights)
    {
        if (weights.Count != Bins)
            throw new ArgumentException($"A distribution has {Bins} bins and not {weights.Count}.", nameof(weights));
        for (int bin = 0; bin < Bins; bin++)
            _below[bin + 1] = _below[bin] + weights[bin];
    }

    /// <summary>Adds distributions up.</summary>
    public static DistanceDistribution Sum(IReadOnlyList<DistanceDistribution> parts) =>
        new([.. Enumerable.Range(0, Bins).Select(bin => parts.Sum(part => part.Weight(bin)))]);

    /// <summary>The weight of all pairs.</summary>
    public double Total => _below[Bins];

    /// <summary>Returns the bin of a distance: bin k holds the distances from k / 10,000 up to the next.</summary>
    public static int BinOf(float distance) => Math.Min((int)(distance * BinsPerUnit), Bins - 1);

    /// <summary>Returns the bin of the distance of two unit vectors: sqrt(2 - 2 dot).</summary>
    public static int BinOfDot(float dot) => BinOf(FaceEncoding.DistanceOf(dot));

    /// <summary>Returns the lower end of a bin, as a distance.</summary>
    public static double DistanceOf(int bin) => (double)bin / BinsPerUnit;

    /// <summary>Returns the weight of a bin.</summary>
    public double Weight(int bin) => _below[bin + 1] - _below[bin];

    /// <summary>Returns the weight of the pairs below the lower end of a bin.</summary>
    /// <param name="bin">0 to <see cref="Bins"/>.</param>
    public double BelowBin(int bin) => _below[bin];

    /// <summary>Returns the weight of the pairs with a distance below a value, which is rounded to whole bins.</summary>
    public double Below(double distance) => _below[(int)Math.Clamp(Math.Round(distance * BinsPerUnit), 0, Bins)];

    /// <summary>Returns the share of the pairs with a distance below a value, 0 to 1; 0 without pairs.</summary>
    public double ShareBelow(double distance) => Total > 0 ? Below(distance) / Total : 0;

    /// <summary>Returns the largest distance, in whole bins, below which at most a share of the pairs lies.</summary>
    /// <param name="share">0 to 1.</param>
    public double LargestDistance(double share)
    {
        // The tolerance is for sums of weights, which are not exact.
        double allowed = (share * Total) + (1e-9 * Math.Min(1, Total));
        int low = 0, high = Bins;
        while (high > low)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = _below[middle] <= allowed ? (middle, high) : (low, middle - 1);
        }

        return DistanceOf(Math.Min(low, Bins - 1));
    }
}
