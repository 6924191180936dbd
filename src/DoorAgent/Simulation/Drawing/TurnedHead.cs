using System.Numerics;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Simulation.Drawing;

/// <summary>A pose of a head before the camera.</summary>
/// <param name="Centre">The middle of the head in the frame, in pixels.</param>
/// <param name="Scale">Pixels of the frame for an eye distance, at the distance of the head's middle.</param>
/// <param name="Yaw">Turn to the person's own left, in radians; below 0 to the right.</param>
/// <param name="Roll">Tilt towards a shoulder, clockwise in the frame, in radians.</param>
internal readonly record struct HeadPose(Vector2 Centre, float Scale, float Yaw, float Roll);

/// <summary>
/// Paints a turned head from one frontal picture: a mesh over the head's shape, turned about the vertical axis, seen in perspective. What
/// the picture does not show (the side that turns to the camera) continues the colour of its edge.
/// </summary>
internal sealed class TurnedHead
{
    private const int Columns = 72, Rows = 56, Softness = 2;

    /// <summary>Distance of the camera in eye distances: about half a metre.</summary>
    private const float CameraDistance = 8;

    /// <summary>The steepest part of the head, seen from the front, whose colour is used, in radians.</summary>
    private const float SteepestShown = 1.05f;

    /// <summary>Beyond the middle, half of the mesh spans this angle in radians: what comes into sight at a turn of 40 degrees.</summary>
    private const float HalfSpan = 2.3f;

    private readonly Vertex[,] _mesh = new Vertex[Columns + 1, Rows + 1];
    private float[] _depth = [];
    private Vector3[] _colour = [];

    /// <summary>Paints a head over a frame.</summary>
    public void Paint(Frame frame, Texture picture, HeadShape shape, HeadPose pose)
    {
        for (int row = 0; row <= Rows; row++)
        {
            // Denser towards crown and chin, where the ellipsoid is round.
            float y = HeadShape.HalfHeight * MathF.Sin(MathF.PI * (((float)row / Rows) - 0.5f));
            for (int column = 0; column <= Columns; column++)
                _mesh[column, row] = Place(shape, pose, HalfSpan * ((2f * column / Columns) - 1), y);
        }

        if (_depth.Length < frame.Width * frame.Height)
            (_depth, _colour) = (new float[frame.Width * frame.Height], new Vector3[frame.Width * frame.Height]);
        Array.Fill(_depth, float.NegativeInfinity);
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                Vertex a = _mesh[column, row], b = _mesh[column + 1, row], c = _mesh[column, row + 1], d = _mesh[column + 1, row + 1];
                Fill(frame, picture, a, b, c);
                Fill(frame, picture, b, d, c);
            }
        }

        Vector2 reach = 1.1f * pose.Scale * new Vector2(HeadShape.HalfHeight);
        Brush.Paint(frame, Region.Around(frame, 0, pose.Centre - reach, pose.Centre + reach), pixel =>
        {
            int place = ((int)pixel.Y * frame.Width) + (int)pixel.X;
            return float.IsNegativeInfinity(_depth[place]) ? default : new Vector4(_colour[place], Rim((int)pixel.X, (int)pixel.Y, frame));
        });
    }

    private static Vertex Place(HeadShape shape, HeadPose pose, float angle, float y)
    {
        Vector3 edge = HeadShape.Surface(Math.Clamp(angle, -SteepestShown, SteepestShown), y);
        float relief = shape.Relief(new Vector2(edge.X, y));
        Vector3 at = HeadShape.Surface(angle, y) + new Vector3(0, 0, Math.Abs(angle) < SteepestShown ? relief : 0);
        (float sin, float cos) = MathF.SinCos(pose.Yaw);
        at = new Vector3((at.X * cos) + (at.Z * sin), y, (at.Z * cos) - (at.X * sin));
        Vector2 flat = CameraDistance / (CameraDistance - at.Z) * new Vector2(at.X, at.Y);
        (float rolled, float upright) = MathF.SinCos(pose.Roll);
        Vector2 inFrame = new((flat.X * upright) - (flat.Y * rolled), (flat.X * rolled) + (flat.Y * upright));
        Vector2 pixel = pose.Centre + (pose.Scale * inFrame);
        // The picture was taken in perspective too; its scale is by definition that of the eyes.
        float nearer = (CameraDistance - HeadShape.Surface(0.4f, 0).Z) / (CameraDistance - edge.Z - relief);
        return new Vertex(pixel, at.Z, shape.ToPicture(nearer * new Vector2(edge.X, y)));
    }

    /// <summary>Fills a triangle where nothing nearer is.</summary>
    private void Fill(Frame frame, Texture picture, Vertex a, Vertex b, Vertex c)
    {
        float area = Cross(b.At - a.At, c.At - a.At);
        // The far side of the head.
        if (area <= 0)
            return;
        Region region = Region.Around(frame, 0, a.At, b.At, c.At);
        for (int y = region.Top; y < region.Bottom; y++)
        {
            for (int x = region.Left; x < region.Right; x++)
            {
                Vector2 pixel = new(x, y);
                float first = Cross(c.At - b.At, pixel - b.At) / area, second = Cross(a.At - c.At, pixel - c.At) / area;
                float third = 1 - first - second;
                float depth = (first * a.Depth) + (second * b.Depth) + (third * c.Depth);
                int place = (y * frame.Width) + x;
                if (first < -1e-4f || second < -1e-4f || third < -1e-4f || depth <= _depth[place])
                    continue;
                Vector2 shown = (first * a.Shown) + (second * b.Shown) + (third * c.Shown);
                (_depth[place], _colour[place]) = (depth, picture.At(shown.X, shown.Y));
            }
        }
    }

    /// <summary>How opaque the head is at a pixel: less within a few pixels of its outline, by the share of painted neighbours.</summary>
    private float Rim(int x, int y, Frame frame)
    {
        int painted = 0;
        for (int row = Math.Max(y - Softness, 0); row <= Math.Min(y + Softness, frame.Height - 1); row++)
        {
            for (int column = Math.Max(x - Softness, 0); column <= Math.Min(x + Softness, frame.Width - 1); column++)
                painted += float.IsNegativeInfinity(_depth[(row * frame.Width) + column]) ? 0 : 1;
        }

        const int all = ((2 * Softness) + 1) * ((2 * Softness) + 1);
        return Grain.Ease(((2f * painted / all) - 0.9f) / 1.1f);
    }

    private static float Cross(Vector2 a, Vector2 b) => (a.X * b.Y) - (a.Y * b.X);

    /// <summary>A point of the mesh.</summary>
    /// <param name="At">Where it appears in the frame, in pixels.</param>
    /// <param name="Depth">How near it is, in eye distances.</param>
    /// <param name="Shown">Where its colour is in the picture, in pixels.</param>
    private readonly record struct Vertex(Vector2 At, float Depth, Vector2 Shown);
}
