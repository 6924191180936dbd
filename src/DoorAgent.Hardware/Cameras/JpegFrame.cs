using System.Buffers.Binary;

namespace DoorAgent.Hardware.Cameras;

/// <summary>The frame header of a JPEG file (ITU-T T.81, section B.2.2).</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Components">Colours, 1 to 4.</param>
/// <param name="IsProgressive">Whether each scan refines the earlier scans.</param>
/// <param name="CoefficientBytes">Memory for all coefficients, in bytes, when the decoder keeps them until the last scan.</param>
internal readonly record struct JpegFrame(int Width, int Height, int Components, bool IsProgressive, long CoefficientBytes)
{
    private const int Fixed = 6, EachComponent = 3, BlockSide = 8, BytesPerBlock = 2 * BlockSide * BlockSide;

    /// <summary>Whether a marker starts a frame header.</summary>
    public static bool IsMarker(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    /// <summary>Reads a frame header; null when its fields contradict each other.</summary>
    public static JpegFrame? Read(byte marker, ReadOnlySpan<byte> segment)
    {
        if (segment.Length < Fixed || segment[5] is var components && components is < 1 or > 4
            || segment.Length < Fixed + (EachComponent * components))
            return null;
        (int height, int width) = (BinaryPrimitives.ReadUInt16BigEndian(segment[1..]), BinaryPrimitives.ReadUInt16BigEndian(segment[3..]));
        (int most, int highest, int blocks) = (1, 1, 0);
        for (int i = 0; i < components; i++)
        {
            byte sampling = segment[Fixed + (EachComponent * i) + 1];
            (int across, int down) = (sampling >> 4, sampling & 0xF);
            if (across is < 1 or > 4 || down is < 1 or > 4)
                return null;
            (most, highest, blocks) = (Math.Max(most, across), Math.Max(highest, down), blocks + (across * down));
        }

        long units = Units(width, most) * Units(height, highest);
        return new JpegFrame(width, height, components, marker is not (0xC0 or 0xC1 or 0xC9), units * blocks * BytesPerBlock);
    }

    private static long Units(int side, int sampling) => (side + (BlockSide * sampling) - 1) / (BlockSide * sampling);
}
