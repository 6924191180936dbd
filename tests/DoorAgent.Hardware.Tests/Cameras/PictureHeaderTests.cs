using System.Buffers.Binary;
using CsCheck;
using DoorAgent.Hardware.Cameras;
using OpenCvSharp;

namespace DoorAgent.Hardware.Tests.Cameras;

public sealed class PictureHeaderTests
{
    private static readonly string[] AllFormats = [".jpg", ".png", ".bmp", ".webp", ".tiff"];
    private static readonly Dictionary<string, byte[]> Small = AllFormats.ToDictionary(format => format, format => Encoded(format, 40, 30));
    private static readonly Gen<string> Formats = Gen.Int[0, AllFormats.Length - 1].Select(i => AllFormats[i]);

    [Fact]
    public void TheHeaderAndTheDecoderAgreeOnTheSize() => Gen.Select(Formats, Gen.Int[8, 300], Gen.Int[8, 300]).Sample(
        (format, width, height) => PictureHeader.Read(Encoded(format, width, height)) is { } header
            && (header.Width, header.Height) == (width, height), iter: 60);

    [Fact]
    public void TheSizeOfALosslessWebPIsRead()
    {
        using Mat picture = new(77, 123, MatType.CV_8UC3, Scalar.All(90));
        Assert.True(Cv2.ImEncode(".webp", picture, out byte[] bytes, [(int)ImwriteFlags.WebPQuality, 101]));
        Assert.Equal(new PictureHeader(PictureKind.WebP, 123, 77, WorkingBytes: 4 * 123 * 77), PictureHeader.Read(bytes));
    }

    [Theory]
    [InlineData(".jpg")]
    [InlineData(".png")]
    [InlineData(".bmp")]
    [InlineData(".webp")]
    [InlineData(".tiff")]
    public void AFileTruncatedAnywhereIsRefusedOrAPictureOfTheWholeSize(string format)
    {
        byte[] whole = Small[format];
        Frame frame = new();
        Assert.True(Reads(whole, frame));
        // A TIFF has its directory at its end, and the other formats may end in bytes without meaning.
        int needed = whole.Length - 16;
        for (int length = 0; length < whole.Length; length++)
        {
            bool isRead = Reads(whole[..length], frame);
            Assert.False(isRead && length < needed, $"{length} of {whole.Length} bytes were read as a picture");
        }
    }

    [Fact]
    public void ChangedBytesAreAPictureOrARefusalAndNothingElse() =>
        Gen.Select(Formats, Gen.Select(Gen.Int[0, 5000], Gen.Byte).Array[1, 30]).Sample((format, changes) =>
    {
        byte[] bytes = [.. Small[format]];
        foreach ((int at, byte value) in changes)
            bytes[at % bytes.Length] = value;
        _ = Reads(bytes, new Frame());
    }, iter: 500);

    [Fact]
    public void RandomBytesAfterAnySignatureAreAPictureOrARefusal() => Gen.Select(Formats, Gen.Byte.Array[0, 200]).Sample(
        (format, noise) => { _ = Reads([.. Small[format].AsSpan(0, 12), .. noise], new Frame()); }, iter: 500);

    [Theory]
    [InlineData(10_000, 10_000)]
    [InlineData(60_000, 60_000)]
    [InlineData(16_385, 10)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void APictureOfTooManyPixelsIsRefusedByItsHeader(int width, int height)
    {
        byte[] png = [.. Small[".png"]];
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = Assert.Throws<InvalidDataException>(() => PictureFile.Decode(png, "bomb.png", new Frame())).Message;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        Assert.Contains($"bomb.png: {width} x {height} pixels are too many; a picture may have 64 million",
            message, StringComparison.Ordinal);
    }

    [Fact]
    public void APhonesPictureIsReadAtHalfItsSize()
    {
        using Mat picture = new(4000, 5000, MatType.CV_8UC3, new Scalar(200, 40, 20));
        Assert.True(Cv2.ImEncode(".jpg", picture, out byte[] bytes));
        Frame frame = new();
        PictureFile.Decode(Exif.Into(bytes, Exif.Orientation(6)), "phone.jpg", frame);
        Assert.Equal((2000, 2500), (frame.Width, frame.Height));
        Assert.InRange(frame.Pixels[0], 196, 204);
    }

    private static bool Reads(byte[] bytes, Frame frame)
    {
        try
        {
            PictureFile.Decode(bytes, "x", frame);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static byte[] Encoded(string format, int width, int height)
    {
        using Mat picture = new(height, width, MatType.CV_8UC3);
        Cv2.Randu(picture, Scalar.All(0), Scalar.All(256));
        Assert.True(Cv2.ImEncode(format, picture, out byte[] bytes));
        return bytes;
    }
}
