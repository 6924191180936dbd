using System.Numerics;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Simulation.Drawing;

/// <summary>A part of a frame: columns from <paramref name="Left"/> to before <paramref name="Right"/>, rows likewise.</summary>
internal readonly record struct Region(int Left, int Top, int Right, int Bottom)
{
    /// <summary>Returns the part of a frame that encloses points, with a margin in pixels.</summary>
    public static Region Around(Frame frame, float margin, params ReadOnlySpan<Vector2> points)
    {
        Vector2 least = points[0], most = points[0];
        foreach (Vector2 point in points)
            (least, most) = (Vector2.Min(least, point), Vector2.Max(most, point));
        return new Region(
            (int)Math.Clamp(least.X - margin, 0, frame.Width), (int)Math.Clamp(least.Y - margin, 0, frame.Height),
            (int)Math.Clamp(most.X + margin + 1, 0, frame.Width), (int)Math.Clamp(most.Y + margin + 1, 0, frame.Height));
    }

    public static Region Whole(Frame frame) => new(0, 0, frame.Width, frame.Height);
}

/// <summary>Paints on frames with smooth edges. Colours are B, G, R in grey levels.</summary>
internal static class Brush
{
    /// <summary>Paints a region pixel by pixel.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="region">The part to paint.</param>
    /// <param name="paint">Returns the colour (X, Y, Z are B, G, R) and the part of the pixel that is covered (W, 0 to 1) at a pixel's
    /// centre.</param>
    public static void Paint(Frame frame, Region region, Func<Vector2, Vector4> paint)
    {
        for (int y = region.Top; y < region.Bottom; y++)
        {
            Span<byte> row = frame.Pixels.Slice(3 * y * frame.Width, 3 * frame.Width);
            for (int x = region.Left; x < region.Right; x++)
            {
                Vector4 colour = paint(new Vector2(x, y));
                if (colour.W > 0)
                    Blend(row.Slice(3 * x, 3), colour);
            }
        }
    }

    /// <summary>Changes every pixel by its colour alone.</summary>
    public static void Recolour(Frame frame, Func<Vector3, Vector3> change)
    {
        for (int i = 0; i < frame.Pixels.Length; i += 3)
        {
            Span<byte> pixel = frame.Pixels.Slice(i, 3);
            Blend(pixel, new Vector4(change(new Vector3(pixel[0], pixel[1], pixel[2])), 1));
        }
    }

    /// <summary>Returns how much of a pixel lies inside a shape whose edge is this many pixels away (below 0: inside).</summary>
    public static float Coverage(float distance) => Math.Clamp(0.5f - distance, 0, 1);

    /// <summary>The distance from a point to a capsule, which is all points nearer than <paramref name="radius"/> to a line; below 0
    /// inside.</summary>
    public static float Capsule(Vector2 point, Vector2 from, Vector2 to, float radius)
    {
        Vector2 along = to - from, at = point - from;
        float part = Math.Clamp(Vector2.Dot(at, along) / Math.Max(along.LengthSquared(), 1e-6f), 0, 1);
        return (at - (part * along)).Length() - radius;
    }

    /// <summary>The distance from a point to a rectangle around the origin with rounded corners; below 0 inside.</summary>
    public static float RoundedRectangle(Vector2 point, Vector2 half, float radius)
    {
        Vector2 beyond = Vector2.Abs(point) - half + new Vector2(radius);
        return Vector2.Max(beyond, Vector2.Zero).Length() + Math.Min(Math.Max(beyond.X, beyond.Y), 0) - radius;
    }

    /// <summary>Mixes a colour (B, G, R, and its part from 0 to 1) into a pixel.</summary>
    public static void Blend(Span<byte> pixel, Vector4 colour)
    {
        float part = Math.Min(colour.W, 1);
        for (int channel = 0; channel < 3; channel++)
            pixel[channel] = (byte)Math.Clamp(pixel[channel] + (part * (colour[channel] - pixel[channel])) + 0.5f, 0, 255);
    }
}
