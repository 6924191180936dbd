using DoorAgent.Faces;
using DoorAgent.Liveness;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Liveness;

public sealed class SurroundingMotionTests
{
    [Theory]
    [InlineData(4, 0)]
    [InlineData(-6, 3)]
    [InlineData(0, 5)]
    public void AHeldPicturesSurroundingsMoveWithItsFace(int dx, int dy) =>
        Assert.InRange(Ratio((scene, i) => scene.Person().Sheet(1.9, -1.9, 2, tilt: 0, i * dx, i * dy))!.Value, 0, 0.2);

    [Theory]
    [InlineData(4, 0)]
    [InlineData(-6, 3)]
    [InlineData(0, 5)]
    [InlineData(18, -10)]
    public void APersonMovesBeforeAStillWall(int dx, int dy) =>
        Assert.InRange(Ratio((scene, i) => scene.Bookcase().Person(i * dx, i * dy))!.Value, 0.8, 1.2);

    [Fact]
    public void WhoStandsStillGivesNoEvidence() => Assert.Null(Ratio((scene, _) => scene.Person()));

    [Fact]
    public void APictureOnATripodBeforePassersByGivesNoEvidence() =>
        Assert.Null(Ratio((scene, i) => scene.PasserBy(-2, 8 * i, 11).PasserBy(2, -6 * i, 12).Sheet()));

    [Fact]
    public void APersonBeforePassersByOfAnotherDirectionIsNoPicture() =>
        Assert.InRange(Ratio((scene, i) => scene.PasserBy(-1.5, -8 * i, 11).PasserBy(1.5, -6 * i, 12).Person(5 * i))!.Value, 0.3, 5);

    [Fact]
    public void OneFrameGivesNoEvidence()
    {
        using DrawnScene scene = new();
        Assert.Null(SurroundingMotion.Ratio([scene.Sheet().Frame()]));
    }

    [Fact]
    public void FramesOfAnotherSizeAreSkipped()
    {
        using DrawnScene large = new(), small = new(320, 240, 160, 100, 60);
        LivenessFrame[] frames = [large.Sheet(1.9).Frame(), small.Sheet(1.9, dx: 3).Frame(), large.Sheet(1.9, dx: 6).Frame()];
        Assert.Null(SurroundingMotion.Ratio(frames));
        Assert.NotNull(SurroundingMotion.Ratio([.. frames, large.Sheet(1.9, dx: 12).Frame()]));
    }

    [Theory]
    [InlineData(0.2, true)]
    [InlineData(1.1, false)]
    public void FramesMoreThanASecondApartGiveNoEvidence(double seconds, bool hasEvidence)
    {
        using DrawnScene first = new(), second = new();
        LivenessFrame from = first.Sheet(1.9).Frame(), to = second.Sheet(1.9, dx: 6).Frame();
        to.Frame.CapturedAt = TimeSpan.FromSeconds(seconds);
        Assert.Equal(hasEvidence, SurroundingMotion.Ratio([from, to]) is not null);
    }

    [Fact]
    public void AFaceWhoseSurroundingsAreOutsideTheFrameGivesNoEvidence()
    {
        using DrawnScene first = new(200, 200, 100, 100, 120), second = new(200, 200, 100, 100, 120);
        Assert.Null(SurroundingMotion.Ratio([first.Person().Frame(), second.Person(6).Frame()]));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(-500, 0, 30)]
    [InlineData(0, 0, float.NaN)]
    [InlineData(1, 1, 5)]
    [InlineData(0, 0, 1e9f)]
    public void AFaceAnywhereIsAccepted(float x, float y, float size)
    {
        Face face = new(new FaceBox(x, y, size, size), 1, default);
        LivenessFrame[] frames = [new(SomeFrames.Random(9, 7, 1), face), new(SomeFrames.Random(9, 7, 2), face)];
        Assert.True(SurroundingMotion.Ratio(frames) is null or >= 0);
    }

    /// <summary>The ratio of three frames.</summary>
    private static double? Ratio(Func<DrawnScene, int, DrawnScene> draw)
    {
        LivenessFrame[] frames = [.. Enumerable.Range(0, 3).Select(i =>
        {
            using DrawnScene scene = new();
            return draw(scene, i).Frame();
        })];
        return SurroundingMotion.Ratio(frames);
    }
}
