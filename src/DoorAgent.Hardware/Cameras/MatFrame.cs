using OpenCvSharp;

namespace DoorAgent.Hardware.Cameras;

/// <summary>Converts between OpenCV's pictures and frames.</summary>
internal static class MatFrame
{
    /// <summary>Copies a picture with three 8-bit channels into a frame.</summary>
    public static void Copy(Mat picture, Frame frame)
    {
        frame.Resize(picture.Width, picture.Height);
        int row = 3 * frame.Width;
        for (int y = 0; y < frame.Height; y++)
            Row(picture, y).CopyTo(frame.Pixels.Slice(y * row, row));
    }

    /// <summary>Copies a frame into a picture of the same size with three 8-bit channels.</summary>
    public static void Copy(Frame frame, Mat picture) => Copy(frame, picture, 0, 0);

    /// <summary>Copies the part of a frame that starts at a pixel into a picture of the part's size with three 8-bit channels.</summary>
    public static void Copy(Frame frame, Mat picture, int left, int top)
    {
        (int width, int height) = (picture.Width, picture.Height);
        for (int y = 0; y < height; y++)
            frame.Pixels.Slice(3 * (((top + y) * frame.Width) + left), 3 * width).CopyTo(Row(picture, y));
    }

    /// <summary>Whether <see cref="Copy(Mat, Frame)"/> supports the size and format of a picture.</summary>
    public static bool CanCopy(Mat picture) => !picture.Empty() && picture.Type() == MatType.CV_8UC3
        && picture.Width <= Frame.MaxSide && picture.Height <= Frame.MaxSide;

    private static unsafe Span<byte> Row(Mat picture, int y) => new((void*)picture.Ptr(y), 3 * picture.Width);
}
