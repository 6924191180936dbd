using System.Buffers;

namespace DoorAgent.Hardware.Badges;

/// <summary>
/// Checks lines of readers for 125 kHz cards, which write STX, five bytes, their exclusive or as a sixth byte, and ETX; all bytes are
/// hexadecimal. The checksum remains part of the badge number, since enrolled badges contain it. Pure.
/// </summary>
internal static class TextChecksum
{
    private const int Digits = 12;

    /// <summary>Whether a line from between STX and ETX has such a checksum and the checksum is wrong.</summary>
    public static bool IsWrong(string text)
    {
        Span<byte> bytes = stackalloc byte[Digits / 2];
        if (text.Length != Digits || Convert.FromHexString(text, bytes, out _, out _) != OperationStatus.Done)
            return false;
        byte sum = 0;
        foreach (byte one in bytes)
            sum ^= one;
        return sum != 0;
    }
}
