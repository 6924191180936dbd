using System.Runtime.InteropServices;

namespace DoorAgent.Hardware.Cameras;

/// <summary>Rotates frames by right angles.</summary>
public static class FrameTurning
{
    /// <summary>The supported rotations, in degrees clockwise.</summary>
    public static IReadOnlyList<int> Degrees { get; } = [0, 90, 180, 270];

    /// <summary>Side in pixels of the squares that are rotated one after the other: their rows and columns stay in the processor's
    /// cache.</summary>
    private const int Square = 32;

    /// <summary>Copies a frame rotated into another, with its time and number.</summary>
    /// <param name="from">The source, unchanged; must differ from <paramref name="to"/>.</param>
    /// <param name="degrees">Clockwise; one of <see cref="Degrees"/>.</param>
    /// <param name="to">Receives the copy.</param>
    /// <exception cref="ArgumentOutOfRangeException">The angle is not one of <see cref="Degrees"/>.</exception>
    public static void Turn(Frame from, int degrees, Frame to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        if (degrees == 0)
        {
            to.CopyFrom(from);
            return;
        }

        (int width, int height) = (from.Width, from.Height);
        bool isUpsideDown = degrees == 180;
        to.Resize(isUpsideDown ? width : height, isUpsideDown ? height : width);
        (to.CapturedAt, to.Sequence) = (from.CapturedAt, from.Sequence);
        ReadOnlySpan<Pixel> source = MemoryMarshal.Cast<byte, Pixel>(from.Pixels);
        Span<Pixel> target = MemoryMarshal.Cast<byte, Pixel>(to.Pixels);
        if (isUpsideDown)
        {
            source.CopyTo(target);
            target.Reverse();
            return;
        }

        // The target position of the upper left pixel, and the distances to the targets of its right and lower neighbours.
        (int first, int right, int below) = degrees switch
        {
            90 => (height - 1, height, -1),
            270 => (height * (width - 1), -height, 1),
            _ => throw new ArgumentOutOfRangeException(nameof(degrees), degrees, "Only right angles are supported."),
        };
        for (int top = 0; top < height; top += Square)
        {
            for (int left = 0; left < width; left += Square)
            {
                for (int y = top; y < Math.Min(top + Square, height); y++)
                {
                    int at = first + (left * right) + (y * below);
                    foreach (Pixel pixel in source.Slice((y * width) + left, Math.Min(Square, width - left)))
                    {
                        target[at] = pixel;
                        at += right;
                    }
                }
            }
        }
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly struct Pixel
    {
        private readonly byte _b;
        private readonly byte _g;
        private readonly byte _r;
    }
}
