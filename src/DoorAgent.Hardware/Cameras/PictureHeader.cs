namespace DoorAgent.Hardware.Cameras;

/// <summary>
/// The header of a picture file, checked against the file before any decoding: a forged file of some kilobytes can claim
/// gigapixels, or a block of four gigabytes.
/// </summary>
/// <param name="Kind">The format.</param>
/// <param name="Width">In pixels, as stored (before rotation).</param>
/// <param name="Height">In pixels, as stored.</param>
/// <param name="WorkingBytes">Memory of the decoder beside the decoded picture, in bytes, rounded up (measured with OpenCV 4.13).</param>
internal readonly record struct PictureHeader(PictureKind Kind, long Width, long Height, long WorkingBytes = 0)
{
    /// <summary>The number of pixels.</summary>
    public long Pixels => Width * Height;

    /// <summary>Reads the header of a picture file.</summary>
    /// <returns>The header; null when the size is absent or a part does not lie within the file: the file is truncated, damaged
    /// or of an unknown format.</returns>
    public static PictureHeader? Read(ReadOnlySpan<byte> bytes)
    {
        PictureHeader? header = PictureKinds.Of(bytes) switch
        {
            PictureKind.Jpeg => JpegHeader.Read(bytes),
            PictureKind.Png => PngHeader.Read(bytes),
            PictureKind.Bmp => BmpHeader.Read(bytes),
            PictureKind.WebP => WebPHeader.Read(bytes),
            PictureKind.Tiff => TiffHeader.Read(bytes),
            _ => null,
        };
        return header is { Width: > 0, Height: > 0 } ? header : null;
    }
}
