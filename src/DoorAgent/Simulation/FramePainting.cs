using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Simulation;

/// <summary>Paints and changes whole frames for a simulated camera.</summary>
internal static class FramePainting
{
    /// <summary>Grey level of an empty wall.</summary>
    public const byte Wall = 128;

    private const int Darkness = 32;

    /// <summary>Paints an empty wall.</summary>
    public static void PaintWall(Frame into, int width, int height)
    {
        into.Resize(width, height);
        into.Pixels.Fill(Wall);
    }

    /// <summary>Paints two pictures beside each other, as high as the higher one, with wall below the lower one.</summary>
    public static void PaintSideBySide(Frame left, Frame right, Frame into)
    {
        PaintWall(into, left.Width + right.Width, Math.Max(left.Height, right.Height));
        PaintAt(left, into, 0);
        PaintAt(right, into, left.Width);
    }

    /// <summary>Divides the brightness by 32.</summary>
    public static void Darken(Frame frame)
    {
        foreach (ref byte value in frame.Pixels)
            value /= Darkness;
    }

    private static void PaintAt(Frame picture, Frame into, int x)
    {
        int stride = 3 * picture.Width;
        for (int y = 0; y < picture.Height; y++)
            picture.Pixels.Slice(y * stride, stride).CopyTo(into.Pixels.Slice(3 * ((y * into.Width) + x), stride));
    }
}
