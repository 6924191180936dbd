using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Faces;

public sealed class FaceQualityTests : IDisposable
{
    private static readonly string[] DoorFrames =
        [.. Directory.GetFiles(Places.BuiltInPeople, "*.jpg", SearchOption.AllDirectories)
            .Where(path => path.Contains("door-", StringComparison.Ordinal)).Order()];

    private readonly FacePipeline _pipeline = TestNetworks.BuiltIn();
    private readonly Frame _frame = new();

    public void Dispose() => _pipeline.Dispose();

    [Slow]
    [Fact]
    public void EveryFrameOfTheBuiltInPeopleIsUsable()
    {
        Assert.Equal(18 * 20, DoorFrames.Length);
        Assert.All(DoorFrames, path => Assert.Equal(UnusableReason.None, ReadFrame(path)));
    }

    [Fact]
    public void TheSeedsPicturesAreUsableIfSmallFacesAreAllowed()
    {
        using FacePipeline strong = TestNetworks.Strong();
        string[] pictures = Directory.GetFiles(Shared.Need("faces/seed"));
        Assert.NotEmpty(pictures);
        Assert.All(pictures, path =>
        {
            PictureFile.Read(path, _frame);
            Assert.Equal(UnusableReason.None, strong.ReadPicture(_frame, PictureUse.Recognise).Problem);
        });
    }

    [Theory]
    [InlineData(0.5, "None")]
    [InlineData(0.18, "TooDark")]
    public void ADarkenedPictureIsTooDark(double factor, string expected) => AssertReasons(expected, (frame, _) => frame.Darken(factor));

    [Theory]
    [InlineData(0.01, "None")]
    [InlineData(0.03, "Blurred")]
    [InlineData(0.05, "Blurred")]
    public void APictureOutOfFocusIsBlurred(double part, string expected) =>
        AssertReasons(expected, (frame, face) => frame.Blur(face, part));

    [Theory]
    [InlineData(0.02, "None")]
    // A face smeared so far can also look unlike an upright one.
    [InlineData(0.2, "Blurred or NotUpright")]
    [InlineData(0.2, "Blurred")]
    [Slow]
    public void APictureOfAMovementIsBlurred(double part, string expected) =>
        AssertReasons(expected, (frame, face) => frame.Smear(face, part));

    [Theory]
    [InlineData(0.02, "None")]
    // A face smeared so far can also look unlike an upright one.
    [InlineData(0.2, "Blurred or NotUpright")]
    public void AMovementUpAndDownIsBlurred(double part, string expected) =>
        AssertReasons(expected, (frame, face) => frame.SmearDown(face, part));

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(true, true, true)]
    public void AFaceThatIsSharpInOneDirectionOnlyIsBlurred(bool across, bool down, bool isSharp)
    {
        _frame.Resize(64, 64);
        for (int y = 0; y < 64; y++)
        {
            for (int x = 0; x < 64; x++)
            {
                // The picture has stripes of two pixels, in one direction or in both.
                bool isBright = (across && x % 4 < 2) ^ (down && y % 4 < 2);
                _frame.Pixels.Slice(3 * ((y * 64) + x), 3).Fill(isBright ? (byte)200 : (byte)50);
            }
        }

        float sharpness = FaceQuality.Of(_frame, new Face(new FaceBox(0, 0, 64, 64), 1, default)).Sharpness;
        Assert.Equal(isSharp ? 4 : 0, sharpness, isSharp ? 0.2f : 1e-6f);
    }

    [Theory]
    [InlineData(255, 0, 0, 28.9f)]
    [InlineData(0, 255, 0, 149.4f)]
    [InlineData(0, 0, 255, 76.7f)]
    public void BrightnessWeighsColoursLikeTheEye(byte blue, byte green, byte red, float brightness)
    {
        _frame.Resize(64, 64);
        for (int i = 0; i < _frame.Pixels.Length; i += 3)
            (_frame.Pixels[i], _frame.Pixels[i + 1], _frame.Pixels[i + 2]) = (blue, green, red);
        Assert.Equal(brightness, FaceQuality.Of(_frame, new Face(new FaceBox(0, 0, 64, 64), 1, default)).Brightness, 0.1f);
    }

    [Fact]
    public void LargerSharperAndStraighterPicturesScoreHigher()
    {
        FaceQuality one = new(80, 100, 0.05f, 0.4f, 0, 0.7f);
        Assert.Equal(80 / 120f * 0.5f * 0.8f, one.Score, 1e-5f);
        Assert.True((one with { Width = 90 }).Score > one.Score);
        Assert.True((one with { Sharpness = 0.06f }).Score > one.Score);
        Assert.True((one with { Turn = 0.3f }).Score > one.Score);
        // Above its useful maximum, one quality does not compensate for the others; and blurred pictures are still ordered by size.
        Assert.Equal(1, new FaceQuality(500, 100, 3, 0, 0, 0.7f).Score);
        Assert.True(new FaceQuality(90, 100, 0, 0, 0, 0.7f).Score > new FaceQuality(80, 100, 0, 0, 0, 0.7f).Score);
        Assert.Equal(0, new FaceQuality(90, 100, 1, 2, 0, 0.7f).Score);
    }

    [Theory]
    [InlineData(0.8, "None")]
    [InlineData(0.35, "TooSmall")]
    public void AReducedPictureIsTooSmall(double factor, string expected) => AssertReasons(expected, (frame, _) => frame.Resize(factor));

    [Theory]
    [InlineData(0, "None")]
    [InlineData(0.4f, "None")]
    [InlineData(0.5f, "FaceTurned")]
    [InlineData(-0.5f, "FaceTurned")]
    public void AFaceWithTheNoseNearlyBelowAnEyeIsTurned(float eyeDistances, string expected)
    {
        Face face = Read(DoorFrames[0]);
        // The eyes are slanted: the turn is measured along the line between them.
        Landmarks points = default;
        (points[0], points[1]) = ((100, 100), (140, 120));
        points[2] = (120 + (eyeDistances * 40) - 10, 110 + (eyeDistances * 20) + 20);
        (points[3], points[4]) = ((85, 135), (117, 151));
        FaceQuality quality = FaceQuality.Of(_frame, face with { Landmarks = points });
        Assert.Equal(2 * Math.Abs(eyeDistances), quality.Turn, 1e-4f);
        Assert.Equal(expected, $"{quality.Judge(new FaceOptions())}");
    }

    [Fact]
    public void AFaceWithBothEyesAtOnePointIsTurned()
    {
        Face face = Read(DoorFrames[0]);
        Assert.Equal(UnusableReason.FaceTurned, FaceQuality.Of(_frame, face with { Landmarks = default }).Judge(new FaceOptions()));
    }

    [Fact]
    public void ABoxBeyondTheEdgeIsMeasuredAndAFlatOneIsBlurred()
    {
        _frame.Resize(40, 30);
        _frame.Pixels.Fill(100);
        foreach (FaceBox box
            in new FaceBox[] { new(-500, -500, 100, 100), new(-10, -10, 500, 500), new(39, 29, 80, 80), new(5, 5, float.NaN, float.NaN) })
        {
            FaceQuality quality = FaceQuality.Of(_frame, new Face(box, 1, default));
            Assert.Equal(100, quality.Brightness, 0.5f);
            Assert.Equal(0, quality.Sharpness);
        }
    }

    [Fact]
    public void TheFirstReasonInTheOrderIsReturned()
    {
        FaceOptions options = new();
        Assert.Equal(UnusableReason.TooSmall, new FaceQuality(59, 0, 0, 9, 0, 0.7f).Judge(options));
        Assert.Equal(UnusableReason.TooDark, new FaceQuality(60, 29, 0, 9, 0, 0.7f).Judge(options));
        Assert.Equal(UnusableReason.Blurred, new FaceQuality(60, 30, 0, 9, 0, 0.7f).Judge(options));
        Assert.Equal(UnusableReason.NotUpright, new FaceQuality(60, 30, 1, 9, 31, 0.7f).Judge(options));
        Assert.Equal(UnusableReason.OutOfProportion, new FaceQuality(60, 30, 1, 9, 30, 0.5f).Judge(options));
        Assert.Equal(UnusableReason.OutOfProportion, new FaceQuality(60, 30, 1, 9, 30, 0.95f).Judge(options));
        Assert.Equal(UnusableReason.FaceTurned, new FaceQuality(60, 30, 1, 9, 30, 0.7f).Judge(options));
        Assert.Equal(UnusableReason.None, new FaceQuality(60, 30, 1, 0, 0, 0.7f).Judge(options));
    }

    [Fact]
    public void NaNIsNeverUsable()
    {
        FaceOptions options = new();
        Assert.NotEqual(UnusableReason.None, new FaceQuality(float.NaN, 100, 1, 0, 0, 0.7f).Judge(options));
        Assert.NotEqual(UnusableReason.None, new FaceQuality(100, 100, float.NaN, 0, 0, 0.7f).Judge(options));
        Assert.NotEqual(UnusableReason.None, new FaceQuality(100, 100, 1, float.NaN, 0, 0.7f).Judge(options));
        Assert.NotEqual(UnusableReason.None, new FaceQuality(100, 100, 1, 0, float.NaN, 0.7f).Judge(options));
        Assert.NotEqual(UnusableReason.None, new FaceQuality(100, 100, 1, 0, 0, float.NaN).Judge(options));
    }

    private void AssertReasons(string expected, Action<Frame, Face> degrade) => Assert.All(DoorFrames.Where((_, i) => i % 20 == 0), path =>
    {
        Face face = Read(path);
        degrade(_frame, face);
        Assert.Contains($"{_pipeline.ReadFrame(_frame).Problem}", expected.Split(" or "));
    });

    private Face Read(string path)
    {
        PictureFile.Read(path, _frame);
        return _pipeline.ReadFrame(_frame).Face!.Value;
    }

    private UnusableReason ReadFrame(string path)
    {
        PictureFile.Read(path, _frame);
        return _pipeline.ReadFrame(_frame).Problem;
    }
}
