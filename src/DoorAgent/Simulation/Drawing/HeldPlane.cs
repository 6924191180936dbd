using System.Numerics;

namespace DoorAgent.Simulation.Drawing;

/// <summary>
/// A flat object held before a pinhole camera. Points of the plane are in millimetres from its middle, x to the right and y down as the
/// camera sees them; the formulas are those of a homography, K [r1 r2 t].
/// </summary>
internal readonly struct HeldPlane
{
    /// <summary>The camera's focal length in pixels: 60 degrees of horizontal view at 640 pixels.</summary>
    public const float FocalLength = 554;

    private readonly Vector3 _x, _y, _w;
    private readonly Vector3 _inverseX, _inverseY, _inverseW;

    /// <param name="centre">The middle of the object in the frame, in pixels.</param>
    /// <param name="distance">Distance from the camera in millimetres.</param>
    /// <param name="yaw">Turn about the vertical axis in radians.</param>
    /// <param name="pitch">Tilt about the horizontal axis in radians.</param>
    /// <param name="roll">Turn in the plane of the frame in radians.</param>
    public HeldPlane(Vector2 centre, float distance, float yaw, float pitch, float roll)
    {
        Matrix4x4 turned = Matrix4x4.CreateRotationX(pitch) * Matrix4x4.CreateRotationY(yaw) * Matrix4x4.CreateRotationZ(roll);
        Vector3 right = FocalLength * Vector3.TransformNormal(Vector3.UnitX, turned);
        Vector3 down = FocalLength * Vector3.TransformNormal(Vector3.UnitY, turned);
        // The camera looks along z through the middle of the object, whose image lies at the centre.
        (float farther, float lower) = (right.Z / FocalLength, down.Z / FocalLength);
        _x = new Vector3(right.X + (centre.X * farther), down.X + (centre.X * lower), centre.X * distance);
        _y = new Vector3(right.Y + (centre.Y * farther), down.Y + (centre.Y * lower), centre.Y * distance);
        _w = new Vector3(farther, lower, distance);
        // The rows of the inverse, up to a factor that cancels.
        Vector3 a = Vector3.Cross(_y, _w), b = Vector3.Cross(_w, _x), c = Vector3.Cross(_x, _y);
        (_inverseX, _inverseY, _inverseW) = (new Vector3(a.X, b.X, c.X), new Vector3(a.Y, b.Y, c.Y), new Vector3(a.Z, b.Z, c.Z));
    }

    /// <summary>Where a point of the plane appears in the frame, in pixels.</summary>
    public Vector2 ToFrame(Vector2 point)
    {
        Vector3 at = new(point, 1);
        return new Vector2(Vector3.Dot(_x, at), Vector3.Dot(_y, at)) / Vector3.Dot(_w, at);
    }

    /// <summary>The point of the plane that a pixel shows, in millimetres.</summary>
    public Vector2 ToPlane(Vector2 pixel)
    {
        Vector3 at = new(pixel, 1);
        return new Vector2(Vector3.Dot(_inverseX, at), Vector3.Dot(_inverseY, at)) / Vector3.Dot(_inverseW, at);
    }

    /// <summary>Pixels of the frame for a millimetre in the middle of the plane.</summary>
    public float PixelsPerMillimetre => FocalLength / _w.Z;
}
