using System.Buffers.Binary;

namespace DoorAgent.Hardware.Cameras;

/// <summary>Reads the two headers of a BMP file and checks that uncompressed rows lie within the file.</summary>
internal static class BmpHeader
{
    private const int OldHeader = 12, LeastHeader = 40, NewSizes = 34, OldSizes = 26;
    private const int Plain = 0, Masks = 3;

    /// <param name="bytes">The file; starts with the BMP signature.</param>
    public static PictureHeader? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < OldSizes)
            return null;
        long pixels = BinaryPrimitives.ReadUInt32LittleEndian(bytes[10..]), header = BinaryPrimitives.ReadUInt32LittleEndian(bytes[14..]);
        if (header != OldHeader && (header < LeastHeader || bytes.Length < NewSizes))
            return null;
        // A negative height means that rows are stored from top to bottom.
        (long width, long height, int bits, long compression) = header == OldHeader
            ? (U16(bytes, 18), U16(bytes, 20), U16(bytes, 24), Plain)
            : (I32(bytes, 18), Math.Abs(I32(bytes, 22)), U16(bytes, 28), I32(bytes, 30));
        if (width <= 0 || height <= 0)
            return null;
        bool isPlain = compression is Plain or Masks;
        long row = ((width * bits) + 31) / 32 * 4, last = ((width * bits) + 7) / 8;
        return isPlain && pixels + (row * (height - 1)) + last > bytes.Length ? null : new PictureHeader(PictureKind.Bmp, width, height);
    }

    private static int U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static long I32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);
}
