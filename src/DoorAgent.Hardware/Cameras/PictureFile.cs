using OpenCvSharp;

namespace DoorAgent.Hardware.Cameras;

/// <summary>
/// Picture files as frames: JPEG, PNG, BMP, WebP and TIFF, told by their first bytes. A file with several pictures (animation,
/// pages) is its first.
/// </summary>
public static class PictureFile
{
    /// <summary>Largest file read, in bytes.</summary>
    public const long MaxBytes = 64 * 1024 * 1024;

    /// <summary>Largest picture decoded, in pixels: what phones take, and not what a header of a few bytes may promise.</summary>
    public const long MaxPixels = 64_000_000;

    /// <summary>A picture of more pixels is read at half its size: a face on it is large enough, and memory is not.</summary>
    public const long MaxWholePixels = 16_000_000;

    /// <summary>Most memory that decoding may take, in bytes: what a small board can spare beside the door.</summary>
    public const long MaxDecodingBytes = 256 * 1024 * 1024;

    private const int LeastSide = 8, BytesPerPixel = 3, HalvedPart = 4;

    private const string Damaged = "the picture is damaged or cut off. Copy it again from where it came.";

    /// <summary>Endings of the files that are taken for pictures in a folder.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"];

    /// <summary>Endings of pictures that cannot be read; who put them there must hear of it.</summary>
    public static IReadOnlyList<string> UnreadableExtensions { get; } = [".heic", ".heif", ".avif", ".gif"];

    /// <summary>The pictures directly in a folder, in ordinal order of their names.</summary>
    public static IReadOnlyList<string> In(string directory) => In(directory, Extensions);

    /// <summary>The files directly in a folder that have one of these endings, in any case, in ordinal order of their names.</summary>
    public static IReadOnlyList<string> In(string directory, IEnumerable<string> extensions) => [.. Directory.EnumerateFiles(directory)
        .Where(path => extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];

    /// <summary>Reads a file into <paramref name="frame"/>: grey becomes three channels, transparency is dropped, and a
    /// camera's note of how it was held (EXIF) is obeyed.</summary>
    /// <exception cref="InvalidDataException">It is no picture, is too large, or is only a pixel or so; the message begins with the path.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static void Read(string path, Frame frame) => Decode(ReadBytes(path), path, frame);

    /// <summary>The bytes of a picture file, for those who need them too.</summary>
    /// <exception cref="InvalidDataException">The file is too large, or no file but a folder, pipe or device.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[] ReadBytes(string path) => RegularFile.ReadAll(path, MaxBytes);

    /// <summary>Decodes the bytes of a picture file.</summary>
    /// <exception cref="InvalidDataException">They are no picture, one that is too large, or one of only a pixel or so.</exception>
    public static void Decode(ReadOnlySpan<byte> bytes, string path, Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (PictureHeader.Read(bytes) is not { } header)
            throw new InvalidDataException($"{path}: {NoPicture(bytes)}");
        if (header.Width < LeastSide || header.Height < LeastSide)
            throw new InvalidDataException($"{path}: on {header.Width} x {header.Height} pixels nobody can be seen.");
        if (header.Pixels > MaxPixels || Math.Max(header.Width, header.Height) > Frame.MaxSide)
        {
            throw new InvalidDataException($"{path}: {header.Width} x {header.Height} pixels are too many; a picture may have "
                + $"{MaxPixels / 1_000_000} million, and {Frame.MaxSide} on a side. Make it smaller.");
        }

        if (DecodingBytes(header) is var needed && needed > MaxDecodingBytes)
        {
            throw new InvalidDataException($"{path}: {header.Width} x {header.Height} pixels stored in this way take {(needed >> 20) + 1} MiB to decode; "
                + $"{MaxDecodingBytes >> 20} are allowed. Make it smaller, or save it as an ordinary JPEG (not progressive).");
        }

        using Mat picture = Decode(bytes, header) ?? throw new InvalidDataException($"{path}: {Damaged}");
        MatFrame.Copy(picture, frame);
    }

    /// <summary>A frame as the bytes of a PNG file, which loses nothing.</summary>
    public static byte[] ToPng(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        using Mat picture = new(frame.Height, frame.Width, MatType.CV_8UC3);
        MatFrame.Copy(frame, picture);
        return picture.ToBytes(".png");
    }

    private static Mat? Decode(ReadOnlySpan<byte> bytes, PictureHeader header)
    {
        bool isHalved = IsHalved(header);
        Mat? picture = null;
        using (NativeErrors.Silenced())
        {
            try
            {
                picture = Mat.FromImageData(bytes, isHalved ? ImreadModes.ReducedColor2 : ImreadModes.Color);
            }
            catch (OpenCVException)
            {
                // Said by the caller, in words that help.
            }
        }

        if (picture is not null && MatFrame.CanCopy(picture))
            return picture;
        picture?.Dispose();
        return null;
    }

    private static bool IsHalved(PictureHeader header) => header.Pixels > MaxWholePixels;

    /// <summary>A JPEG is halved while it is decoded; the others are decoded whole and then halved.</summary>
    private static long DecodingBytes(PictureHeader header)
    {
        long whole = BytesPerPixel * header.Pixels, halved = IsHalved(header) ? whole / HalvedPart : whole;
        return header.WorkingBytes + (header.Kind == PictureKind.Jpeg || !IsHalved(header) ? halved : whole + halved);
    }

    private static string NoPicture(ReadOnlySpan<byte> bytes) => PictureKinds.Of(bytes) switch
    {
        _ when bytes.IsEmpty => "the file is empty.",
        PictureKind.Heic => "a HEIC picture, as phones take them; it cannot be read. Save it as JPEG (on the phone: camera settings, most compatible format).",
        PictureKind.Avif => "an AVIF picture; it cannot be read. Save it as JPEG.",
        PictureKind.Gif => "a GIF has too few colours for a face. Take the picture again, as JPEG.",
        PictureKind.Tiff when TiffHeader.UnreadCompression(bytes) is { } compression =>
            $"a TIFF compressed with {compression}, which cannot be read. Save it as PNG or JPEG.",
        PictureKind.Unknown => "this is not a picture, whatever its name says. Use JPEG or PNG.",
        _ => Damaged,
    };
}
