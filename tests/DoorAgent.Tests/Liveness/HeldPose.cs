using OpenCvSharp;

namespace DoorAgent.Tests.Liveness;

/// <summary>Where a flat thing is held before the camera: the position of its centre in mm (X to the right, Y down, Z away from the
/// camera) and its rotations in radians.</summary>
internal readonly record struct HeldPose(double X, double Y, double Z, double Pitch, double Yaw, double Roll)
{
    public const int Width = 640, Height = 480;

    /// <summary>Focal length in pixels: 640 pixels see 60 degrees.</summary>
    private const double Focal = 554;

    /// <summary>The projection of the thing's drawing, whose middle is the thing's centre, to the camera's picture.</summary>
    /// <param name="drawing">Size of the drawing in pixels.</param>
    /// <param name="scale">Pixels of the drawing per mm.</param>
    public Mat Projection(Size drawing, double scale)
    {
        Point2f[] corners = [new(0, 0), new(drawing.Width, 0), new(drawing.Width, drawing.Height), new(0, drawing.Height)];
        HeldPose pose = this;
        return Cv2.GetPerspectiveTransform(corners, corners.Select(corner =>
            pose.Project((corner.X - (drawing.Width / 2.0)) / scale, (corner.Y - (drawing.Height / 2.0)) / scale)));
    }

    /// <summary>A pinhole camera's picture of a point of the plane, given in mm.</summary>
    private Point2f Project(double x, double y)
    {
        (double cosRoll, double sinRoll) = (Math.Cos(Roll), Math.Sin(Roll));
        (double across, double down) = ((x * cosRoll) - (y * sinRoll), (x * sinRoll) + (y * cosRoll));
        double depth = Z + (down * Math.Sin(Pitch)) + (across * Math.Sin(Yaw));
        return new Point2f(
            (float)((Width / 2.0) + (Focal * (X + (across * Math.Cos(Yaw))) / depth)),
            (float)((Height / 2.0) + (Focal * (Y + (down * Math.Cos(Pitch))) / depth)));
    }
}
