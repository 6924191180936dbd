using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Faces;

/// <summary>Tests that a face is found and recognised at any size from a passport picture to a phone's picture.</summary>
public sealed class LargeFacesTests : IDisposable
{
    private readonly FacePipeline _pipeline = TestNetworks.BuiltIn();
    private readonly Frame _frame = new();

    public void Dispose() => _pipeline.Dispose();

    [Theory]
    [InlineData(1.5)]
    [InlineData(2)]
    [InlineData(2.5)]
    [InlineData(4)]
    [InlineData(7)]
    public void AFaceIsFoundAtItsPlaceInAPictureOfAnySize(double factor)
    {
        foreach (string person in new[] { "adam", "dora", "emil", "grace" })
        {
            PictureFile.Read(Path.Combine(Places.BuiltInPeople, person, "enrol-1.jpg"), _frame);
            FaceReading small = _pipeline.ReadPicture(_frame, PictureUse.Recognise);
            _frame.Resize(factor);
            FaceReading large = _pipeline.ReadPicture(_frame, PictureUse.Recognise);
            FaceBox box = small.Face!.Value.Box, found = large.Face!.Value.Box;
            FaceBox expected = new((float)(box.X * factor), (float)(box.Y * factor),
                (float)(box.Width * factor), (float)(box.Height * factor));
            Assert.InRange(found.OverlapWith(expected), 0.75f, 1);
            Assert.InRange(large.Encoding!.DistanceTo(small.Encoding!), 0, 0.65f);
        }
    }

    /// <summary>The detector's memory grows with the number of pixels of its input: the longer side counts, not the shorter
    /// one.</summary>
    [Theory]
    [InlineData(2048, 240, true)]
    [InlineData(240, 2048, true)]
    [InlineData(2080, 240, false)]
    [InlineData(240, 2080, false)]
    [InlineData(8192, 300, false)]
    public void APanoramaIsNotSearchedAtFullSize(int width, int height, bool isSearchedAtFullSize)
    {
        const int BytesOfAPixel = 3 * sizeof(float);
        _frame.Resize(width, height);
        _frame.Pixels.Fill(120);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Null(_pipeline.ReadFrame(_frame).Face);
        Assert.Equal(isSearchedAtFullSize, GC.GetAllocatedBytesForCurrentThread() - before > width * height * BytesOfAPixel);
    }

    /// <summary>A picture without a face is also searched with a border, which counts: 2,000 x 2,000 pixels would be 2,666 x
    /// 2,666.</summary>
    [Theory]
    [InlineData(1536, 128, true)]
    [InlineData(1560, 128, false)]
    public void TheBorderCountsTowardsTheLongerSide(int width, int height, bool isSearchedAtFullSize)
    {
        const int BytesOfAPixel = 3 * sizeof(float);
        _frame.Resize(width, height);
        _frame.Pixels.Fill(120);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Null(_pipeline.ReadPicture(_frame, PictureUse.Measure).Face);
        int border = 2 * (width / 6);
        Assert.Equal(isSearchedAtFullSize,
            GC.GetAllocatedBytesForCurrentThread() - before > (width + border) * (height + border) * BytesOfAPixel);
    }

    [Fact]
    public void ASmallFaceInALargePictureIsFoundToo()
    {
        Frame face = new();
        PictureFile.Read(Path.Combine(Places.BuiltInPeople, "adam", "enrol-1.jpg"), face);
        _frame.Resize(1280, 720);
        _frame.Pixels.Fill(120);
        for (int y = 0; y < face.Height; y++)
            face.Pixels.Slice(3 * y * face.Width, 3 * face.Width).CopyTo(_frame.Pixels[(3 * (((y + 300) * 1280) + 700))..]);
        FaceReading reading = _pipeline.ReadFrame(_frame);
        Assert.Equal((UnusableReason.None, 1), (reading.Problem, reading.CountingFaces));
        (float x, float y2) = reading.Face!.Value.Box.Centre;
        Assert.InRange(x, 780, 860);
        Assert.InRange(y2, 380, 470);
    }
}
