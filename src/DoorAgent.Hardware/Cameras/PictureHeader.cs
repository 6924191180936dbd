using System.Buffers.Binary;

namespace DoorAgent.Hardware.Cameras;

/// <summary>What the first bytes of a picture file say, read before anything is decoded: a file of some kilobytes can promise
/// gigapixels.</summary>
/// <param name="Kind">The format.</param>
/// <param name="Width">In pixels, as stored (before turning).</param>
/// <param name="Height">In pixels, as stored.</param>
internal readonly record struct PictureHeader(PictureKind Kind, long Width, long Height)
{
    /// <summary>Reads a header.</summary>
    /// <returns>Null when the size is not where it should be: the file is cut off, damaged, or of no known kind.</returns>
    public static PictureHeader? Read(ReadOnlySpan<byte> bytes)
    {
        PictureKind kind = PictureKinds.Of(bytes);
        (long Width, long Height)? size = kind switch
        {
            PictureKind.Jpeg => Jpeg(bytes),
            PictureKind.Png when bytes.Length >= 24 => (BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[20..])),
            PictureKind.Bmp => Bmp(bytes),
            PictureKind.WebP => WebP(bytes),
            PictureKind.Tiff => TiffHeader.Size(bytes),
            _ => null,
        };
        return size is { Width: > 0, Height: > 0 } found ? new PictureHeader(kind, found.Width, found.Height) : null;
    }

    /// <summary>The first frame header (SOF) among the segments; sections 1.1.3 and B.2.2 of ITU-T T.81.</summary>
    private static (long, long)? Jpeg(ReadOnlySpan<byte> bytes)
    {
        int at = 2;
        while (at + 9 <= bytes.Length && bytes[at] == 0xFF)
        {
            byte marker = bytes[at + 1];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return (BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]));
            bool isFill = marker == 0xFF, isBare = marker is 0x01 or (>= 0xD0 and <= 0xD8);
            at += isFill ? 1 : isBare ? 2 : 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
        }

        return null;
    }

    private static (long, long)? Bmp(ReadOnlySpan<byte> bytes)
    {
        const int oldHeader = 12;
        if (bytes.Length < 26)
            return null;
        // Rows from top to bottom are said by a negative height.
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[14..]) == oldHeader
            ? (BinaryPrimitives.ReadUInt16LittleEndian(bytes[18..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[20..]))
            : (BinaryPrimitives.ReadInt32LittleEndian(bytes[18..]), Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(bytes[22..])));
    }

    /// <summary>Lossy, lossless and extended form; RFC 9649, sections 2.5 to 2.7.</summary>
    private static (long, long)? WebP(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 30)
            return null;
        ReadOnlySpan<byte> chunk = bytes[12..16];
        if (chunk.SequenceEqual("VP8 "u8))
            return (BinaryPrimitives.ReadUInt16LittleEndian(bytes[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]) & 0x3FFF);
        if (chunk.SequenceEqual("VP8L"u8))
        {
            uint both = BinaryPrimitives.ReadUInt32LittleEndian(bytes[21..]);
            return ((both & 0x3FFF) + 1, ((both >> 14) & 0x3FFF) + 1);
        }

        return chunk.SequenceEqual("VP8X"u8) ? (ThreeBytes(bytes[24..]) + 1, ThreeBytes(bytes[27..]) + 1) : null;
    }

    private static long ThreeBytes(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
