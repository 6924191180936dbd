using DoorAgent.Hardware.Cameras;
using DoorAgent.Storage;

namespace DoorAgent.Models;

/// <summary>
/// The pictures on which networks prove themselves: those of the built-in people, decoded once. So a proof is of the network and
/// the processor alone, whatever a machine's JPEG decoder makes of a file, and goes without OpenCV's library.
/// </summary>
internal static class SelfTestPicture
{
    /// <summary>Netpbm's P6: this header, then rows of R, G, B bytes.</summary>
    private static ReadOnlySpan<byte> Header => "P6\n240 240\n255\n"u8;

    private const int Side = 240;

    /// <summary>Reads one of a person's pictures.</summary>
    /// <param name="person">A built-in person: adam or nora.</param>
    /// <param name="number">1 or 2.</param>
    /// <param name="frame">Takes the picture, 240 x 240 pixels.</param>
    /// <exception cref="UserErrorException">It is not there or not whole.</exception>
    public static void Read(string person, int number, Frame frame) =>
        Read(Path.Combine(Places.BuiltIn, "proof", $"{person}-{number}.ppm"), frame);

    /// <summary>The same, from any place.</summary>
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
            throw Refused(path, "it is not the picture that was shipped");
        ReadOnlySpan<byte> source = bytes.AsSpan(Header.Length);
        for (int i = 0; i < pixels.Length; i += 3)
            (pixels[i], pixels[i + 1], pixels[i + 2]) = (source[i + 2], source[i + 1], source[i]);
    }

    private static UserErrorException Refused(string path, string why, Exception? inner = null) =>
        new($"Networks prove themselves on {path}, and that cannot be read: {why}. Install dooragent again.", inner);
}
