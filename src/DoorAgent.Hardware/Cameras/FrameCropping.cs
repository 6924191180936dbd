using OpenCvSharp;

namespace DoorAgent.Hardware.Cameras;

/// <summary>A rectangle of whole pixels; (X, Y) is its upper left pixel.</summary>
internal readonly record struct PixelArea(int X, int Y, int Width, int Height)
{
    /// <summary>The part inside a picture; empty, with a side of 0 or less, where the rectangle lies outside.</summary>
    public PixelArea Inside(int width, int height)
    {
        int left = Math.Max(X, 0), top = Math.Max(Y, 0);
        return new PixelArea(left, top, Math.Min(X + Width, width) - left, Math.Min(Y + Height, height) - top);
    }
}

/// <summary>Cuts parts out of frames and resizes them, bit by bit as OpenCV does for the publishers of networks.</summary>
internal static class FrameCropping
{
    /// <summary>Resizes an area bilinearly, without smoothing when shrinking.</summary>
    /// <param name="frame">The picture.</param>
    /// <param name="area">At least one pixel, all inside the frame.</param>
    /// <param name="target">Target, which already has its size.</param>
    public static void ResizeBilinear(Frame frame, PixelArea area, Frame target) =>
        On(frame, area, target, static (part, result) => Cv2.Resize(part, result, result.Size(), interpolation: InterpolationFlags.Linear));

    /// <summary>
    /// Resizes an area that may reach beyond the frame: what lies outside is the reflection of the area's part inside, and the outermost
    /// pixel is not repeated. By area when shrinking, Lanczos-4 when growing.
    /// </summary>
    /// <param name="frame">The picture.</param>
    /// <param name="area">An area with at least one pixel inside the frame.</param>
    /// <param name="target">Target, which already has its size.</param>
    public static void ResizeReflected(Frame frame, PixelArea area, Frame target)
    {
        PixelArea inside = area.Inside(frame.Width, frame.Height);
        if (inside == area)
        {
            On(frame, area, target, Resize);
            return;
        }

        int left = inside.X - area.X, top = inside.Y - area.Y;
        int right = area.Width - inside.Width - left, bottom = area.Height - inside.Height - top;
        On(frame, inside, target, (part, result) =>
        {
            using Mat whole = new();
            Cv2.CopyMakeBorder(part, whole, top, bottom, left, right, BorderTypes.Reflect101);
            Resize(whole, result);
        });
    }

    private static void Resize(Mat part, Mat result) => Cv2.Resize(part, result, result.Size(),
        interpolation: part.Width > result.Width ? InterpolationFlags.Area : InterpolationFlags.Lanczos4);

    private static unsafe void On(Frame frame, PixelArea area, Frame target, Action<Mat, Mat> resize)
    {
        long row = 3L * frame.Width;
        fixed (byte* from = frame.Pixels, to = target.Pixels)
        {
            using Mat part = Mat.FromPixelData(
                area.Height, area.Width, MatType.CV_8UC3, (nint)(from + (area.Y * row) + (3 * area.X)), row);
            using Mat result = Mat.FromPixelData(target.Height, target.Width, MatType.CV_8UC3, (nint)to);
            resize(part, result);
        }
    }
}
