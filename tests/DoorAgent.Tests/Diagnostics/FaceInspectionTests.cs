using DoorAgent.Diagnostics;
using DoorAgent.Encodings;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Diagnostics;

public sealed class FaceInspectionTests : IDisposable
{
    private readonly FacePipeline _pipeline = TestNetworks.BuiltIn();
    private readonly Frame _frame = new();

    public FaceInspectionTests() => PictureFile.Read(Path.Combine(Places.BuiltInPeople, "adam/door-1/03.jpg"), _frame);

    public void Dispose() => _pipeline.Dispose();

    [Fact]
    public void AUsableFaceIsReportedWithItsMeasurements()
    {
        FaceInspection sight = FaceInspection.Of(_pipeline, _frame);
        Assert.True(sight.IsUsable);
        Assert.Matches(@"^face \d+ x \d+ at \d+,\d+, score 0\.\d\d, brightness \d+, sharpness 0\.\d{3}, turn 0\.\d\d, roll \d+: usable, "
            + @"quality 0\.\d\d$", sight.Words);
    }

    [Fact]
    public void AnUnusableFaceIsReportedWithTheReasonAndTheNextStep()
    {
        foreach (ref byte value in _frame.Pixels)
            value /= 6;
        FaceInspection dark = FaceInspection.Of(_pipeline, _frame);
        Assert.False(dark.IsUsable);
        Assert.EndsWith("not usable, too dark: turn on a light", dark.Words, StringComparison.Ordinal);
        _frame.Pixels.Clear();
        Assert.Equal("no face", FaceInspection.Of(_pipeline, _frame).Words);
    }

    [Fact]
    public void DrawingFramesTheFaceAndLeavesTheFaceVisible()
    {
        FaceInspection sight = FaceInspection.Of(_pipeline, _frame);
        Frame drawn = new();
        drawn.CopyFrom(_frame);
        FaceInspectionDrawing.Draw(drawn, sight, [.. _pipeline.FindFaces(_frame)]);
        DoorAgent.Faces.FaceBox box = sight.Reading.Face!.Value.Box;
        (float x, float y) = box.Centre;
        int edge = 3 * (((int)y * drawn.Width) + (int)box.X);
        Assert.Equal([80, 220, 80], drawn.Pixels.Slice(edge, 3).ToArray());
        // Nothing is drawn above the eyes.
        int inside = 3 * (((int)(box.Y + (box.Height / 8)) * drawn.Width) + (int)x);
        Assert.Equal(_frame.Pixels.Slice(inside, 3).ToArray(), drawn.Pixels.Slice(inside, 3).ToArray());
    }

    [Fact]
    public void APictureWithoutAFaceGetsACaption()
    {
        _frame.Pixels.Clear();
        FaceInspectionDrawing.Draw(_frame, FaceInspection.Of(_pipeline, _frame), []);
        Assert.True(_frame.Pixels.ContainsAnyExcept((byte)0));
    }
}
