using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Faces;

/// <summary>Reduces frames to half their size.</summary>
internal static class FrameHalver
{
    /// <summary>Writes the frame at half its width and height to <paramref name="half"/>. Each pixel is the mean of four, rounded half up;
    /// an odd last column or row is omitted. Allocates only if <paramref name="half"/> grows.</summary>
    /// <param name="frame">A frame of at least 2 x 2 pixels.</param>
    /// <param name="half">The target, a different frame.</param>
    public static void Halve(Frame frame, Frame half)
    {
        half.Resize(frame.Width / 2, frame.Height / 2);
        ReadOnlySpan<byte> pixels = frame.Pixels;
        int row = 3 * frame.Width, halfRow = 3 * half.Width;
        for (int y = 0; y < half.Height; y++)
        {
            ReadOnlySpan<byte> upper = pixels.Slice(2 * y * row, row), lower = pixels.Slice(((2 * y) + 1) * row, row);
            Span<byte> to = half.Pixels.Slice(y * halfRow, halfRow);
            for (int x = 0, i = 0; x < halfRow; x += 3, i += 6)
            {
                to[x] = (byte)((upper[i] + upper[i + 3] + lower[i] + lower[i + 3] + 2) / 4);
                to[x + 1] = (byte)((upper[i + 1] + upper[i + 4] + lower[i + 1] + lower[i + 4] + 2) / 4);
                to[x + 2] = (byte)((upper[i + 2] + upper[i + 5] + lower[i + 2] + lower[i + 5] + 2) / 4);
            }
        }
    }
}
