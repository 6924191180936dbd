using DoorAgent.Faces;

namespace DoorAgent.Tests.Faces;

public sealed class FacePoseTests
{
    [Theory]
    [InlineData(60, 64, 0, 0.6)]
    [InlineData(80, 64, 1, 0.6)]
    [InlineData(50, 64, -0.5, 0.6)]
    [InlineData(60, 50, 0, 0.25)]
    public void TheNoseDeterminesTurnAndDrop(float x, float y, float turn, float drop)
    {
        FacePose pose = FacePose.Of(Points((40, 40), (80, 40), (x, y), (45, 80), (75, 80)));
        Assert.Equal(turn, pose.Turn, 4);
        Assert.Equal(drop, pose.Drop, 4);
    }

    [Fact]
    public void ATiltedHeadHasTheSameTurnAndDrop()
    {
        // These are the upright points of the row above, turned by a right angle.
        FacePose pose = FacePose.Of(Points((-40, 40), (-40, 80), (-64, 70), (-80, 45), (-80, 75)));
        Assert.Equal(0.5f, pose.Turn, 4);
        Assert.Equal(0.6f, pose.Drop, 4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(29)]
    [InlineData(-31)]
    [InlineData(90)]
    [InlineData(-90)]
    [InlineData(179)]
    public void TheRollIsTheClockwiseRotationOfThePoints(double degrees)
    {
        Assert.Equal(degrees, FacePose.Of(Turned((30, 40), (70, 40), (50, 60), (35, 80), (65, 80))).Roll, 2);
        // A head turned far to one side seems tilted by the same angle because its eyes are near each other.
        Assert.Equal(degrees, FacePose.Of(Turned((44, 40), (56, 40), (70, 60), (45, 80), (55, 80))).Roll, 2);

        Landmarks Turned(params (float X, float Y)[] points)
        {
            (float sine, float cosine) = MathF.SinCos((float)(degrees * Math.PI / 180));
            return Points([.. points.Select(point => ((cosine * point.X) - (sine * point.Y), (sine * point.X) + (cosine * point.Y)))]);
        }
    }

    [Fact]
    public void PointsThatCannotBeAFaceHaveAnInfinitePose() =>
        Assert.Equal(float.PositiveInfinity, FacePose.Of(Points((5, 5), (5, 5), (5, 5), (5, 5), (5, 5))).Turn);

    private static Landmarks Points(params (float X, float Y)[] points)
    {
        Landmarks made = default;
        for (int i = 0; i < points.Length; i++)
            made[i] = points[i];
        return made;
    }
}
