using DoorAgent.Hardware.Cameras;
using OpenCvSharp;

namespace DoorAgent.Hardware.Tests.Cameras;

/// <summary>Tests pictures whose file contains the orientation of the camera, such as a phone's portraits.</summary>
public sealed class TurnedPictureTests
{
    private readonly Frame _frame = new();

    // EXIF 2.32, tag 274: the sides at which the stored first row and first column are displayed.
    // The white quarter is stored at the upper left; it is displayed in the corner where the first row and the first column meet.
    [Theory]
    [InlineData(1, 64, 48, "upper left")]
    [InlineData(2, 64, 48, "upper right")]
    [InlineData(3, 64, 48, "lower right")]
    [InlineData(4, 64, 48, "lower left")]
    [InlineData(5, 48, 64, "upper left")]
    [InlineData(6, 48, 64, "upper right")]
    [InlineData(7, 48, 64, "lower right")]
    [InlineData(8, 48, 64, "lower left")]
    public void EachOfTheEightOrientationsIsTurnedUprightOnce(int orientation, int width, int height, string white)
    {
        foreach (bool isLittle in new[] { false, true })
        {
            Decode(Exif.Into(Jpeg(), Exif.Orientation(orientation, isLittle)));
            Assert.Equal((width, height, white), (_frame.Width, _frame.Height, WhiteQuarter()));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(255)]
    public void AnUndefinedOrientationMeansUpright(int orientation)
    {
        Decode(Exif.Into(Jpeg(), Exif.Orientation(orientation)));
        Assert.Equal((64, 48, "upper left"), (_frame.Width, _frame.Height, WhiteQuarter()));
    }

    [Fact]
    public void AnExifBlockOfRandomBytesDoesNoHarm()
    {
        byte[] jpeg = Jpeg();
        Random random = new(1);
        for (int i = 0; i < 200; i++)
        {
            byte[] note = Exif.Orientation(6);
            random.NextBytes(note.AsSpan(random.Next(note.Length)));
            Decode(Exif.Into(jpeg, note[..random.Next(note.Length + 1)]));
            Assert.Equal(64 + 48, _frame.Width + _frame.Height);
        }
    }

    private void Decode(byte[] bytes) => PictureFile.Decode(bytes, "turned.jpg", _frame);

    private static byte[] Jpeg()
    {
        using Mat picture = SomePictures.Flagged(64, 48, new Scalar(200, 40, 20));
        Assert.True(Cv2.ImEncode(".jpg", picture, out byte[] bytes));
        return bytes;
    }

    private string WhiteQuarter() => Assert.Single(
        new[] { ("upper left", 1, 1), ("upper right", 3, 1), ("lower left", 1, 3), ("lower right", 3, 3) },
        quarter =>
            _frame.Pixels[3 * ((quarter.Item3 * _frame.Height / 4 * _frame.Width) + (quarter.Item2 * _frame.Width / 4))] > 240).Item1;
}
