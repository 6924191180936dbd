using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Enrolment;

/// <summary>Faces on their side or upside down, in pictures without an EXIF note and in front of a camera.</summary>
public sealed class LyingPicturesTests(ITestOutputHelper output)
{
    private const string BuiltIn = "door-detector";

    private readonly Frame _frame = new();
    private readonly Frame _turned = new();

    [Slow]
    [Theory]
    [InlineData(BuiltIn)]
    [InlineData("yunet-n")]
    public void APictureIsTurnedUprightByTheFaceInIt(string detector)
    {
        using FacePipeline pipeline = Open(detector);
        foreach (string file in Files("enrol-*.jpg"))
        {
            PictureFile.Read(file, _frame);
            FaceEncoding upright = pipeline.ReadPicture(_frame, PictureUse.Recognise).Encoding!;
            foreach (int stored in FrameTurning.Degrees)
            {
                FrameTurning.Turn(_frame, stored, _turned);
                FaceReading reading = pipeline.ReadPicture(_turned, PictureUse.Recognise);
                Assert.Equal((file, UnusableReason.None, 0), (file, reading.Problem, (reading.TurnedBy + stored) % 360));
                Assert.Equal(0, reading.Encoding!.DistanceTo(upright), 3);
            }
        }
    }

    [Slow]
    [Theory]
    [InlineData(BuiltIn)]
    [InlineData("yunet-n")]
    public void AFrameWithAFaceOnItsSideOrUpsideDownIsNotCompared(string detector)
    {
        using FacePipeline pipeline = Open(detector);
        int tries = 0;
        foreach (string file in Files("0?.jpg").Where((_, i) => i % 4 == 0))
        {
            PictureFile.Read(file, _frame);
            Assert.Equal((file, UnusableReason.None), (file, pipeline.ReadFrame(_frame).Problem));
            foreach (int stored in FrameTurning.Degrees.Skip(1))
            {
                FrameTurning.Turn(_frame, stored, _turned);
                FaceReading reading = pipeline.ReadFrame(_turned);
                Assert.Null(reading.Encoding);
                Assert.Equal(360 - stored, pipeline.RotationToUpright(_turned, reading));
                tries++;
            }
        }

        output.WriteLine($"{detector}: none of {tries} turned frames could be compared");
    }

    [Fact]
    public void EveryFindingSaysThatThePictureWasTurned()
    {
        PictureFinding kept = PictureWords.Kept("a.jpg");
        Assert.Equal("a.jpg: ok", kept.ToString());
        Assert.Equal("a.jpg: ok (the picture was upside down, and was turned upright)", (kept with { TurnedBy = 180 }).ToString());
        Assert.Equal("a.jpg: ok (the picture lay on its side, and was turned upright by 270 degrees)",
            (kept with { TurnedBy = 270 }).ToString());
    }

    private static FacePipeline Open(string detector) =>
        detector == BuiltIn ? TestNetworks.BuiltIn() : TestNetworks.Open(detector, "mobilefacenet");

    private static IEnumerable<string> Files(string pattern) =>
        Directory.GetFiles(Places.BuiltInPeople, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}
