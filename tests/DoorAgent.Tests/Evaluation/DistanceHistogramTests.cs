using CsCheck;
using DoorAgent.Evaluation;

namespace DoorAgent.Tests.Evaluation;

public sealed class DistanceHistogramTests
{
    // A distance that lies on the end of a bin may be counted on either side of it: thresholds are asked between such distances.
    private const double HalfBin = 0.5 / DistanceDistribution.BinsPerUnit;

    [Fact]
    public void RatesAgreeWithNaiveLoopsPlainAndBalanced() => SomeEncodings.Sets.Sample(set =>
    {
        DistanceHistogram histogram = DistanceHistogram.Of(set, cancellation: TestContext.Current.CancellationToken);
        IReadOnlyList<NaiveDistances.Pair> pairs = NaiveDistances.Of(set);
        NaiveDistances.Pair[] mated = [.. pairs.Where(pair => pair.IsMated)], nonMated = [.. pairs.Where(pair => !pair.IsMated)];
        Assert.Equal((mated.Length, nonMated.Length), (histogram.Plain.Mated.Total, histogram.Plain.NonMated.Total));
        Assert.Equal((set.MatedPairs, set.NonMatedPairs), (mated.Length, nonMated.Length));
        for (double threshold = 0; threshold <= 2; threshold += 0.05)
        {
            if (pairs.Any(pair => Math.Abs(pair.Distance - threshold) < 2 * HalfBin))
                continue;
            foreach ((MatchErrors errors, bool isBalanced) in new[] { (histogram.Plain, false), (histogram.Balanced, true) })
            {
                if (nonMated.Length > 0)
                    Assert.Equal(NaiveDistances.ShareBelow(nonMated, threshold, isBalanced), errors.Fmr(threshold), 1e-6);
                if (mated.Length > 0)
                    Assert.Equal(1 - NaiveDistances.ShareBelow(mated, threshold, isBalanced), errors.Fnmr(threshold), 1e-6);
            }
        }
    });

    [Fact]
    public void TheThresholdAtARateIsTheLargestThatKeepsIt() => Gen.Select(SomeEncodings.Sets, Gen.Double[0, 1]).Sample((set, rate) =>
    {
        MatchErrors errors = DistanceHistogram.Of(set, cancellation: TestContext.Current.CancellationToken).Plain;
        double threshold = errors.ThresholdAt(rate);
        Assert.True(errors.Fmr(threshold) <= rate + 1e-9, $"{errors.Fmr(threshold)} at {threshold}, asked for {rate}");
        double next = threshold + (1.0 / DistanceDistribution.BinsPerUnit);
        Assert.True(next > 2 || errors.NonMated.Total == 0 || errors.Fmr(next) > rate - 1e-9);
    });

    [Fact]
    public void EachPersonWeighsTheSameInTheBalancedRates()
    {
        // Of person 0 all six pairs differ, of person 1 the only pair is equal: 6 of 7 pairs, but one of two people.
        float[] vectors = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, -1, 0, 0, 0, -1, 0, 0, 0];
        EncodedSet set = new(["many", "few"], [0, 0, 0, 0, 1, 1], vectors, 4);
        DistanceHistogram histogram = DistanceHistogram.Of(set, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(6.0 / 7, histogram.Plain.Fnmr(1), 1e-9);
        Assert.Equal(0.5, histogram.Balanced.Fnmr(1), 1e-6);
        Assert.Equal(2, histogram.Plain.NonMated.Total - histogram.Plain.NonMated.Below(1.9));
    }

    [Fact]
    public void ADistanceOfTwoAndAPairOfEqualPicturesHaveBinsToo()
    {
        Assert.Equal(0, DistanceDistribution.BinOfDot(1.0000001f));
        Assert.Equal(DistanceDistribution.Bins - 1, DistanceDistribution.BinOfDot(-1.0000001f));
        Assert.Equal(10_000, DistanceDistribution.BinOf(1));
        Assert.Throws<ArgumentException>(() => new DistanceDistribution(new double[3]));
    }

    [Fact]
    public void ASetOfOnePersonHasNoThresholdForARate()
    {
        EncodedSet set = SomeEncodings.Make([4], seed: 1);
        DistanceHistogram histogram = DistanceHistogram.Of(set, cancellation: TestContext.Current.CancellationToken);
        AllPairsEvaluation one = AllPairsEvaluation.Of(histogram, [(1e-3, 1.0)]);
        Assert.Empty(one.AtRates);
        OperatingPoint point = Assert.Single(one.AtCatalogue);
        Assert.Equal((null, 6), (point.Fmr.Rate, point.Fnmr.Trials));
        Assert.False(point.IsSupported);
    }

    [Fact]
    public void TwoRunsGiveTheSameNumbers()
    {
        EncodedSet set = SomeEncodings.Make([.. Enumerable.Range(0, 300).Select(person => 1 + (person % 4))], seed: 2, dimension: 32);
        DistanceHistogram one = DistanceHistogram.Of(set, cancellation: TestContext.Current.CancellationToken);
        DistanceHistogram other = DistanceHistogram.Of(set, cancellation: TestContext.Current.CancellationToken);
        Assert.All(Enumerable.Range(0, DistanceDistribution.Bins), bin =>
        {
            Assert.Equal(one.Balanced.NonMated.BelowBin(bin), other.Balanced.NonMated.BelowBin(bin));
            Assert.Equal(one.Balanced.Mated.BelowBin(bin), other.Balanced.Mated.BelowBin(bin));
        });
        // Each person with two pictures weighs 1, and each pair of people.
        Assert.Equal(225, one.Balanced.Mated.Total, 1e-5);
        Assert.Equal(300 * 299 / 2, one.Balanced.NonMated.Total, 1e-2);
    }

    [Fact]
    public void TheRatesAreNearestToEachOtherAtTheEqualErrorThreshold() => SomeEncodings.Sets.Sample(set =>
    {
        MatchErrors errors = DistanceHistogram.Of(set, cancellation: TestContext.Current.CancellationToken).Plain;
        if (errors.Mated.Total == 0 || errors.NonMated.Total == 0)
            return;
        double found = Difference(errors.EqualErrorThreshold());
        Assert.All(Enumerable.Range(0, 2001), step => Assert.True(found <= Difference(step / 1000.0) + 1e-9));

        double Difference(double threshold) => Math.Abs(errors.Fmr(threshold) - errors.Fnmr(threshold));
    });
}
