using CsCheck;
using DoorAgent.Liveness;

namespace DoorAgent.Tests.Liveness;

public sealed class EnclosingSidesTests
{
    private static readonly Gen<double> Place = Gen.Double[-3, 3];

    [Fact]
    public void ARectangleAroundTheFaceCoversFourSides() =>
        Assert.Equal((4, 1), Sides([new(-1, -1.3, -1, 1.7), new(-1, -1.3, 1, -1.3), new(1, -1.3, 1, 1.7), new(-1, 1.7, 1, 1.7)]));

    [Fact]
    public void WhatEndsAtTheShouldersIsNotInFront() =>
        Assert.Equal((3, 0), Sides([new(-1, -1.3, -1, 0.9), new(-1, -1.3, 1, -1.3), new(1, -1.3, 1, 0.9)]));

    [Theory]
    [InlineData(-1, -1, 1, 1)]
    [InlineData(-0.3, -1, -0.3, 1)]
    [InlineData(-1, 0.3, 1, 0.3)]
    [InlineData(2.2, -1, 2.2, 1)]
    [InlineData(-1, -2.2, 1, -2.2)]
    [InlineData(-1, -3, -1, -0.7)]
    [InlineData(0, 0, 0, 0)]
    public void ALineThatIsObliqueOrCrossesTheFaceOrIsFarCoversNothing(double x1, double y1, double x2, double y2) =>
        Assert.Equal((0, 0), Sides([new(x1, y1, x2, y2)]));

    [Fact]
    public void ShortLinesOfASideDoNotAddUp() =>
        Assert.Equal(0.5, Sides([new(-1, -0.6, -1, 0.15), new(-1.2, 0.15, -1.2, 0.9)]).Covered, 1e-9);

    [Fact]
    public void TheEndsOfALineMayComeInAnyOrderAndLeftIsAsRight() =>
        Gen.Select(Place, Place, Place, Place).Sample((x1, y1, x2, y2) =>
        {
            (double covered, double inFront) = Sides([new(x1, y1, x2, y2)]);
            Assert.Equal((covered, inFront), Sides([new(x2, y2, x1, y1)]));
            Assert.Equal((covered, inFront), Sides([new(-x1, y1, -x2, y2)]));
            Assert.True(covered is >= 0 and <= 1 && inFront is >= 0 and <= 1);
        });

    [Fact]
    public void SharesAreThoseThatCountingPointsGives() => Gen.Select(Gen.Double[0.5, 1], Place, Place).Sample((x, from, to) =>
    {
        int inside = 0, chest = 0;
        double shoulder = 0.7 + (0.4 * x);
        for (int i = 0; i < 1500; i++)
        {
            double y = (i + 0.5) / 1000;
            inside += IsOn(y - 0.6) ? 1 : 0;
            chest += i < 600 && IsOn(y + shoulder) ? 1 : 0;
        }

        (double covered, double inFront) = Sides([new(x, from, x, to)]);
        Assert.Equal(inside / 1500.0, covered, 0.002);
        Assert.Equal(chest / 600.0, inFront, 0.004);

        bool IsOn(double y) => y > Math.Min(from, to) && y < Math.Max(from, to);
    });

    private static (double Covered, double InFront) Sides(FaceLine[] lines)
    {
        EnclosingSides sides = new();
        foreach (FaceLine line in lines)
            sides.Add(line);
        return (sides.Covered, sides.InFront);
    }
}
