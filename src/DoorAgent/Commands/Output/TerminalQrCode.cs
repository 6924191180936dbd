using QRCoder;

namespace DoorAgent.Commands.Output;

/// <summary>A QR code as lines of text, for a phone in front of the terminal.</summary>
internal static class TerminalQrCode
{
    /// <summary>Returns the lines of the code.</summary>
    /// <param name="text">What the phone reads.</param>
    public static string Of(string text)
    {
        using QRCodeGenerator generator = new();
        using QRCodeData code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.L);
        using AsciiQRCode lines = new(code);
        return lines.GetGraphicSmall();
    }
}
