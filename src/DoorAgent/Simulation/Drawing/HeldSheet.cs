using System.Numerics;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Simulation.Drawing;

/// <summary>A picture printed on office paper (A4) with a white margin, held with both hands before the camera.</summary>
internal sealed class HeldSheet(ulong seed)
{
    private const float Distance = 355, Margin = 14, LongSide = 297, ShortSide = 210;

    private static readonly Vector3 Paper = new(222, 232, 236), Ink = new(46, 42, 42);

    private readonly Tremor _tremor = new(seed);

    /// <summary>Returns a picture as ink on paper: with less contrast, less colour and darker middle tones.</summary>
    public static Frame Printed(Frame picture)
    {
        Frame print = new();
        print.CopyFrom(picture);
        Brush.Recolour(print, colour =>
        {
            Vector3 level = Vector3.Lerp(new Vector3(Vector3.Dot(colour, new Vector3(0.114f, 0.587f, 0.299f))), colour, 0.88f) / 255;
            Vector3 tone = new(MathF.Pow(level.X, 1.1f), MathF.Pow(level.Y, 1.1f), MathF.Pow(level.Z, 1.1f));
            return Ink + (tone * (Paper - Ink));
        });
        return print;
    }

    /// <summary>Where the sheet is at a time.</summary>
    public HeldPlane At(double seconds, Frame frame) => new(
        new Vector2(
            (0.49f * frame.Width) + (0.016f * frame.Width * _tremor.At(0, seconds)),
            (0.45f * frame.Height) + (0.012f * frame.Width * _tremor.At(1, seconds))),
        Distance * (1 + (0.015f * _tremor.At(2, seconds))),
        yaw: -0.11f + (0.035f * _tremor.At(3, seconds)), pitch: -0.09f + (0.03f * _tremor.At(4, seconds)),
        roll: 0.025f + (0.018f * _tremor.At(5, seconds)));

    /// <summary>The corners of the sheet in the frame, clockwise from the upper left one, in pixels.</summary>
    public Vector2[] Corners(double seconds, Texture print, Frame frame)
    {
        HeldPlane plane = At(seconds, frame);
        (Vector2 half, _) = Layout(print);
        Vector2 upperRight = half * new Vector2(1, -1);
        return [plane.ToFrame(-half), plane.ToFrame(upperRight), plane.ToFrame(half), plane.ToFrame(-upperRight)];
    }

    /// <summary>Paints the sheet, and the person who holds it, over a background.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="print">The picture as <see cref="Printed"/> returns it.</param>
    /// <param name="seconds">The time.</param>
    public void Paint(Frame frame, Texture print, double seconds)
    {
        HeldPlane plane = At(seconds, frame);
        (Vector2 half, Vector2 printed) = Layout(print);
        Vector2[] corners = Corners(seconds, print, frame);
        // The body sways less than the hands.
        Vector2 chin = new((0.5f * frame.Width) + (0.004f * frame.Width * _tremor.At(6, seconds)), 0.6f * frame.Height);
        Torso.Paint(frame, chin, HeldPlane.FocalLength / 620, Torso.Skin, corners[3], corners[2]);
        float scale = plane.PixelsPerMillimetre;
        Vector2 tilted = Vector2.Normalize(new Vector2(-0.8f, -0.6f));
        Brush.Paint(frame, Region.Around(frame, 27 * scale, corners), pixel =>
        {
            Vector2 at = plane.ToPlane(pixel);
            // Ceiling light falls off towards the lower right; paper bends a little between the hands, and its fibres are uneven.
            float light = 0.97f + (0.05f * Vector2.Dot(at, tilted) / LongSide) - (0.03f * MathF.Cos(at.X / half.X * 1.3f))
                + (0.012f * (Grain.Smooth(at.X * 0.7f, at.Y * 0.7f, 21) - 0.5f));
            Vector3 colour = light * Sheet(print, at, printed);
            float sheet = Brush.Coverage(scale * Brush.RoundedRectangle(at, half, 0.5f));
            (float thumb, float edge) = Thumbs(at, half);
            return thumb < 1 ? new Vector4(
                Vector3.Lerp(colour, Torso.Skin * edge, Brush.Coverage(scale * thumb)), Math.Max(sheet, Brush.Coverage(scale * thumb)))
                : new Vector4(colour, sheet);
        });
    }

    /// <summary>Half the size of the paper and half the size of the printed picture, in millimetres.</summary>
    private static (Vector2 Half, Vector2 Printed) Layout(Texture print)
    {
        Vector2 half = print.Width > print.Height ? new Vector2(LongSide, ShortSide) / 2 : new Vector2(ShortSide, LongSide) / 2;
        float fit = Math.Min((half.X - Margin) / print.Width, (half.Y - Margin) / print.Height);
        return (half, fit * new Vector2(print.Width, print.Height));
    }

    /// <summary>The sheet's own colour at a point: paper, or the print with the faint bands of an ink jet.</summary>
    private static Vector3 Sheet(Texture print, Vector2 at, Vector2 printed)
    {
        if (Math.Abs(at.X) > printed.X || Math.Abs(at.Y) > printed.Y)
            return Paper;
        Vector2 part = (at / printed) + Vector2.One;
        return print.At((part.X * print.Width / 2) - 0.5f, (part.Y * print.Height / 2) - 0.5f) * (1 + (0.006f * MathF.Sin(at.Y * 2.4f)));
    }

    /// <summary>The distance to the nearer of two thumbs on the lower corners, in millimetres, and its brightness there.</summary>
    private static (float Distance, float Light) Thumbs(Vector2 at, Vector2 half)
    {
        Vector2 mirrored = new(Math.Abs(at.X), at.Y);
        float distance = Brush.Capsule(mirrored, new Vector2(half.X + 16, half.Y - 12), new Vector2(half.X - 14, half.Y - 34), 9.5f);
        return (distance, Math.Clamp(0.85f - (0.03f * distance), 0.7f, 1.05f));
    }
}
