using System.Buffers.Binary;

namespace DoorAgent.Hardware.Cameras;

/// <summary>A JPEG's segments, and how often its pixels are gone over (ITU-T T.81, section B.1).</summary>
internal static class JpegHeader
{
    /// <summary>Most passes over the pixels. Progressive pictures have about ten; a pass of some bytes can take a second.</summary>
    public const int MostScans = 100;

    private const byte Escape = 0xFF, EndOfImage = 0xD9, StartOfScan = 0xDA;

    /// <param name="bytes">The file, which begins with a JPEG's mark.</param>
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
                // Pixels, or rubbish that decoders skip; a JPEG has its size before both.
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

    /// <summary>How many bytes are pixels: up to a marker that is neither an escaped byte nor a restart among them.</summary>
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
