using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Faces;

/// <summary>Converts a frame's bytes to the detector's planes: reflects, pads and packs in one pass.</summary>
internal static class FramePacker
{
    /// <summary>
    /// Writes three planes (B, G, R; 0 to 255) of width x height. The frame is placed at the upper left, reflected by
    /// <paramref name="border"/> pixels at each edge (the edge pixel is not repeated). The remaining area is 0; pixels that do not
    /// fit are cut off.
    /// </summary>
    public static void Pack(Frame frame, int border, Span<float> planes, int width, int height)
    {
        int size = width * height;
        int filledWidth = Math.Min(width, frame.Width + (2 * border));
        int filledHeight = Math.Min(height, frame.Height + (2 * border));
        ReadOnlySpan<byte> pixels = frame.Pixels;
        for (int y = 0; y < height; y++)
        {
            Span<float> b = planes.Slice(y * width, width);
            Span<float> g = planes.Slice(size + (y * width), width);
            Span<float> r = planes.Slice((2 * size) + (y * width), width);
            if (y >= filledHeight)
            {
                b.Clear();
                g.Clear();
                r.Clear();
                continue;
            }

            ReadOnlySpan<byte> row = pixels.Slice(3 * frame.Width * Reflect(y - border, frame.Height), 3 * frame.Width);
            // If the border is wider than the planes, no pixel of the frame itself fits.
            int left = Math.Min(border, filledWidth);
            int inside = Math.Min(frame.Width, filledWidth - left);
            for (int x = 0; x < left; x++)
                Put(row, Reflect(x - border, frame.Width), b, g, r, x);
            PackRow(row[..(3 * inside)], b.Slice(left, inside), g.Slice(left, inside), r.Slice(left, inside));
            for (int x = left + inside; x < filledWidth; x++)
                Put(row, Reflect(x - border, frame.Width), b, g, r, x);
            b[filledWidth..].Clear();
            g[filledWidth..].Clear();
            r[filledWidth..].Clear();
        }
    }

    /// <summary>Maps an index outside the frame to the pixel mirrored at the outermost pixel.</summary>
    internal static int Reflect(int i, int count)
    {
        if (count == 1)
            return 0;
        int period = 2 * (count - 1);
        i = Math.Abs(i) % period;
        return i < count ? i : period - i;
    }

    private static void PackRow(ReadOnlySpan<byte> row, Span<float> b, Span<float> g, Span<float> r)
    {
        for (int x = 0; x < b.Length; x++)
        {
            b[x] = row[3 * x];
            g[x] = row[(3 * x) + 1];
            r[x] = row[(3 * x) + 2];
        }
    }

    private static void Put(ReadOnlySpan<byte> row, int from, Span<float> b, Span<float> g, Span<float> r, int to) =>
        (b[to], g[to], r[to]) = (row[3 * from], row[(3 * from) + 1], row[(3 * from) + 2]);
}
