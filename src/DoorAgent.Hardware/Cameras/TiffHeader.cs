using System.Buffers.Binary;

namespace DoorAgent.Hardware.Cameras;

/// <summary>The size of a TIFF's first picture (TIFF 6.0, section 2).</summary>
internal static class TiffHeader
{
    private const int ImageWidth = 256, ImageLength = 257, Short = 3, EntrySize = 12;

    /// <summary>Width and height; null when they are not there.</summary>
    /// <param name="bytes">The file, which begins with a TIFF's mark.</param>
    public static (long Width, long Height)? Size(ReadOnlySpan<byte> bytes)
    {
        bool isLittle = bytes[0] == 'I';
        if (bytes.Length < 8 || U32(bytes[4..], isLittle) is var directory && directory + 2 > bytes.Length)
            return null;
        int entries = U16(bytes[(int)directory..], isLittle);
        long width = 0, height = 0;
        for (int at = (int)directory + 2; entries > 0 && at + EntrySize <= bytes.Length; at += EntrySize, entries--)
        {
            ReadOnlySpan<byte> entry = bytes.Slice(at, EntrySize);
            long value = U16(entry[2..], isLittle) == Short ? U16(entry[8..], isLittle) : U32(entry[8..], isLittle);
            int tag = U16(entry, isLittle);
            width = tag == ImageWidth ? value : width;
            height = tag == ImageLength ? value : height;
        }

        return (width, height);
    }

    private static int U16(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static long U32(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
