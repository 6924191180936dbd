using DoorAgent.Matching;
using DoorAgent.Networks;

namespace DoorAgent.Tests.Matching;

public sealed class EstimatedThresholdsTests
{
    private static readonly CalibrationTable Table = CalibrationTable.Of(new CalibrationEntry("detector", "nearest",
    [
        new CalibrationRow(1e-3, 1.1), new CalibrationRow(1e-6, 0.95), new CalibrationRow(1e-8, 0.8) { IsEstimate = true },
    ]));

    [Fact]
    public void BelowTheMeasuredRowsOnlyTheEstimatesAnswerAndOnlyWhereTheyAreAccepted()
    {
        Assert.Null(Table.DistanceAt(1e-7));
        Assert.Equal(0.875, Table.DistanceAt(1e-7, acceptEstimates: true)!.Value, 6);
        Assert.Equal(0.8, Table.DistanceAt(1e-8, acceptEstimates: true)!.Value, 6);
        Assert.Null(Table.DistanceAt(9e-9, acceptEstimates: true));
        Assert.Equal((1e-6, 1e-8), (Math.Round(Table.SmallestRate, 12), Math.Round(Table.SmallestEstimate, 12)));
    }

    [Fact]
    public void EstimatesDoNotChangeTheMeasuredDistances()
    {
        CalibrationTable measured = new([(1e-3, 1.1), (1e-6, 0.95)]);
        foreach (double rate in new[] { 1e-6, 3e-6, 1e-4, 1e-3, 1e-2 })
        {
            Assert.Equal(measured.DistanceAt(rate), Table.DistanceAt(rate, acceptEstimates: true));
            Assert.Equal(measured.DistanceAt(rate), Table.DistanceAt(rate));
        }
    }

    [Fact]
    public void TheRefusalOfATooLargeGalleryNamesTheSetting()
    {
        string refusal = Assert.Throws<UserErrorException>(() => At(accept: false).Identification(2_000)).Message;
        Assert.Contains("2000 encodings are too many at Matching:Fpir 1e-3: this encoder's table ends at 1e-6, which supports 1,000. ",
            refusal, StringComparison.Ordinal);
        Assert.EndsWith("Or set Matching:AcceptEstimates to true: the table has estimates, which nobody has counted, down to 1e-8.",
            refusal, StringComparison.Ordinal);
        Assert.InRange(At(accept: true).Identification(2_000), 0.8f, 0.95f);
    }

    [Fact]
    public void AGalleryBeyondTheEstimatesIsRefusedWithoutThatAdvice()
    {
        foreach (bool accept in new[] { false, true })
        {
            string refusal = Assert.Throws<UserErrorException>(() => At(accept).Identification(200_000)).Message;
            Assert.DoesNotContain("AcceptEstimates", refusal, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AMatcherSaysWhetherItUsesEstimates()
    {
        Gallery small = TestGallery.Of([[0, 1, 2]]), large = TestGallery.Of([.. Enumerable.Repeat<double[]>([0], 1_001)]);
        MatchingOptions accepting = new() { AcceptEstimates = true };

        Assert.False(new FaceMatcher(small, At(accept: true), accepting, identifies: true).UsesEstimates);
        Assert.True(new FaceMatcher(large, At(accept: true), accepting, identifies: true).UsesEstimates);
        Assert.False(new FaceMatcher(large, At(accept: true), accepting, identifies: false).UsesEstimates);
    }

    [Fact]
    public void AnEstimateAmongTheMeasuredRowsIsRefused()
    {
        Assert.Throws<ArgumentException>(() => new CalibrationTable([(1e-6, 0.9), (1e-3, 1.1)], [(1e-4, 1.0)]));
        Assert.Throws<ArgumentException>(() => new CalibrationTable([(1e-6, 0.9)], [(1e-7, 0.95)]));
        Assert.Throws<ArgumentException>(() => new CalibrationTable([], [(1e-7, 0.95)]));
    }

    private static Thresholds At(bool accept) => new(new MatchingOptions { AcceptEstimates = accept }, Table);
}
