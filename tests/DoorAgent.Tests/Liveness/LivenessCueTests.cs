using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Liveness;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Liveness;

/// <summary>The cues on the development set's pictures. The figures are lower bounds, some below what was measured, so that another
/// version of OpenCV does not break a build.</summary>
[Slow]
public sealed class LivenessCueTests : IDisposable
{
    private readonly FacePipeline _pipeline = TestNetworks.Strong();

    public void Dispose() => _pipeline.Dispose();

    [Theory]
    [InlineData("live", 0, 0)]
    [InlineData("print", 4, 10)]
    [InlineData("replay", 22, 35)]
    public void EdgesEnclosePicturesAndNoPerson(string kind, int least, int most) => Assert.InRange(
        PictureFile.In(Shared.Need($"faces/pad-dev/{kind}")).Count(path => EnclosingEdges.Score(Read(path)) >= EnclosingEdges.Threshold),
        least, most);

    [Theory]
    [InlineData("live", 0, 0)]
    [InlineData("print", 1, 4)]
    [InlineData("replay", 4, 6)]
    public void SurroundingsMoveWithPicturesAndWithNoPerson(string kind, int least, int most) => Assert.InRange(
        Directory.GetDirectories(Shared.Need($"faces/pad-dev/clips/{kind}")).Count(clip =>
            SurroundingMotion.Ratio([.. PictureFile.In(clip).Select(Read)]) < SurroundingMotion.Threshold),
        least, most);

    private LivenessFrame Read(string path)
    {
        Frame frame = new();
        PictureFile.Read(path, frame);
        return new LivenessFrame(frame, MainFace.OfFrame(_pipeline.FindFaces(frame)));
    }
}
