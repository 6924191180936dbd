using DoorAgent.Commands.Output.Plots;

namespace DoorAgent.Tests.Commands.Output.Plots;

public sealed class PlotAxisTests
{
    [Fact]
    public void ALogarithmicAxisHasEqualStepsForPowersOfTenAndNoPlaceForZero()
    {
        PlotAxis axis = PlotAxis.Logarithmic("FMR", 1e-6, 1);
        Assert.Equal(["1e-6", "1e-5", "1e-4", "1e-3", "1e-2", "1e-1", "1"], axis.Ticks.Select(tick => tick.Label));
        Assert.Equal(0.5, axis.At(1e-3), 1e-9);
        Assert.False(double.IsFinite(axis.At(0)));
        Assert.False(axis.Contains(0));
        Assert.True(axis.Contains(1e-6));
    }

    // The deviates of a table of the normal distribution: P(Z < -1.6449) is 5 %, P(Z < -3.0902) is 0.1 %, P(Z < -4.2649) is 1e-5.
    [Theory]
    [InlineData(0.05, 1.6449)]
    [InlineData(0.001, 3.0902)]
    [InlineData(1e-5, 4.2649)]
    public void AnAxisOfNormalDeviatesIsSymmetricAroundOneHalf(double rate, double deviate)
    {
        PlotAxis axis = PlotAxis.NormalDeviate("FNMR", 1e-6, 1 - 1e-6);
        Assert.Equal(0.5, axis.At(0.5), 1e-4);
        Assert.Equal(0.5 - (deviate / (2 * 4.7534)), axis.At(rate), 2e-4);
        Assert.Equal(1 - axis.At(rate), axis.At(1 - rate), 1e-9);
    }

    [Fact]
    public void AnAxisOfNormalDeviatesLabelsRatesAsPercentages()
    {
        PlotAxis axis = PlotAxis.NormalDeviate("FNMR", 1e-4, 0.4);
        Assert.Equal(["0.01 %", "0.1 %", "1 %", "5 %", "20 %", "40 %"], axis.Ticks.Select(tick => tick.Label));
    }

    [Fact]
    public void ALinearAxisLabelsItsEndToo() =>
        Assert.Equal(["0", "0.5", "1", "1.5", "2"], PlotAxis.Linear("distance", 0, 2, 0.5).Ticks.Select(tick => tick.Label));
}
