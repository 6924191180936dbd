using DoorAgent.Faces;

namespace DoorAgent.Tests.Faces;

public sealed class MainFaceTests
{
    private static readonly Face Sure = Made(100, 100, 80, 0.9f);

    [Fact]
    public void ALargerFaceIsTheMainOneOfAFrame() => Assert.Equal(0.8f, MainFace.OfFrame([Sure, Made(300, 0, 100, 0.8f)]).Score);

    [Fact]
    public void ALargerBoxOfLowScoreIsNotTheMainFace() => Assert.Equal(Sure.Box, MainFace.OfFrame([Made(300, 0, 90, 0.6f), Sure]).Box);

    [Fact]
    public void APictureFavoursTheFaceInTheMiddle() =>
        Assert.Equal(Sure.Box, MainFace.OfPicture([Made(10, 10, 100, 0.9f), Sure], 280, 280).Box);

    [Fact]
    public void APictureFavoursTheHigherScore() => Assert.Equal(Sure.Box, MainFace.OfPicture([Made(90, 90, 95, 0.6f), Sure], 280, 280).Box);

    private static Face Made(float x, float y, float side, float score) => new(new FaceBox(x, y, side, side), score, default);
}
