using System.Buffers;

namespace DoorAgent.Hardware.Badges;

/// <summary>The checksum of readers for 125 kHz cards that write STX, five bytes, a sixth that is their exclusive or, and ETX, all bytes
/// in hexadecimal. It stays part of the number, as it always was. Pure.</summary>
internal static class TextChecksum
{
    private const int Digits = 12;

    /// <summary>Whether a line that stood between STX and ETX has such a checksum, and it does not fit.</summary>
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
