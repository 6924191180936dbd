using DoorAgent.Hardware.Cameras;
using OpenCvSharp;

namespace DoorAgent.Hardware.Tests.Cameras;

/// <summary>Tests pictures in four inks, animations and files of several pages.</summary>
public sealed class StrangePictureTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Frame _frame = new();
    private readonly Mat _first = new(12, 16, MatType.CV_8UC3, new Scalar(200, 40, 20));
    private readonly Mat _second = new(12, 16, MatType.CV_8UC3, new Scalar(20, 200, 40));

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void FourInksAreConvertedToBlueGreenRed()
    {
        using Mat flag = SomePictures.Flagged(16, 12, new Scalar(200, 40, 20));
        PictureFile.Decode(StrangePictures.Cmyk(flag), "print.jpg", _frame);
        Assert.Equal((128, 96), (_frame.Width, _frame.Height));
        AssertColour(2, 2, 255, 255, 255);
        AssertColour(120, 90, 200, 40, 20);
    }

    [Fact]
    public void AnAnimatedPngIsReadAsItsFirstPicture() => IsFirst(StrangePictures.Apng(_first, _second));

    [Fact]
    public void AnAnimatedWebPIsReadAsItsFirstPicture() => IsFirst(StrangePictures.AnimatedWebP(_first, _second));

    [Fact]
    public void ATiffOfSeveralPagesIsReadAsItsFirstPage()
    {
        string path = _folder.File("pages.tiff");
        Assert.True(Cv2.ImWrite(path, new[] { _first, _second }));
        IsFirst(File.ReadAllBytes(path));
    }

    [Fact]
    public void AJpegOfSeveralPicturesFromAPhoneIsReadAsItsFirstPicture()
    {
        byte[] Jpeg(Mat picture, int progressive)
        {
            Assert.True(Cv2.ImEncode(".jpg", picture, out byte[] bytes, [(int)ImwriteFlags.JpegProgressive, progressive]));
            return bytes;
        }

        using Mat large = new(96, 128, MatType.CV_8UC3, new Scalar(20, 200, 40));
        IsFirst([.. Jpeg(_first, 0), .. Jpeg(large, 1), .. Jpeg(large, 1)]);
        IsFirst([.. Jpeg(_first, 1), .. Jpeg(large, 0), .. "Photo of a phone"u8]);
    }

    [Theory]
    [InlineData("tEXt")]
    [InlineData("zTXt")]
    [InlineData("prVt")]
    public void APngWithCommentsAndBytesAfterItsEndIsRead(string kind)
    {
        Assert.True(Cv2.ImEncode(".png", _first, out byte[] png));
        const int headEnds = 33;
        IsFirst([.. png[..headEnds], .. StrangePictures.Chunk(System.Text.Encoding.ASCII.GetBytes(kind), [.. "Comment\0\0at the door"u8]),
            .. png[headEnds..], 0, 0, 0, 9]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(32773)]
    public void ATiffIsReadInEverySupportedCompression(int compression)
    {
        Assert.True(Cv2.ImEncode(".tiff", _first, out byte[] bytes, [(int)ImwriteFlags.TiffCompression, compression]));
        IsFirst(bytes);
    }

    [Theory]
    [InlineData(6, "old-style JPEG")]
    [InlineData(34925, "LZMA")]
    [InlineData(50000, "Zstandard")]
    public void ATiffWithAnUnsupportedCompressionIsNotReportedAsDamaged(uint compression, string name)
    {
        const int compressionTag = 259, shortNumber = 3;
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() =>
            PictureFile.Decode(Tiff.With((compressionTag, shortNumber, 1, compression)), "a.tif", _frame));
        Assert.Equal($"a.tif: a TIFF compressed with {name} cannot be read. Save the picture as PNG or JPEG.", refused.Message);
        // A compression with an undefined number is reported as damaged.
        Assert.Contains("damaged", Assert.Throws<InvalidDataException>(
            () => PictureFile.Decode(Tiff.With((compressionTag, shortNumber, 1, 999)), "a.tif", _frame)).Message, StringComparison.Ordinal);
    }

    private void IsFirst(byte[] file)
    {
        PictureFile.Decode(file, "several", _frame);
        Assert.Equal((16, 12), (_frame.Width, _frame.Height));
        AssertColour(8, 6, 200, 40, 20);
    }

    private void AssertColour(int x, int y, int blue, int green, int red)
    {
        byte[] pixel = _frame.Pixels.Slice(3 * ((y * _frame.Width) + x), 3).ToArray();
        Assert.All(pixel.Zip([blue, green, red]), pair => Assert.InRange(pair.First, pair.Second - 8, pair.Second + 8));
    }
}
