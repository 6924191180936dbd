using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using OpenCvSharp;

namespace DoorAgent.Tests.Enrolment;

/// <summary>Pictures as people send them: turned by their phone, with many megapixels.</summary>
public sealed class PhonePictureTests : IDisposable
{
    private readonly FacePipeline _pipeline = TestNetworks.BuiltIn();
    private readonly Frame _frame = new();
    private readonly Mat _adam = Cv2.ImRead(Path.Combine(Places.BuiltInPeople, "adam", "enrol-1.jpg"));

    public void Dispose()
    {
        _adam.Dispose();
        _pipeline.Dispose();
    }

    // The stored picture is turned the other way, so that the EXIF note makes it upright again.
    [Theory]
    [InlineData(3, RotateFlags.Rotate180)]
    [InlineData(6, RotateFlags.Rotate90Counterclockwise)]
    [InlineData(8, RotateFlags.Rotate90Clockwise)]
    public void ATurnedPictureGivesTheEncodingOfTheUprightOne(int orientation, RotateFlags stored)
    {
        FaceEncoding upright = Encode(Jpeg(_adam));
        using Mat turned = new();
        Cv2.Rotate(_adam, turned, stored);
        byte[] jpeg = Jpeg(turned);
        byte low = (byte)orientation;
        byte[] exif = [0xFF, 0xE1, 0, 34, .. "Exif\0\0MM\0*\0\0\0\b\0"u8, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, low, 0, 0, 0, 0, 0, 0];
        Assert.InRange(Encode([.. jpeg[..2], .. exif, .. jpeg[2..]]).DistanceTo(upright), 0, 0.15);
    }

    [Fact]
    public void AFaceInTwentyMegapixelsHasTheSameEncoding()
    {
        FaceEncoding small = Encode(Jpeg(_adam));
        using Mat wall = new(4000, 5000, MatType.CV_8UC3, new Scalar(150, 160, 170));
        using Mat large = _adam.Resize(new Size(2400, 2400), 0, 0, InterpolationFlags.Cubic);
        using (Mat place = new(wall, new Rect(1200, 700, 2400, 2400)))
            large.CopyTo(place);
        // Enlarged tenfold it is a soft picture; right claims at the door lie at up to 0.716.
        Assert.InRange(Encode(Jpeg(wall)).DistanceTo(small), 0, 0.6);
    }

    // Without a face the finder climbs from small to large pictures, and the detector's memory grows with them.
    [Slow]
    [Fact]
    public void ALargePictureWithoutAFaceIsReportedAsNoFace()
    {
        using Mat wall = new(7000, 9000, MatType.CV_8UC3, new Scalar(150, 160, 170));
        PictureFile.Decode(Jpeg(wall), "wall.jpg", _frame);
        FaceReading reading = _pipeline.ReadPicture(_frame, PictureUse.Recognise);
        Assert.Equal(UnusableReason.NoFace, reading.Problem);
    }

    private FaceEncoding Encode(byte[] jpeg)
    {
        PictureFile.Decode(jpeg, "phone.jpg", _frame);
        FaceReading reading = _pipeline.ReadPicture(_frame, PictureUse.Recognise);
        return reading.Encoding ?? throw new InvalidOperationException($"{reading.Problem}");
    }

    private static byte[] Jpeg(Mat picture)
    {
        Assert.True(Cv2.ImEncode(".jpg", picture, out byte[] bytes));
        return bytes;
    }
}
