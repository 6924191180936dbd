using CsCheck;
using DoorAgent.Evaluation;

namespace DoorAgent.Tests.Evaluation;

public sealed class TripletSelectionTests
{
    private const int Dimension = 9;

    // With whole and half numbers, squares and sums are exact in float, and equal distances are frequent.
    private static readonly Gen<(float[][] Encodings, int[] People)> Batch = Gen.Select(
        Gen.Int[-4, 4].Select(whole => whole / 2f).Array[Dimension], Gen.Int[0, 3]).Array[0, 14]
        .Select(rows => (rows.Select(row => row.Item1).ToArray(), rows.Select(row => row.Item2).ToArray()));

    [Fact]
    public void SemiHardNegativesAgreeWithNaiveLoops() => Gen.Select(Batch, Gen.Int[1, 40]).Sample((batch, quarters) =>
        Assert.Equal(NaiveTriplets.SemiHard(batch.Encodings, batch.People, quarters / 4.0),
            new TripletSelection(batch.Encodings, batch.People).SemiHard(quarters / 4.0)));

    [Fact]
    public void HardNegativesAgreeWithNaiveLoops() => Batch.Sample(batch =>
        Assert.Equal(NaiveTriplets.HardNegatives(batch.Encodings, batch.People),
            new TripletSelection(batch.Encodings, batch.People).HardNegatives()));

    [Fact]
    public void TheHardestTripletsAgreeWithNaiveLoops() => Batch.Sample(batch =>
        Assert.Equal(NaiveTriplets.Hardest(batch.Encodings, batch.People), new TripletSelection(batch.Encodings, batch.People).Hardest()));

    [Fact]
    public void ASemiHardTripletHasALossBelowTheMargin() => Gen.Select(Batch, Gen.Double[0.1, 8]).Sample((batch, alpha) =>
        Assert.All(new TripletSelection(batch.Encodings, batch.People).SemiHard(alpha), triplet =>
        {
            double loss = Loss(batch.Encodings, triplet, alpha);
            Assert.True(loss > 0 && loss < alpha, $"{loss} of {alpha}");
        }));

    [Fact]
    public void TheHardestTripletOfAnAnchorHasTheLargestLoss() => Batch.Sample(batch =>
    {
        TripletSelection selection = new(batch.Encodings, batch.People);
        Dictionary<int, double> hardest = selection.Hardest()
            .ToDictionary(triplet => triplet.Anchor, triplet => Loss(batch.Encodings, triplet, 1));
        Assert.All(selection.HardNegatives().Concat(selection.SemiHard(1)),
            triplet => Assert.True(Loss(batch.Encodings, triplet, 1) <= hardest[triplet.Anchor]));
    });

    [Fact]
    public void TheHardNegativeIsNearerThanThePositiveAndTheSemiHardOneFurther()
    {
        // The positive has distance 2 from the anchor; the others have 1, 2.1 (semi-hard), 2.2 (semi-hard, but further) and 9.
        float[][] line = [[0], [MathF.Sqrt(2)], [-1], [-MathF.Sqrt(2.1f)], [-MathF.Sqrt(2.2f)], [-3]];
        TripletSelection selection = new(line, [7, 7, 1, 2, 3, 4]);
        Assert.Contains(new Triplet(0, 1, 3), selection.SemiHard());
        Assert.Contains(new Triplet(0, 1, 2), selection.HardNegatives());
        Assert.Equal(2, selection.Distance(0, 1), 1e-5);
    }

    [Fact]
    public void InconsistentBatchesAreRefused()
    {
        Assert.Throws<ArgumentException>(() => new TripletSelection([[1]], []));
        Assert.Throws<ArgumentException>(() => new TripletSelection([[1], [1, 2]], [1, 2]));
        Assert.Throws<ArgumentException>(() => new TripletSelection([[1], [float.NaN]], [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TripletSelection([], []).SemiHard(0));
    }

    private static double Loss(float[][] encodings, Triplet triplet, double alpha) =>
        Math.Max(0, NaiveTriplets.Square(encodings[triplet.Anchor], encodings[triplet.Positive])
        - NaiveTriplets.Square(encodings[triplet.Anchor], encodings[triplet.Negative]) + alpha);
}
