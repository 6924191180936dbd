namespace DoorAgent.Evaluation;

/// <summary>The distances of all pairs of a set, of one person and of two.</summary>
/// <param name="Plain">Every pair counts 1.</param>
/// <param name="Balanced">Every person has the same weight among the pairs of one person (1 in all, however many pictures), and every
/// pair of people among the pairs of two (1 in all).</param>
internal sealed record DistanceHistogram(MatchErrors Plain, MatchErrors Balanced)
{
    /// <summary>Compares all pairs of a set.</summary>
    /// <param name="set">The encodings.</param>
    /// <param name="progress">Receives the share of the compared pairs, 0 to 1.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static DistanceHistogram Of(EncodedSet set, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        float[] share = [.. set.PersonOf.Select(person => 1f / set.CountOf[person])];
        IReadOnlyList<Counts> parts = PairKernel.Run(set.Vectors, set.Dimension, () => new Counts(), (counts, block) =>
        {
            for (int row = block.FirstRow; row < block.EndRow; row++)
                counts.Add(set, share, row, block.FirstColumnOf(row), block.DotsOf(row));
        }, progress, cancellation);
        return new DistanceHistogram(
            new MatchErrors(Sum(parts, one => one.Mated), Sum(parts, one => one.NonMated)),
            new MatchErrors(Sum(parts, one => one.BalancedMated), Sum(parts, one => one.BalancedNonMated)));
    }

    /// <summary>Adds up what the workers have counted. Which worker took which block differs from run to run, and with it the last digits
    /// of a sum of weights: they are dropped, so that two runs give the same report.</summary>
    private static DistanceDistribution Sum(IReadOnlyList<Counts> parts, Func<Counts, double[]> of)
    {
        const int digits = 10;
        double[] sum = new double[DistanceDistribution.Bins];
        foreach (Counts part in parts)
            System.Numerics.Tensors.TensorPrimitives.Add<double>(sum, of(part), sum);
        return new DistanceDistribution([.. sum.Select(weight => Math.Round(weight, digits))]);
    }

    /// <summary>What one worker has counted.</summary>
    private sealed class Counts
    {
        public double[] Mated { get; } = new double[DistanceDistribution.Bins];

        public double[] NonMated { get; } = new double[DistanceDistribution.Bins];

        public double[] BalancedMated { get; } = new double[DistanceDistribution.Bins];

        public double[] BalancedNonMated { get; } = new double[DistanceDistribution.Bins];

        /// <summary>Adds the pairs of a row with successive columns.</summary>
        public void Add(EncodedSet set, float[] share, int row, int column, ReadOnlySpan<float> dots)
        {
            int count = set.CountOf[set.PersonOf[row]];
            int mated = Math.Clamp(set.EndOfPersonAt(row) - column, 0, dots.Length);
            // A person with n pictures has n (n - 1) / 2 pairs.
            double weight = count > 1 ? 2.0 / ((double)count * (count - 1)) : 0, shareOfRow = share[row];
            for (int i = 0; i < mated; i++)
            {
                int bin = DistanceDistribution.BinOfDot(dots[i]);
                Mated[bin]++;
                BalancedMated[bin] += weight;
            }

            for (int i = mated; i < dots.Length; i++)
            {
                int bin = DistanceDistribution.BinOfDot(dots[i]);
                NonMated[bin]++;
                BalancedNonMated[bin] += shareOfRow * share[column + i];
            }
        }
    }
}
