namespace DoorAgent.Hardware.Cameras;

/// <summary>Formats of picture files; those from <see cref="Heic"/> on are recognised only for the error message.</summary>
internal enum PictureKind
{
    Unknown,
    Jpeg,
    Png,
    Bmp,
    WebP,
    Tiff,
    Heic,
    Avif,
    Gif,
}

/// <summary>Recognises formats by their first bytes, whatever the file's extension.</summary>
internal static class PictureKinds
{
    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static PictureKind Of(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xD8, 0xFF, ..] => PictureKind.Jpeg,
        [0x89, ..] when bytes.StartsWith(PngSignature) => PictureKind.Png,
        [(byte)'B', (byte)'M', ..] => PictureKind.Bmp,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => PictureKind.WebP,
        [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => PictureKind.Tiff,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => PictureKind.Gif,
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'a', (byte)'v', (byte)'i', ..] => PictureKind.Avif,
        // Brands heic, heix, hevc, heim ... and the general mif1 and msf1: section B.4 of ISO/IEC 23008-12.
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'h' or (byte)'m', (byte)'e' or (byte)'i' or (byte)'s', ..] =>
            PictureKind.Heic,
        _ => PictureKind.Unknown,
    };
}
