using CsCheck;
using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Encodings;

public sealed class AlignedFaceTests : IDisposable
{
    // A crop consists of whole bytes: rounding changes the encoding by less than the noise of a camera does.
    private const float Rounding = 0.02f;

    private readonly FacePipeline _pipeline = TestNetworks.BuiltIn();

    private static IEnumerable<int> Alignments =>
        Catalogue.Embedded.Entries.Where(entry => !entry.IsComposite).Select(entry => entry.Alignment?.Version).OfType<int>().Distinct();

    public void Dispose() => _pipeline.Dispose();

    [Fact]
    public void EncodersOfOneAlignmentHaveTheSameSizeAndPoints() => Assert.All(
        Catalogue.Embedded.Entries.Where(entry => entry.Alignment is not null).GroupBy(entry => entry.Alignment!.Version),
        encoders =>
            Assert.Single(encoders.Select(one =>
            (one.Input.Width, one.Input.Height, string.Join(' ', one.Alignment!.Points.SelectMany(point => point)))).Distinct()));

    [Fact]
    public void AWarpedFaceEqualsTheEncodersInputToTheNearestByte() =>
        Gen.Select(SomeFrames.Of(50), Gen.Float[-3, 3], Gen.Float[-3, 3], Gen.Float[-40, 60], Gen.Float[-40, 60])
        .Sample((frame, a, b, x, y) =>
    {
        Similarity map = new(a, b, x, y);
        Frame warped = new();
        warped.Resize(20, 16);
        AlignedPacker.Warp(frame, map, warped);
        float[] planes = new float[3 * 20 * 16];
        new AlignedPacker(new ModelInput(20, 16, "BGR", 1, [0, 0, 0], [1, 1, 1])).Pack(frame, map, planes);
        for (int i = 0; i < planes.Length; i++)
            Assert.Equal(planes[i], warped.Pixels[(3 * (i % (20 * 16))) + (i / (20 * 16))], 0.501f);
    });

    [Fact]
    public void APngPreservesTheFrameByteForByte() =>
        SomeFrames.Of(40).Where(frame => frame.Width >= 8 && frame.Height >= 8).Sample(frame =>
    {
        Frame back = new();
        PictureFile.Decode(PictureFile.ToPng(frame), "a crop", back);
        return (back.Width, back.Height) == (frame.Width, frame.Height) && back.Pixels.SequenceEqual(frame.Pixels);
    });

    [Fact]
    public void WithCropsTheEncodingComesFromTheCropAndIsNearlyTheSame()
    {
        Frame frame = new();
        PictureFile.Read(Path.Combine(Places.BuiltInPeople, "adam", "enrol-1.jpg"), frame);
        FaceReading plain = _pipeline.ReadPicture(frame, PictureUse.Recognise);
        Assert.Empty(plain.Crops);
        _pipeline.KeepsCrops = true;
        FaceReading kept = _pipeline.ReadPicture(frame, PictureUse.Recognise);
        Assert.Equal(Alignments.Order(), kept.Crops.Select(crop => crop.Alignment).Order());
        Assert.Equal(0f, _pipeline.Encode(kept.Crops).DistanceTo(kept.Encoding!));
        Assert.InRange(plain.Encoding!.DistanceTo(kept.Encoding!), 0, Rounding);
    }

    [Fact]
    public void AFaceAlignedForAnotherKindOfEncoderIsRefused()
    {
        Frame frame = new();
        frame.Resize(112, 112);
        Assert.Throws<InvalidDataException>(() => _pipeline.Encode([new AlignedFace(1, frame)]));
        Assert.Throws<InvalidDataException>(() => _pipeline.Encode([new AlignedFace(_pipeline.AlignmentVersion, frame)]));
    }
}
