using System.Numerics;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Simulation.Drawing;

/// <summary>A picture that is read between its pixels. Colours are B, G, R in grey levels, 0 to 255; pixel centres are integers.</summary>
internal sealed class Texture(Frame picture)
{
    public int Width => picture.Width;

    public int Height => picture.Height;

    /// <summary>Returns the bilinear mean of the four pixels around a point; a point outside takes the nearest edge's colour.</summary>
    public Vector3 At(float x, float y)
    {
        x = Math.Clamp(x, 0, Width - 1);
        y = Math.Clamp(y, 0, Height - 1);
        int left = (int)x, top = (int)y, right = Math.Min(left + 1, Width - 1), bottom = Math.Min(top + 1, Height - 1);
        return Vector3.Lerp(
            Vector3.Lerp(Pixel(left, top), Pixel(right, top), x - left),
            Vector3.Lerp(Pixel(left, bottom), Pixel(right, bottom), x - left), y - top);
    }

    private Vector3 Pixel(int x, int y)
    {
        Span<byte> at = picture.Pixels.Slice(3 * ((y * Width) + x), 3);
        return new Vector3(at[0], at[1], at[2]);
    }
}
