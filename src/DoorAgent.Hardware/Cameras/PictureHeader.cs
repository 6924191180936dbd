namespace DoorAgent.Hardware.Cameras;

/// <summary>
/// What a picture file says of itself, read and held against the file before anything is decoded: a file of some kilobytes can
/// promise gigapixels, or a block of four gigabytes.
/// </summary>
/// <param name="Kind">The format.</param>
/// <param name="Width">In pixels, as stored (before turning).</param>
/// <param name="Height">In pixels, as stored.</param>
/// <param name="WorkingBytes">What the decoder takes beside the decoded picture, in bytes, rounded up (measured with OpenCV 4.13).</param>
internal readonly record struct PictureHeader(PictureKind Kind, long Width, long Height, long WorkingBytes = 0)
{
    /// <summary>The number of pixels.</summary>
    public long Pixels => Width * Height;

    /// <summary>Reads a header.</summary>
    /// <returns>Null when the size is not where it should be, or a part does not lie within the file: it is cut off, damaged, or of
    /// no known kind.</returns>
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
