using OpenCvSharp;

namespace DoorAgent.Hardware.Tests.Cameras;

/// <summary>Makes picture files for a test.</summary>
internal static class SomePictures
{
    /// <summary>A picture in one colour with a white upper left quarter.</summary>
    public static Mat Flagged(int width, int height, Scalar colour)
    {
        Mat picture = new(height, width, MatType.CV_8UC3, colour);
        Cv2.Rectangle(picture, new Rect(0, 0, width / 2, height / 2), Scalar.White, -1);
        return picture;
    }

    /// <summary>Writes numbered pictures, each grey of another brightness: 10, 20, 30 ...</summary>
    public static void WriteGreys(string directory, int count)
    {
        for (int i = 1; i <= count; i++)
        {
            using Mat picture = new(48, 64, MatType.CV_8UC3, Scalar.All(10 * i));
            Assert.True(Cv2.ImWrite(Path.Combine(directory, $"{i:00}.png"), picture));
        }
    }

    /// <summary>A video of the same greys; skips the test if OpenCV cannot write videos.</summary>
    public static void WriteVideo(string path, int count, double rate)
    {
        using VideoWriter writer = new(path, FourCC.MJPG, rate, new Size(64, 48));
        if (!writer.IsOpened())
            Assert.Skip("needs OpenCV's Motion JPEG writer: this build of OpenCV has none");
        for (int i = 1; i <= count; i++)
        {
            using Mat picture = new(48, 64, MatType.CV_8UC3, Scalar.All(10 * i));
            writer.Write(picture);
        }
    }
}
