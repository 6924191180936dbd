using System.Buffers.Binary;

namespace DoorAgent.Hardware.Cameras;

/// <summary>Reads the segments of a JPEG file and counts its scans (ITU-T T.81, section B.1).</summary>
internal static class JpegHeader
{
    /// <summary>The highest accepted number of scans. Progressive pictures have about ten; a scan of a few bytes can take a second to
    /// decode.</summary>
    public const int MostScans = 100;

    private const byte Escape = 0xFF, EndOfImage = 0xD9, StartOfScan = 0xDA;

    /// <param name="bytes">The file; starts with the JPEG signature.</param>
    public static PictureHeader? Read(ReadOnlySpan<byte> bytes)
    {
        JpegFrame? frame = null;
        bool isKeptWhole = false;
        int scans = 0;
        for (int at = 2; at + 4 <= bytes.Length;)
        {
            byte marker = bytes[at + 1];
            if (bytes[at] != Escape || marker == 0)
            {
                // Pixel data, or invalid bytes that decoders skip; the frame header must precede both.
                if (frame is null)
                    return null;
                at += ToNextMarker(bytes[at..]);
                continue;
            }

            if (marker is Escape or 0x01 or (>= 0xD0 and <= 0xD7))
            {
                at += marker == Escape ? 1 : 2;
                continue;
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (marker == EndOfImage || length < 2 || at + 2 + length > bytes.Length)
                break;
            ReadOnlySpan<byte> segment = bytes.Slice(at + 4, length - 2);
            if (JpegFrame.IsMarker(marker))
            {
                if (frame is not null)
                    return null;
                frame = JpegFrame.Read(marker, segment);
            }

            at += 2 + length;
            if (marker != StartOfScan)
                continue;
            if (frame is null || segment.IsEmpty || ++scans > MostScans)
                return null;
            isKeptWhole |= frame.Value.IsProgressive || segment[0] < frame.Value.Components;
        }

        return frame is { } found && scans > 0
            ? new PictureHeader(PictureKind.Jpeg, found.Width, found.Height, isKeptWhole ? found.CoefficientBytes : 0) : null;
    }

    /// <summary>Returns the distance to the next marker that is neither an escaped byte nor a restart marker.</summary>
    private static int ToNextMarker(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (true)
        {
            int found = bytes[at..].IndexOf(Escape);
            if (found < 0 || at + found + 1 >= bytes.Length)
                return bytes.Length;
            at += found;
            if (bytes[at + 1] is not (0 or Escape or (>= 0xD0 and <= 0xD7)))
                return at;
            at++;
        }
    }
}
