using DoorAgent.Evaluation;

namespace DoorAgent.Tests.Evaluation;

public class NonMatedTailTests
{
    private const int People = 300;

    [Fact]
    public void ACountedRowLeavesAtMostItsShareBelowTheDistance()
    {
        NearPair[] pairs = Pairs(People, new Random(1));
        NonMatedTail tail = new(pairs, OnePictureEach(People));

        Assert.Equal(People * (People - 1) / 2, tail.Comparisons);
        foreach (RateRow row in tail.Rows([1e-2, 1e-3, 3e-4]))
        {
            int below = pairs.Count(pair => pair.Distance < row.Distance);
            Assert.False(row.IsEstimate);
            Assert.Equal((int)(row.Fmr * tail.Comparisons), below);
            Assert.InRange(row.Distance, row.Low, row.High);
            Assert.True(row.Low < row.High);
        }
    }

    [Fact]
    public void TheNearestComparisonsAloneGiveTheSameRows()
    {
        NearPair[] pairs = Pairs(People, new Random(2));
        int needed = (int)NonMatedTail.NeededOf(pairs.Length, 1e-2);
        NearPair[] nearest = [.. pairs.OrderBy(pair => pair.Distance).Take(needed)];
        double[] rates = [1e-2, 1e-3, 1e-5];

        Assert.True(needed < pairs.Length / 2);
        Assert.Equal(new NonMatedTail(pairs, OnePictureEach(People)).Rows(rates),
            new NonMatedTail(nearest, OnePictureEach(People)).Rows(rates));
    }

    [Fact]
    public void ARateWithTooFewExpectedFalseMatchesIsAnEstimateOnTheSafeSideAndAFarOneIsNothing()
    {
        IReadOnlyList<RateRow> rows = new NonMatedTail(Pairs(People, new Random(3)), OnePictureEach(People)).Rows([1e-3, 1e-4, 3e-6, 1e-6]);

        // 10 false matches are expected at 2.2e-4, and estimates end at 2.2e-6.
        Assert.Equal([3e-6, 1e-4, 1e-3], rows.Select(row => row.Fmr));
        Assert.Equal([true, true, false], rows.Select(row => row.IsEstimate));
        Assert.Equal(rows[0].Low, rows[0].Distance);
        Assert.True(rows[0].Distance < rows[1].Distance && rows[1].Distance < rows[2].Distance);
    }

    // Similarities of random unit vectors are about normal: the true distance of a rate is known.
    [Fact]
    public void TheIntervalOfAnEstimateHoldsTheTruthInMostSamples()
    {
        double truth = Math.Sqrt(2 - (2 * Spread * 4.5264)); // The normal quantile of 3e-6.
        int held = Enumerable.Range(0, 20).Count(seed =>
        {
            RateRow row = Assert.Single(new NonMatedTail(Pairs(People, new Random(seed)), OnePictureEach(People)).Rows([3e-6]));
            return row.Low <= truth && truth <= row.High;
        });

        Assert.InRange(held, 17, 20);
    }

    [Fact]
    public void TooFewComparisonsGiveNoRow()
    {
        Assert.Empty(new NonMatedTail([], OnePictureEach(0)).Rows([1e-3]));
        Assert.Empty(new NonMatedTail([], OnePictureEach(1)).Rows([1e-3]));
        Assert.Empty(new NonMatedTail(Pairs(2, new Random(1)), OnePictureEach(2)).Rows([1e-3]));
        Assert.Empty(new NonMatedTail(Pairs(20, new Random(1)), OnePictureEach(20)).Rows([1e-3]));
    }

    [Fact]
    public void ComparisonsOfDrawnPeopleAreCountedAsTheyWouldBeMade()
    {
        ComparisonCounts pairs = ComparisonCounts.OfPairs([1, 2, 3]), templates = new([1, 0, 2], [3, 4, 5], IsSymmetric: false);

        Assert.Equal((1 * 2) + (1 * 3) + (2 * 3), pairs.Total());
        Assert.Equal(4 * 2 * 3, pairs.Total([0, 2, 2]));
        Assert.Equal((1 * (4 + 5)) + (2 * (3 + 4)), templates.Total());
    }

    private const double Spread = 0.08;

    private static ComparisonCounts OnePictureEach(int people) => ComparisonCounts.OfPairs([.. Enumerable.Repeat(1, people)]);

    private static NearPair[] Pairs(int people, Random random) => [.. Enumerable.Range(0, people).SelectMany(one =>
        Enumerable.Range(0, one).Select(other => new NearPair((float)Math.Sqrt(2 - (2 * Spread * Normal(random))), one, other)))];

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
