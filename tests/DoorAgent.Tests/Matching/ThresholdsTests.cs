using DoorAgent.Matching;
using DoorAgent.Networks;

namespace DoorAgent.Tests.Matching;

public sealed class ThresholdsTests
{
    // The numbers with which behaviour.md works its examples; the catalogue's tables are measured again from time to time.
    private static readonly CalibrationTable MobileFaceNet =
        new([(1e-3, 1.151), (1e-4, 1.086), (3.4e-5, 1.056), (1e-5, 1.019), (1e-6, 0.934)]);

    [Fact]
    public void EveryTableOfTheCatalogueCanBeUsed() => Assert.All(
        Catalogue.Embedded.Entries.SelectMany(entry => entry.Calibration), table =>
        {
            CalibrationTable read = CalibrationTable.Of(table);
            Assert.True(read.SmallestEstimate <= read.SmallestRate && read.SmallestRate <= 1e-5, table.Rule);
        });

    [Theory]
    [InlineData(1, 1.019)]
    [InlineData(3, 0.978)]
    [InlineData(10, 0.934)]
    public void AClaimAgainstMoreEncodingsNeedsASmallerDistance(int encodings, double distance) =>
        Assert.Equal(distance, At().Verification(encodings), 0.0006);

    [Theory]
    [InlineData(36, 1.050)]
    [InlineData(300, 0.978)]
    [InlineData(1_000, 0.934)]
    public void AFaceAgainstMoreEncodingsNeedsASmallerDistance(int encodings, double distance) =>
        Assert.Equal(distance, At().Identification(encodings), 0.0006);

    [Theory]
    [InlineData(1, 1e-5, 1e-5)]
    [InlineData(3, 1e-5, 3.33e-6)]
    [InlineData(36, 1e-3, 2.78e-5)]
    [InlineData(1_500, 1e-3, 6.67e-7)]
    public void TheRatePerComparisonIsAFractionOfTheTarget(int encodings, double target, double rate) =>
        Assert.Equal(rate, Thresholds.PerComparisonRate(target, encodings), rate / 100);

    [Fact]
    public void BelowTheTableTheMessageSaysHowManyEncodingsAreSupported()
    {
        UserErrorException refusal = Assert.Throws<UserErrorException>(() => At().Identification(1_500));
        Assert.Contains("1500 encodings are too many at Matching:Fpir 1e-3", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("supports 1,000", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSupportedNumberIsAccepted()
    {
        Assert.Equal(0.934f, At().Identification(1_000), 0.001f);
        Assert.Throws<UserErrorException>(() => At().Identification(1_001));
    }

    [Fact]
    public void TheStrictestClaimHasTheLargestAllowedAndSupportedNumberOfEncodings()
    {
        Assert.Equal(0.934f, At().StrictestVerification(10), 0.001f);
        Assert.Equal(0.978f, At().StrictestVerification(3), 0.001f);
        Assert.Equal(0.934f, new Thresholds(new MatchingOptions { Fmr = 2e-6 }, MobileFaceNet).StrictestVerification(10), 0.001f);
    }

    [Fact]
    public void AnIdentificationMustAlsoMeetTheDistanceOfAClaim()
    {
        Thresholds thresholds = At();
        Assert.True(thresholds.Identification(36) > thresholds.Verification(3));
        Gallery gallery = TestGallery.Of([[0, 1, 2], .. Enumerable.Repeat<double[]>([180, 181, 182], 11)]);
        FaceMatch match = new FaceMatcher(gallery, thresholds, new MatchingOptions(), identifies: true)
            .Identify(Support.MadeEncodings.At(0))!.Value;
        Assert.Equal(thresholds.Verification(3), match.Threshold);
    }

    [Fact]
    public void ARawDistanceReplacesEveryRate()
    {
        Thresholds thresholds = new(new MatchingOptions { Distance = 0.7 }, null);
        Assert.Equal(0.7f, thresholds.Verification(10));
        Assert.Equal(0.7f, thresholds.Identification(100_000));
    }

    [Fact]
    public void UncalibratedNetworksAreRefused() =>
        Assert.Contains("calibrated", Assert.Throws<UserErrorException>(() => new Thresholds(new MatchingOptions(), null)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void BetweenTwoRowsTheDistanceIsLinearInTheLogarithmOfTheRate()
    {
        CalibrationTable table = new([(1e-6, 0.8), (1e-4, 1.0)]);
        Assert.Equal(0.9, table.DistanceAt(1e-5)!.Value, 6);
        Assert.Equal(1.0, table.DistanceAt(1e-2));
        Assert.Null(table.DistanceAt(9e-7));
    }

    [Fact]
    public void TheSmallestRateIsInTheTableDespiteRounding()
    {
        CalibrationTable table = new([(1e-6, 0.8), (1e-4, 1.0)]);
        Assert.Equal(0.8, table.DistanceAt(1e-6)!.Value, 6);
        Assert.Equal(0.8, table.DistanceAt(Math.BitDecrement(1e-6))!.Value, 6);
        Assert.Equal(0.8, table.DistanceAt(table.SmallestRate)!.Value, 6);
        // Rounding may change the rate by at most a thousandth of a millionth.
        Assert.Equal(0.8, table.DistanceAt(1e-6 * (1 - 1e-9))!.Value, 6);
        Assert.Null(table.DistanceAt(1e-6 * (1 - 1e-8)));
    }

    [Fact]
    public void EveryNumberOfEncodingsUpToTheSupportedOneHasADistance()
    {
        Thresholds thresholds = At();
        for (int encodings = 1; encodings <= 1_000; encodings++)
            Assert.InRange(thresholds.Identification(encodings), 0.933f, 1.2f);
    }

    [Fact]
    public void ATableWithoutIncreasingDistancesIsRefused() =>
        Assert.Throws<ArgumentException>(() => new CalibrationTable([(1e-6, 0.9), (1e-4, 0.9)]));

    [Theory]
    [InlineData(0, 0.9)]
    [InlineData(-1e-6, 0.9)]
    [InlineData(1, 0.9)]
    [InlineData(double.NaN, 0.9)]
    [InlineData(1e-6, 2.1)]
    [InlineData(1e-6, 0)]
    [InlineData(1e-6, double.NaN)]
    [InlineData(1e-6, double.PositiveInfinity)]
    public void ATableWithARowOutOfRangeIsRefused(double rate, double distance) =>
        Assert.Throws<ArgumentException>(() => new CalibrationTable([(rate, distance)]));

    private static Thresholds At() => new(new MatchingOptions(), MobileFaceNet);

    [Fact]
    public void ARateBelowTheTableIsRefusedWithoutTheAdviceToEnrolFewer()
    {
        Thresholds thresholds = new(new MatchingOptions { Fmr = 1e-9 }, new CalibrationTable([(1e-6, 0.9), (1e-3, 1.1)]));
        UserErrorException refusal = Assert.Throws<UserErrorException>(() => thresholds.Verification(1));
        Assert.Contains(
            "No distance is known at Matching:Fmr 1e-9: this encoder's table ends at 1e-6, so nobody could ever be let in. "
            + "Set Matching:Fmr to that or more.",
            refusal.Message, StringComparison.Ordinal);
    }
}
