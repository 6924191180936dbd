using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Liveness;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Liveness;

public sealed class EnclosingEdgesTests
{
    [Theory]
    [InlineData(0, 120)]
    [InlineData(6, 120)]
    [InlineData(-12, 120)]
    [InlineData(0, 70)]
    [InlineData(0, 150)]
    public void ASheetHeldBeforeTheBodyEnclosesItsFace(double tilt, double size)
    {
        using DrawnScene scene = new(size: size);
        Assert.InRange(EnclosingEdges.Score(scene.Person().Sheet(tilt: tilt).Frame()), EnclosingEdges.Threshold, 4);
    }

    [Fact]
    public void ASheetThatTheFramesEdgeCutsOnOneSideEnclosesItsFace()
    {
        using DrawnScene scene = new(x: 100);
        Assert.InRange(EnclosingEdges.Score(scene.Person().Sheet(halfWidth: 0.9).Frame()), EnclosingEdges.Threshold, 4);
    }

    [Fact]
    public void APersonBeforeAWallIsNotEnclosed()
    {
        using DrawnScene scene = new();
        Assert.InRange(EnclosingEdges.Score(scene.Person().Frame()), 0, 1);
    }

    // A door frame reaches to the floor; a window, a board, a screen and a picture frame end beside, behind or above the person.
    [Theory]
    [InlineData(0.7, -1.5, 5)]
    [InlineData(1, -1.2, 5)]
    [InlineData(1.3, -1.8, 5)]
    [InlineData(1.9, -1.9, 5)]
    [InlineData(0.8, -1.3, 1)]
    [InlineData(1.2, -1.5, 1.5)]
    [InlineData(1.6, -1.2, 0.5)]
    [InlineData(2.4, -1.3, 1.2)]
    public void WhatIsOnTheWallBehindAPersonDoesNotEncloseTheFace(double halfWidth, double top, double bottom)
    {
        using DrawnScene scene = new();
        Assert.InRange(EnclosingEdges.Score(scene.Outline(-halfWidth, top, halfWidth, bottom).Person().Frame()), 0, 1.9);
    }

    [Fact]
    public void ABookcaseBehindAPersonDoesNotEncloseTheFace()
    {
        using DrawnScene scene = new();
        Assert.InRange(EnclosingEdges.Score(scene.Bookcase().Person().Frame()), 0, 1.9);
    }

    [Theory]
    [InlineData(5, 5, 20)]
    [InlineData(630, 470, 200)]
    [InlineData(320, 200, 1)]
    [InlineData(320, 200, 900)]
    [InlineData(-50, 200, 120)]
    [InlineData(-1000, 200, 10)]
    [InlineData(320, 200, 0.3)]
    [InlineData(320, 200, double.NaN)]
    [InlineData(double.NaN, 200, 100)]
    [InlineData(320, 200, double.PositiveInfinity)]
    public void AFaceAnywhereHasAScore(double x, double y, double size)
    {
        using DrawnScene scene = new();
        FaceBox box = new((float)(x - (size / 2)), (float)(y - (size / 2)), (float)size, (float)size);
        LivenessFrame frame = scene.Outline(-1, -1, 1, 1).Frame();
        Assert.InRange(EnclosingEdges.Score(frame with { Face = frame.Face with { Box = box } }), 0, 4);
    }

    [Fact]
    public void FramesOfAFewPixelsHaveAScore()
    {
        for (int side = 1; side < 12; side++)
        {
            Frame frame = SomeFrames.Random(side, 12 - side, side);
            Assert.InRange(EnclosingEdges.Score(new LivenessFrame(frame, new Face(new FaceBox(0, 0, side, 12 - side), 1, default))), 0, 4);
        }
    }

    [Fact]
    public void AFrameIsScoredAlikeEachTime()
    {
        using DrawnScene scene = new();
        LivenessFrame frame = scene.Bookcase().Sheet(tilt: 3).Frame();
        Assert.Equal(EnclosingEdges.Score(frame), EnclosingEdges.Score(frame));
    }
}
