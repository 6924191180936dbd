using DoorAgent.Evaluation;

namespace DoorAgent.Tests.Evaluation;

public class GeneralizedParetoTests
{
    [Theory]
    [InlineData(-0.3, 0.05)]
    [InlineData(-0.1, 2)]
    [InlineData(0, 1)]
    [InlineData(0.2, 0.3)]
    public void AFitFindsTheShapeAndScaleOfASample(double shape, double scale)
    {
        GeneralizedPareto truth = new(shape, scale);
        Random random = new(7);
        double[] sample = [.. Enumerable.Range(0, 20_000).Select(_ => truth.Quantile(1 - random.NextDouble())).Order()];

        GeneralizedPareto fit = GeneralizedPareto.Fit(sample, Ones(sample.Length))!.Value;

        Assert.Equal(shape, fit.Shape, 0.04);
        Assert.Equal(scale, fit.Scale, 0.04 * scale);
    }

    [Fact]
    public void TheQuantileOfAnExponentialTailIsTheLogarithm()
    {
        Assert.Equal(2 * Math.Log(1000), new GeneralizedPareto(0, 2).Quantile(1e-3), 1e-9);
        Assert.Equal(2 * Math.Log(1000), new GeneralizedPareto(1e-6, 2).Quantile(1e-3), 1e-3);
    }

    [Fact]
    public void ATailOfNegativeShapeEnds()
    {
        GeneralizedPareto tail = new(-0.5, 0.1);

        Assert.InRange(tail.Quantile(1e-12), 0.1999, 0.2);
        Assert.Equal(0, tail.Quantile(1));
    }

    [Fact]
    public void AWeightCountsAsSoManyEqualExceedances()
    {
        Random random = new(3);
        double[] sample = [.. Enumerable.Range(0, 200).Select(_ => random.NextDouble()).Order()];
        double[] weights = [.. sample.Select(_ => (double)random.Next(4))];
        double[] repeated = [.. sample.SelectMany((one, i) => Enumerable.Repeat(one, (int)weights[i]))];

        GeneralizedPareto weighted = GeneralizedPareto.Fit(sample, weights)!.Value;
        GeneralizedPareto plain = GeneralizedPareto.Fit(repeated, Ones(repeated.Length))!.Value;

        Assert.Equal(plain.Shape, weighted.Shape, 1e-9);
        Assert.Equal(plain.Scale, weighted.Scale, 1e-9);
    }

    [Fact]
    public void EqualExceedancesOrNoneCannotBeFitted()
    {
        Assert.Null(GeneralizedPareto.Fit([], []));
        Assert.Null(GeneralizedPareto.Fit([0.1], [1]));
        Assert.Null(GeneralizedPareto.Fit([0.1, 0.1, 0.1], [1, 1, 1]));
        Assert.Null(GeneralizedPareto.Fit([0.1, 0.2], [0, 0]));
    }

    private static double[] Ones(int count) => [.. Enumerable.Repeat(1.0, count)];
}
