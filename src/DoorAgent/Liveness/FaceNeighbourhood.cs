using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using OpenCvSharp;

namespace DoorAgent.Liveness;

/// <summary>The part of a frame around a face, with lengths in face sizes: a face has size 1, whatever its distance.</summary>
internal sealed class FaceNeighbourhood
{
    private readonly FaceBox _box;
    private readonly Rect _region;

    private FaceNeighbourhood(FaceBox box, Rect region) => (_box, _region) = (box, region);

    /// <summary>The face's size in the frame: the geometric mean of its box's sides, in pixels.</summary>
    private double FaceSize => Math.Sqrt(_box.Area);

    /// <summary>Returns the square around a face, cut at the frame's edges; null for a face that is empty or outside the frame.</summary>
    /// <param name="frame">The frame with its face.</param>
    /// <param name="reach">Half of the square's side, in face sizes.</param>
    public static FaceNeighbourhood? Of(LivenessFrame frame, double reach)
    {
        FaceBox box = frame.Face.Box;
        (float x, float y) = box.Centre;
        double far = reach * Math.Sqrt(box.Area);
        if (!(box.Width >= 1) || !(box.Height >= 1) || !double.IsFinite(far + x + y))
            return null;
        (int left, int right) = Cut(x - far, x + far, frame.Frame.Width);
        (int top, int bottom) = Cut(y - far, y + far, frame.Frame.Height);
        return right > left && bottom > top ? new FaceNeighbourhood(box, new Rect(left, top, right - left, bottom - top)) : null;
    }

    /// <summary>The scale at which the face has a working size, at most 1: pictures are never enlarged.</summary>
    public double ScaleTo(double workingFaceSize) => Math.Min(1, workingFaceSize / FaceSize);

    /// <summary>The face's size in pictures of a scale, in pixels.</summary>
    public double FaceSizeAt(double scale) => FaceSize * scale;

    /// <summary>Converts a pixel of a picture made by <see cref="Grey"/> to face sizes from the face's centre.</summary>
    public (double X, double Y) PointOf(double x, double y, double scale) =>
        (((x / scale) + _region.X - _box.Centre.X) / FaceSize, ((y / scale) + _region.Y - _box.Centre.Y) / FaceSize);

    /// <summary>Makes a grey picture of this neighbourhood from a frame of the same size; the caller disposes it.</summary>
    public Mat Grey(Frame frame, double scale)
    {
        using Mat around = new(_region.Height, _region.Width, MatType.CV_8UC3);
        MatFrame.Copy(frame, around, _region.X, _region.Y);
        using Mat grey = around.CvtColor(ColorConversionCodes.BGR2GRAY);
        return Scaled(grey, scale);
    }

    /// <summary>Makes a smaller picture; the caller disposes it.</summary>
    public static Mat Scaled(Mat picture, double scale)
    {
        Size size = new(Math.Max(1, (int)(picture.Width * scale)), Math.Max(1, (int)(picture.Height * scale)));
        return picture.Resize(size, 0, 0, InterpolationFlags.Area);
    }

    private static (int From, int To) Cut(double from, double to, int size) =>
        ((int)Math.Clamp(from, 0, size), (int)Math.Clamp(to, 0, size));
}
