using System.Numerics;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Simulation.Drawing;

/// <summary>
/// A picture on the screen of a phone, held in one hand before the camera: a dark frame with rounded corners, a bluish backlight, the moire
/// of its pixel grid against the sensor's, and a lamp's reflection in the glass that moves twice as fast as the phone turns.
/// </summary>
internal sealed class HeldPhone(ulong seed)
{
    private const float MeanYaw = 0.09f, MeanPitch = -0.06f;
    private const float Distance = 198, BodyRadius = 10, ScreenRadius = 8, GridPitch = 25.4f / 458;

    /// <summary>How much of the grid's contrast is left after the lens and the area of a sensor's pixel.</summary>
    private const float GridContrast = 0.028f;

    private static readonly Vector2 Body = new Vector2(77.6f, 160.7f) / 2, Screen = new Vector2(71.5f, 154.5f) / 2;
    private static readonly Vector3 Case = new(34, 31, 30), Backlight = new(1.07f, 1, 0.93f), Leak = new(15, 11, 9);

    private readonly Tremor _tremor = new(seed);

    /// <summary>Where the phone is at a time, and how far it is turned.</summary>
    public HeldPlane At(double seconds, Frame frame) => new(
        new Vector2(
            (0.5f * frame.Width) + (0.015f * frame.Width * _tremor.At(0, seconds)),
            (0.49f * frame.Height) + (0.011f * frame.Width * _tremor.At(1, seconds))),
        Distance * (1 + (0.015f * _tremor.At(2, seconds))), Yaw(seconds), Pitch(seconds), -0.03f + (0.02f * _tremor.At(5, seconds)));

    /// <summary>The corners of the phone's outline in the frame, clockwise from the upper left one, in pixels, as if they were
    /// sharp.</summary>
    public Vector2[] Corners(double seconds, Frame frame)
    {
        HeldPlane plane = At(seconds, frame);
        Vector2 upperRight = Body * new Vector2(1, -1);
        return [plane.ToFrame(-Body), plane.ToFrame(upperRight), plane.ToFrame(Body), plane.ToFrame(-upperRight)];
    }

    /// <summary>Paints the phone, and the person who holds it, over a background.</summary>
    public void Paint(Frame frame, Texture picture, double seconds)
    {
        HeldPlane plane = At(seconds, frame);
        Vector2[] corners = Corners(seconds, frame);
        Vector2 chin = new((0.5f * frame.Width) + (0.004f * frame.Width * _tremor.At(6, seconds)), 0.62f * frame.Height);
        Torso.Paint(frame, chin, HeldPlane.FocalLength / 560, Torso.Skin, (corners[2] + corners[3]) / 2);
        float scale = plane.PixelsPerMillimetre;
        // A mirror that turns by an angle turns the reflected ray by twice the angle.
        Vector2 lamp = new Vector2(-14, -34) + (2 * Distance * new Vector2(Yaw(seconds) - MeanYaw, MeanPitch - Pitch(seconds)));
        Brush.Paint(frame, Region.Around(frame, 24 * scale, corners), pixel =>
        {
            Vector2 at = plane.ToPlane(pixel);
            float thumb = Brush.Coverage(scale * Fingers(at));
            float body = Brush.Coverage(scale * Brush.RoundedRectangle(at, Body, BodyRadius));
            if (body + thumb <= 0)
                return default;
            float screen = Brush.Coverage(scale * Brush.RoundedRectangle(at, Screen, ScreenRadius));
            Vector3 colour = Vector3.Lerp(Case, Shown(picture, at), screen) + new Vector3(Reflected(at, lamp));
            float lit = Math.Clamp(0.82f - (0.03f * Fingers(at)), 0.7f, 1.05f);
            return new Vector4(Vector3.Lerp(colour, Torso.Skin * lit, thumb), Math.Max(body, thumb));
        });
    }

    private float Yaw(double seconds) => MeanYaw + (0.035f * _tremor.At(3, seconds));

    private float Pitch(double seconds) => MeanPitch + (0.03f * _tremor.At(4, seconds));

    /// <summary>The picture as a phone shows it when it is enlarged to the screen's width: its middle in portrait, 3 to 4, black above and
    /// below.</summary>
    private static Vector3 Shown(Texture picture, Vector2 at)
    {
        Vector2 half = new(Screen.X, Screen.X * 4 / 3);
        if (Math.Abs(at.Y) > half.Y)
            return Leak;
        float perMillimetre = Math.Min(picture.Width / (2 * half.X), picture.Height / (2 * half.Y));
        Vector3 level = picture.At(
            (picture.Width / 2f) + (at.X * perMillimetre) - 0.5f, (picture.Height / 2f) + (at.Y * perMillimetre) - 0.5f);
        return (level * Backlight * 0.98f * Grid(at)) + Leak;
    }

    /// <summary>The panel's grid, sampled once for each pixel of the camera: far finer than the sensor's pixels, it appears as slow waves,
    /// with another phase for each colour, whose stripes lie side by side.</summary>
    private static Vector3 Grid(Vector2 at)
    {
        float across = 2 * MathF.PI * at.X / GridPitch, rows = MathF.Cos(2 * MathF.PI * at.Y / GridPitch);
        return Vector3.One + (GridContrast * new Vector3(
            MathF.Cos(across + (2 * MathF.PI / 3)) + rows, MathF.Cos(across) + rows, MathF.Cos(across - (2 * MathF.PI / 3)) + rows));
    }

    /// <summary>What the glass reflects, in grey levels: a lamp of the ceiling, and faintly the bright room above it.</summary>
    private static float Reflected(Vector2 at, Vector2 lamp)
    {
        Vector2 from = (at - lamp) / new Vector2(13, 6);
        return (150 * Grain.Ease(1.6f - from.Length())) + (9 * Grain.Ease((60 - at.Y) / 140));
    }

    /// <summary>The distance to the thumb on the right edge or one of the fingertips on the left edge, in millimetres.</summary>
    private static float Fingers(Vector2 at)
    {
        float distance = Brush.Capsule(at, new Vector2(Body.X + 14, 62), new Vector2(Body.X - 5, 38), 9.5f);
        for (int finger = 0; finger < 3; finger++)
            distance = Math.Min(distance, Brush.Capsule(
                at, new Vector2(-Body.X - 12, 30 + (19 * finger)), new Vector2(-Body.X - 1, 27 + (19 * finger)), 7.5f));
        return distance;
    }
}
