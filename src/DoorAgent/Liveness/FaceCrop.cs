using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;

namespace DoorAgent.Liveness;

/// <summary>Computes and cuts the area around a face that a liveness network judges, as the network's publishers do.</summary>
internal static class FaceCrop
{
    // No detector finds a face so much larger than its picture; reflecting it would only cost memory.
    private const int MaxSides = 3;

    /// <summary>Cuts and resizes the crop.</summary>
    /// <param name="frame">The picture.</param>
    /// <param name="box">The face.</param>
    /// <param name="crop">How the network's publishers cut.</param>
    /// <param name="target">Target, which already has the size of the network's input.</param>
    /// <returns>Whether the box shows a part of the frame; otherwise there is nothing to judge, and the target is unchanged.</returns>
    public static bool TryTake(Frame frame, FaceBox box, ModelCrop crop, Frame target)
    {
        if (!IsOn(frame, box))
            return false;
        if (crop.Edge == CropEdge.Shifted)
        {
            FrameCropping.ResizeBilinear(frame, Shifted(box, crop.Scale, frame.Width, frame.Height), target);
            return true;
        }

        PixelArea square = Square(box, crop.Scale);
        PixelArea inside = square.Inside(frame.Width, frame.Height);
        if (square.Width > MaxSides * Math.Max(frame.Width, frame.Height) || inside.Width < 1 || inside.Height < 1)
            return false;
        FrameCropping.ResizeReflected(frame, square, target);
        return true;
    }

    /// <summary>Enlarges a box about its centre, shrinks the result to fit, and shifts it inside the picture (CropImage of
    /// Silent-Face-Anti-Spoofing).</summary>
    /// <param name="box">A box with finite, positive sides.</param>
    /// <param name="scale">Factor of the sides.</param>
    /// <param name="width">Width of the picture.</param>
    /// <param name="height">Height of the picture.</param>
    /// <returns>An area of at least one pixel inside the picture.</returns>
    public static PixelArea Shifted(FaceBox box, double scale, int width, int height)
    {
        scale = Math.Min(Math.Min((height - 1) / (double)box.Height, (width - 1) / (double)box.Width), scale);
        (int left, int right) = Side(box.X, box.Width, scale, width - 1);
        (int top, int bottom) = Side(box.Y, box.Height, scale, height - 1);
        return new PixelArea(left, top, right - left + 1, bottom - top + 1);
    }

    /// <summary>Enlarges the longer side of a box about the box's centre to a square, which may reach beyond the picture (crop of
    /// face-antispoof-onnx).</summary>
    /// <param name="box">A box with finite, positive sides.</param>
    /// <param name="scale">Factor of the longer side.</param>
    public static PixelArea Square(FaceBox box, double scale)
    {
        double side = scale * Math.Max(box.Width, box.Height);
        int pixels = Math.Max(1, (int)side);
        return new PixelArea(
            (int)(box.X + (box.Width / 2.0) - (side / 2)), (int)(box.Y + (box.Height / 2.0) - (side / 2)), pixels, pixels);
    }

    /// <returns>First and last pixel.</returns>
    private static (int First, int Last) Side(double start, double length, double scale, int last)
    {
        double from = start + (length / 2) - (length * scale / 2), to = start + (length / 2) + (length * scale / 2);
        if (from < 0)
            (from, to) = (0, to - from);
        if (to > last)
            (from, to) = (from - (to - last), last);
        return (Math.Clamp((int)from, 0, last), Math.Clamp((int)to, 0, last));
    }

    // The conditions are false for NaN too.
    private static bool IsOn(Frame frame, FaceBox box) => box.Width > 0 && box.Height > 0 && float.IsFinite(box.Area)
        && box.X < frame.Width && box.Y < frame.Height && box.X + box.Width > 0 && box.Y + box.Height > 0;
}
