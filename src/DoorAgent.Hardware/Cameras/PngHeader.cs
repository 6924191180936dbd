using System.Buffers.Binary;

namespace DoorAgent.Hardware.Cameras;

/// <summary>Reads the chunks of a PNG file and checks that each lies within the file (PNG, third edition, sections 5 and 11).</summary>
internal static class PngHeader
{
    private const int MarkSize = 8, HeadSize = 13, FrameSize = 26, Around = 12;

    /// <summary>The decoder composes an animated PNG on extra canvases.</summary>
    private const int AnimatedBytesPerPixel = 8;

    /// <param name="bytes">The file; starts with the PNG signature.</param>
    public static PictureHeader? Read(ReadOnlySpan<byte> bytes)
    {
        (long width, long height, bool isAnimated) = (0, 0, false);
        for (int at = MarkSize; at < bytes.Length;)
        {
            ReadOnlySpan<byte> rest = bytes[at..];
            if (rest.Length < Around || U32(rest) is var length && length > rest.Length - Around)
                return null;
            ReadOnlySpan<byte> kind = rest[4..8], content = rest.Slice(8, (int)length);
            bool isFirst = at == MarkSize, isHead = kind.SequenceEqual("IHDR"u8);
            if (isFirst != isHead || (isHead && length != HeadSize))
                return null;
            if (isHead)
                (width, height) = (U32(content), U32(content[4..]));
            // An animation's frame must not extend beyond the picture.
            bool isFrame = kind.SequenceEqual("fcTL"u8);
            if (isFrame && (length != FrameSize
                || U32(content[4..]) + U32(content[12..]) > width || U32(content[8..]) + U32(content[16..]) > height))
            {
                return null;
            }

            isAnimated |= isFrame || kind.SequenceEqual("acTL"u8);
            // Bytes after the end chunk do not belong to the picture.
            if (kind.SequenceEqual("IEND"u8))
                break;
            at += Around + (int)length;
        }

        return new PictureHeader(PictureKind.Png, width, height, isAnimated ? AnimatedBytesPerPixel * width * height : 0);
    }

    private static long U32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
