using DoorAgent.Hardware.Cameras;
using DoorAgent.Storage;

namespace DoorAgent.Models;

/// <summary>
/// Reads the pictures of the self-tests: decoded pictures of the built-in people. A self-test so depends on network and processor only,
/// not on the machine's JPEG decoder, and does not need OpenCV's library.
/// </summary>
internal static class SelfTestPicture
{
    /// <summary>Header of the Netpbm P6 format, which is followed by rows of R, G, B bytes.</summary>
    private static ReadOnlySpan<byte> Header => "P6\n240 240\n255\n"u8;

    private const int Side = 240;

    /// <summary>Reads a picture of a person.</summary>
    /// <param name="person">A built-in person: adam or nora.</param>
    /// <param name="number">Number of the picture, 1 or 2.</param>
    /// <param name="frame">Target, which becomes 240 x 240 pixels.</param>
    /// <exception cref="UserErrorException">The picture is missing or incomplete.</exception>
    public static void Read(string person, int number, Frame frame) =>
        Read(Path.Combine(Places.BuiltIn, "proof", $"{person}-{number}.ppm"), frame);

    /// <summary>Reads a picture from a path.</summary>
    internal static void Read(string path, Frame frame)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, e.Message, e);
        }

        frame.Resize(Side, Side);
        Span<byte> pixels = frame.Pixels;
        if (bytes.Length != Header.Length + pixels.Length || !bytes.AsSpan().StartsWith(Header))
            throw Refused(path, "it is not the shipped picture");
        ReadOnlySpan<byte> source = bytes.AsSpan(Header.Length);
        for (int i = 0; i < pixels.Length; i += 3)
            (pixels[i], pixels[i + 1], pixels[i + 2]) = (source[i + 2], source[i + 1], source[i]);
    }

    private static UserErrorException Refused(string path, string why, Exception? inner = null) =>
        new($"The self-tests of networks need {path}, which cannot be read: {why}. Install dooragent again.", inner);
}
