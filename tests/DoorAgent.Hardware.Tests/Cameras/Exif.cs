namespace DoorAgent.Hardware.Tests.Cameras;

/// <summary>Adds the EXIF orientation to picture files.</summary>
internal static class Exif
{
    /// <summary>The EXIF block alone: a TIFF header and one directory with one entry.</summary>
    public static byte[] Orientation(int value, bool isLittle = false)
    {
        byte low = (byte)value;
        return isLittle
            ? [.. "II"u8, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, low, 0, 0, 0, 0, 0, 0, 0]
            : [.. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, low, 0, 0, 0, 0, 0, 0];
    }

    /// <summary>A JPEG with an EXIF block after its first marker.</summary>
    public static byte[] Into(byte[] jpeg, byte[] note)
    {
        int length = 2 + 6 + note.Length;
        return [.. jpeg[..2], 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. "Exif\0\0"u8, .. note, .. jpeg[2..]];
    }
}
