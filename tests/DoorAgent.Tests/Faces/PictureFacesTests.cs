using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using OpenCvSharp;

namespace DoorAgent.Tests.Faces;

/// <summary>Tests the choice of the main face of a picture, with the built-in networks.</summary>
public sealed class PictureFacesTests : IDisposable
{
    private readonly FacePipeline _pipeline = TestNetworks.BuiltIn();
    private readonly Frame _frame = new();
    private readonly Mat _adam = Cv2.ImRead(Path.Combine(Places.BuiltInPeople, "adam", "enrol-1.jpg"));

    public void Dispose()
    {
        _adam.Dispose();
        _pipeline.Dispose();
    }

    [Fact]
    public void APictureWithAFaceIsSearchedAsTheDoorSearchesAFrame()
    {
        MatFrame.Copy(_adam, _frame);
        Assert.Equal(_pipeline.ReadFrame(_frame).Face!.Value.Box, _pipeline.ReadPicture(_frame, PictureUse.Measure).Face!.Value.Box);
    }

    [Fact]
    public void AFaceCutByAnEdgeIsFoundWithReflectedEdges()
    {
        // The picture contains a quarter of the face, cut by the right and the lower edge.
        using Mat nora = Cv2.ImRead(Path.Combine(Places.BuiltInPeople, "nora", "enrol-1.jpg"));
        using Mat crop = new(nora, new Rect(40, 0, 90, 120));
        MatFrame.Copy(crop.Clone(), _frame);
        Assert.Equal(UnusableReason.NoFace, _pipeline.ReadFrame(_frame).Problem);
        FaceReading reading = _pipeline.ReadPicture(_frame, PictureUse.Measure);
        Assert.Equal(UnusableReason.None, reading.Problem);
        (float x, float y) = reading.Face!.Value.Box.Centre;
        Assert.Equal((81.4f, 121.3f), (x, y), (one, other) => MathF.Abs(one.Item1 - other.Item1) + MathF.Abs(one.Item2 - other.Item2) < 30);
    }

    [Fact]
    public void APictureOfTwoPeopleIsRefused()
    {
        using Mat nora = Cv2.ImRead(Path.Combine(Places.BuiltInPeople, "nora", "enrol-1.jpg"));
        using Mat pair = new();
        Cv2.HConcat([_adam, nora.Resize(_adam.Size())], pair);
        MatFrame.Copy(pair, _frame);
        Assert.Equal((UnusableReason.SeveralFaces, 2), ProblemFor(PictureUse.Recognise));
        Assert.Equal((UnusableReason.None, 2), ProblemFor(PictureUse.Measure));
    }

    private (UnusableReason Problem, int Faces) ProblemFor(PictureUse use)
    {
        FaceReading reading = _pipeline.ReadPicture(_frame, use);
        return (reading.Problem, reading.CountingFaces);
    }
}
