using System.Numerics;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Simulation.Drawing;

/// <summary>
/// The background of a door's camera: a corridor that stands still, with doors, tiles and lamps, in which somebody walks from side to side
/// and the light drifts.
/// </summary>
internal sealed class Corridor
{
    private const float HalfWidth = 1.3f, Ceiling = -1.1f, Floor = 1.5f, Length = 7, WalkerDistance = 4.6f;
    private const double WalkPeriod = 11;

    private static readonly Vector3 Plaster = new(168, 178, 182), Wood = new(62, 88, 118), Skirting = new(96, 100, 104);

    private readonly Frame _empty = new();

    public Corridor(int width, int height)
    {
        _empty.Resize(width, height);
        Brush.Paint(_empty, Region.Whole(_empty), pixel => new Vector4(
            (Look(pixel + new Vector2(-0.25f)) + Look(pixel + new Vector2(0.25f, -0.25f)) + Look(pixel + new Vector2(-0.25f, 0.25f))
                + Look(pixel + new Vector2(0.25f))) / 4, 1));
    }

    /// <summary>Paints the corridor at a time.</summary>
    public void Paint(Frame frame, double seconds)
    {
        frame.Resize(_empty.Width, _empty.Height);
        // Daylight through a window behind the camera: a few per cent, slowly.
        int light = (int)(256 * (1 + (0.03 * Math.Sin(2 * Math.PI * seconds / 7.3))));
        ReadOnlySpan<byte> from = _empty.Pixels;
        Span<byte> to = frame.Pixels;
        for (int i = 0; i < to.Length; i++)
            to[i] = (byte)Math.Min(255, (from[i] * light) >> 8);
        PaintWalker(frame, seconds);
    }

    private Vector3 Ray(Vector2 pixel) => new(
        (pixel.X - (0.52f * _empty.Width)) / HeldPlane.FocalLength, (pixel.Y - (0.42f * _empty.Height)) / HeldPlane.FocalLength, 1);

    /// <summary>Returns the colour in one direction: that of the nearest of the five surfaces.</summary>
    private Vector3 Look(Vector2 pixel)
    {
        Vector3 ray = Ray(pixel);
        float side = HalfWidth / Math.Max(Math.Abs(ray.X), 1e-4f);
        float level = (ray.Y < 0 ? Ceiling : Floor) / (Math.Abs(ray.Y) < 1e-4f ? 1e-4f : ray.Y);
        float distance = Math.Min(Length, Math.Min(side, level));
        Vector3 at = ray * distance;
        Vector3 colour = distance == Length ? BackWall(at.X, at.Y)
            : distance == side ? SideWall(at.Z + (ray.X > 0 ? 0.9f : 0), at.Y)
            : ray.Y < 0 ? CeilingAt(at.X, at.Z) : FloorAt(at.X, at.Z);
        // The far end is darker, and each surface has blotches.
        return colour * (1.05f - (0.05f * distance)) * (0.96f + (0.08f * Grain.Smooth((at.X + at.Z) * 9, (at.Y * 9) + at.Z, 5)));
    }

    private static Vector3 SideWall(float z, float y)
    {
        float door = z - (2.1f * MathF.Floor(z / 2.1f));
        if (door < 0.95f && y > -0.65f)
            return door is < 0.07f or > 0.88f || y < -0.58f ? Skirting * 0.7f : Wood * (0.9f + (0.2f * Grain.Smooth(door * 40, y * 3, 7)));
        return y > Floor - 0.12f ? Skirting : y is > 0.28f and < 0.34f ? Wood : Plaster * (y > 0.34f ? 0.82f : 1);
    }

    private static Vector3 BackWall(float x, float y)
    {
        if (Math.Abs(x - 0.1f) < 0.5f && y > -0.6f)
            return Math.Abs(x - 0.1f) < 0.3f && y is > -0.45f and < 0.25f ? new Vector3(215, 205, 190) : Wood * 0.8f;
        return x is > -1.05f and < -0.6f && y is > -0.5f and < 0.15f
            ? new Vector3(150, 120, 60) * (0.6f + (0.8f * Grain.Smooth(x * 14, y * 14, 9))) : Plaster;
    }

    private static Vector3 FloorAt(float x, float z)
    {
        bool isDark = (((int)MathF.Floor(x / 0.42f) + (int)MathF.Floor(z / 0.42f)) & 1) == 0;
        return (isDark ? new Vector3(88, 96, 104) : new Vector3(128, 136, 144)) * (0.9f + (0.2f * Grain.Smooth(x * 25, z * 25, 11)));
    }

    private static Vector3 CeilingAt(float x, float z)
    {
        float lamp = z - (1.8f * MathF.Floor(z / 1.8f));
        return Math.Abs(x) < 0.35f && lamp is > 0.6f and < 1 ? new Vector3(250, 250, 246)
            : Math.Abs(x - (0.6f * MathF.Round(x / 0.6f))) < 0.015f ? Plaster * 0.75f : Plaster * 1.05f;
    }

    /// <summary>Paints somebody who walks across the far part of the corridor and back, as capsules: coat, legs and head.</summary>
    private static void PaintWalker(Frame frame, double seconds)
    {
        double turn = seconds / WalkPeriod;
        float across = (float)(4 * Math.Abs(turn - Math.Floor(turn + 0.5))) - 1;
        float stride = 0.26f * (float)Math.Sin(2 * Math.PI * seconds * 0.9);
        float scale = HeldPlane.FocalLength / WalkerDistance;
        Vector2 InFrame(float x, float y) => new Vector2(0.52f * frame.Width, 0.42f * frame.Height) + (scale * new Vector2(x, y));
        float middle = 0.95f * across;
        Vector2 head = InFrame(middle, -0.17f), neck = InFrame(middle, 0.1f), hip = InFrame(middle, 0.62f);
        Vector2 left = InFrame(middle + stride, Floor - 0.03f), right = InFrame(middle - stride, Floor - 0.03f);
        Vector3 coat = new(70, 58, 44), trousers = new(52, 46, 40), skin = new(120, 142, 176);
        Brush.Paint(frame, Region.Around(frame, 0.3f * scale, head, neck, hip, left, right), pixel =>
        {
            float body = Brush.Capsule(pixel, neck, hip, 0.19f * scale), face = Brush.Capsule(pixel, head, head, 0.105f * scale);
            float legs = Math.Min(Brush.Capsule(pixel, hip, left, 0.085f * scale), Brush.Capsule(pixel, hip, right, 0.085f * scale));
            return body <= Math.Min(face, legs) ? new Vector4(coat, Brush.Coverage(body))
                : face < legs ? new Vector4(skin, Brush.Coverage(face)) : new Vector4(trousers, Brush.Coverage(legs));
        });
    }
}
