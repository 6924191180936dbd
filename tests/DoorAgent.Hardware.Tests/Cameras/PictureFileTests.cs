using DoorAgent.Hardware.Cameras;
using OpenCvSharp;

namespace DoorAgent.Hardware.Tests.Cameras;

public sealed class PictureFileTests : IDisposable
{
    private static readonly Scalar Blue = new(200, 40, 20);

    private readonly TempFolder _folder = new();
    private readonly Frame _frame = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(".png")]
    [InlineData(".jpg")]
    [InlineData(".bmp")]
    [InlineData(".webp")]
    [InlineData(".tiff")]
    public void APictureIsReadAsBlueGreenRed(string extension)
    {
        using Mat picture = SomePictures.Flagged(64, 48, Blue);
        Read(Write($"a{extension}", picture));
        Assert.Equal((64, 48), (_frame.Width, _frame.Height));
        AssertPixel(10, 10, 255, 255, 255);
        AssertPixel(60, 40, 200, 40, 20);
    }

    [Fact]
    public void GreyBecomesThreeChannels()
    {
        using Mat picture = new(48, 64, MatType.CV_8UC1, Scalar.All(90));
        Read(Write("grey.png", picture));
        AssertPixel(5, 5, 90, 90, 90);
    }

    [Fact]
    public void SixteenBitsBecomeEight()
    {
        using Mat picture = new(48, 64, MatType.CV_16UC3, Scalar.All(90 * 257));
        Read(Write("deep.png", picture));
        AssertPixel(5, 5, 90, 90, 90);
    }

    [Fact]
    public void TransparencyIsDropped()
    {
        using Mat picture = new(48, 64, MatType.CV_8UC4, new Scalar(200, 40, 20, 0));
        Read(Write("alpha.png", picture));
        AssertPixel(5, 5, 200, 40, 20);
    }

    [Fact]
    public void AFileThatIsNotAPictureIsRefusedWithTheReason()
    {
        Refuses(_folder.Write("letter.jpg", "Dear door, please open."), "the file is not a picture");
        Refuses(_folder.Write("empty.png", ""), "the file is empty");
        Refuses(_folder.Write("phone.jpg", "\0\0\0\u0018ftypheic\0\0\0\0mif1heic"), "HEIC, a format of phones, cannot be read");
        Refuses(_folder.Write("general.heic", "\0\0\0\u0018ftypmif1\0\0\0\0mif1heic"), "Save the picture as JPEG");
        Refuses(_folder.Write("new.png", "\0\0\0\u0018ftypavif\0\0\0\0avif"), "AVIF");
        Refuses(_folder.Write("moving.gif", "GIF89a and so on"), "GIF");
    }

    [Fact]
    public void BytesAfterAJpegDoNoHarm()
    {
        string path = Busy(".jpg");
        File.AppendAllText(path, "a note of some program");
        Read(path);
        Assert.Equal(64, _frame.Width);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 200)]
    public void AnExtremelySmallPictureIsRefused(int width, int height)
    {
        using Mat picture = new(height, width, MatType.CV_8UC3, Scalar.All(90));
        string path = Write("dot.png", picture);
        Assert.Contains($"{width} x {height}", Assert.Throws<InvalidDataException>(() => Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATooLargeFileIsRefusedUnread()
    {
        string path = _folder.File("large.jpg");
        using (FileStream file = File.Create(path))
            file.SetLength(PictureFile.MaxBytes + 1);
        Refuses(path, "64 MiB are too many; a picture file may have 64");
    }

    [Fact]
    public void OnlyPicturesOfAFolderArePlayedInOrdinalOrder()
    {
        foreach (string name in new[] { "b.JPG", "a.png", "B.jpeg", "notes.txt", "10.bmp", "9.bmp" })
            _folder.Write(name, "");
        Directory.CreateDirectory(_folder.File("c.jpg"));
        Assert.Equal(["10.bmp", "9.bmp", "B.jpeg", "a.png", "b.JPG"], PictureFile.In(_folder.Path).Select(Path.GetFileName));
    }

    private void Read(string path) => PictureFile.Read(path, _frame);

    private void Refuses(string path, string words)
    {
        string message = Assert.Throws<InvalidDataException>(() => Read(path)).Message;
        Assert.StartsWith($"{path}: ", message, StringComparison.Ordinal);
        Assert.Contains(words, message, StringComparison.Ordinal);
    }

    private string Write(string name, Mat picture)
    {
        Assert.True(Cv2.ImWrite(_folder.File(name), picture));
        return _folder.File(name);
    }

    private string Busy(string extension)
    {
        using Mat picture = new(48, 64, MatType.CV_8UC3);
        Cv2.Randu(picture, Scalar.All(0), Scalar.All(256));
        return Write($"busy{extension}", picture);
    }

    private void AssertPixel(int x, int y, int b, int g, int r)
    {
        Span<byte> pixel = _frame.Pixels.Slice(3 * ((y * _frame.Width) + x), 3);
        // JPEG and WebP are not exact.
        Assert.InRange(pixel[0], b - 8, b + 8);
        Assert.InRange(pixel[1], g - 8, g + 8);
        Assert.InRange(pixel[2], r - 8, r + 8);
    }
}
