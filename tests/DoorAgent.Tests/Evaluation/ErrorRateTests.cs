using System.Numerics;
using CsCheck;
using DoorAgent.Evaluation;

namespace DoorAgent.Tests.Evaluation;

public sealed class ErrorRateTests
{
    /// <summary>Bounds as published tables and other programs give them, in per cent.</summary>
    [Theory]
    [InlineData(0, 20, 0, 16.84)]
    [InlineData(1, 10, 0.25, 44.50)]
    [InlineData(5, 10, 18.71, 81.29)]
    [InlineData(10, 10, 69.15, 100)]
    [InlineData(0, 1, 0, 97.5)]
    [InlineData(6, 130, 1.71, 9.78)]
    [InlineData(0, 10_000, 0, 0.0369)]
    public void TheIntervalIsTheKnownOne(int errors, int trials, double lower, double upper)
    {
        ErrorRate rate = new(errors, trials);
        Assert.Equal(lower, 100 * rate.Lower, 0.006);
        Assert.Equal(upper, 100 * rate.Upper, 0.006);
    }

    [Fact]
    public void TheBoundsLeaveHalfOfTheDoubtOnEachSide() => (
        from trials in Gen.Int[1, 60]
        from errors in Gen.Int[0, trials]
        select new ErrorRate(errors, trials)).Sample(rate =>
    {
        Assert.InRange(rate.Rate!.Value, rate.Lower, rate.Upper);
        if (rate.Errors > 0)
            Assert.Equal(0.025, 1 - NaiveAtMost(rate.Errors - 1, rate.Trials, rate.Lower), 1e-9);
        if (rate.Errors < rate.Trials)
            Assert.Equal(0.025, NaiveAtMost(rate.Errors, rate.Trials, rate.Upper), 1e-9);
    });

    [Fact]
    public void TheDistributionAgreesWithWholeNumbers() => (
        from trials in Gen.Int[0, 60]
        from errors in Gen.Int[-1, 61]
        from rate in Gen.Double[0, 1]
        select (errors, trials, rate)).Sample(one =>
            Assert.Equal(NaiveAtMost(one.errors, one.trials, one.rate),
                BinomialDistribution.AtMost(one.errors, one.trials, one.rate), 1e-9));

    [Fact]
    public void ThousandsOfTrialsDoNotUnderflow()
    {
        Assert.Equal(0.5, BinomialDistribution.AtMost(50_000, 100_000, 0.5), 0.01);
        Assert.Equal((0, 1), (BinomialDistribution.AtMost(10, 20, 1), BinomialDistribution.AtMost(10, 20, 0)));
    }

    [Fact]
    public void MillionsOfTrialsHaveTheIntervalOfTheNormalDistribution()
    {
        // All pairs of LFW at a rate of 1e-4.
        ErrorRate rate = new(8_730, 87_307_271);
        double deviation = Math.Sqrt(8_730) / 87_307_271;
        Assert.Equal(-1.96, (rate.Lower - rate.Rate!.Value) / deviation, 0.03);
        Assert.Equal(1.96, (rate.Upper - rate.Rate!.Value) / deviation, 0.03);
    }

    [Theory]
    [InlineData(0.01, 0, 299)]
    [InlineData(0.05, 0, 59)]
    [InlineData(0.02, 0, 149)]
    [InlineData(0.5, 0, 5)]
    public void WithoutErrorsAClaimTakesTheRuleOfThree(double rate, int errors, int trials) =>
        Assert.Equal(trials, ErrorRate.TrialsToClaim(rate, errors));

    [Fact]
    public void AClaimTakesTheLeastNumberThatIsEnough() => (
        from errors in Gen.Int[0, 8]
        from rate in Gen.Double[0.05, 0.6]
        select (errors, rate)).Sample(one =>
    {
        long trials = ErrorRate.TrialsToClaim(one.rate, one.errors);
        Assert.True(BinomialDistribution.AtMost(one.errors, trials, one.rate) <= 0.05);
        Assert.True(BinomialDistribution.AtMost(one.errors, trials - 1, one.rate) > 0.05);
    });

    [Fact]
    public void WithoutTrialsNothingIsKnown()
    {
        Assert.Null(new ErrorRate(0, 0).Rate);
        Assert.Equal((0, 1), (new ErrorRate(0, 0).Lower, new ErrorRate(0, 0).Upper));
    }

    [Fact]
    public void TheNextClaimsAreBelowTheMeasuredBound()
    {
        PadClaim[] claims = [.. PadClaim.Below(new ErrorRate(0, 71))];
        Assert.Equal([(0.05, 59, 59), (0.02, 149, 149)], claims.Select(one => (one.Rate, one.WithoutError, one.WithErrors)));
    }

    /// <summary>Adds the terms with binomial coefficients in whole numbers.</summary>
    private static double NaiveAtMost(long errors, long trials, double rate)
    {
        double sum = 0;
        for (long i = 0; i <= Math.Min(errors, trials); i++)
            sum += (double)Choose(trials, i) * Math.Pow(rate, i) * Math.Pow(1 - rate, trials - i);
        return sum;
    }

    private static BigInteger Choose(long trials, long errors)
    {
        BigInteger ways = 1;
        for (long i = 1; i <= errors; i++)
            ways = ways * (trials - errors + i) / i;
        return ways;
    }
}
