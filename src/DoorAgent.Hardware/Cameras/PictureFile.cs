using OpenCvSharp;

namespace DoorAgent.Hardware.Cameras;

/// <summary>
/// Reads picture files into frames: JPEG, PNG, BMP, WebP and TIFF, recognised by their first bytes. Of a file with several
/// pictures (animation, pages), the first is read.
/// </summary>
public static class PictureFile
{
    /// <summary>The largest accepted file, in bytes.</summary>
    public const long MaxBytes = 64 * 1024 * 1024;

    /// <summary>The largest accepted picture, in pixels: enough for phone cameras, and a bound on what a forged header can claim.</summary>
    public const long MaxPixels = 64_000_000;

    /// <summary>A picture with more pixels is read at half size, which saves memory and leaves faces large enough.</summary>
    public const long MaxWholePixels = 16_000_000;

    /// <summary>The most memory that decoding may use, in bytes: what a small board can spare while the door runs.</summary>
    public const long MaxDecodingBytes = 256 * 1024 * 1024;

    private const int LeastSide = 8, BytesPerPixel = 3, HalvedPart = 4;

    private const string Damaged = "the picture is damaged or truncated. Copy the file again from its source.";

    /// <summary>Extensions of the files that count as pictures in a folder.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"];

    /// <summary>Extensions of picture formats that cannot be read; such files are reported to the user.</summary>
    public static IReadOnlyList<string> UnreadableExtensions { get; } = [".heic", ".heif", ".avif", ".gif"];

    /// <summary>Lists the pictures directly in a folder, in ordinal order of their names.</summary>
    public static IReadOnlyList<string> In(string directory) => In(directory, Extensions);

    /// <summary>Lists the files directly in a folder with one of these extensions, ignoring case, in ordinal order of their
    /// names.</summary>
    public static IReadOnlyList<string> In(string directory, IEnumerable<string> extensions) => [.. Directory.EnumerateFiles(directory)
        .Where(path => extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];

    /// <summary>Reads a file into <paramref name="frame"/>: grey becomes three channels, transparency is dropped, and the
    /// EXIF orientation is applied.</summary>
    /// <exception cref="InvalidDataException">The file is not a picture, or its size is out of range; the message starts with the
    /// path.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user has no permission to read the file.</exception>
    public static void Read(string path, Frame frame) => Decode(ReadBytes(path), path, frame);

    /// <summary>Reads the bytes of a picture file without decoding them.</summary>
    /// <exception cref="InvalidDataException">The file is too large, or the path is a folder, a pipe or a device.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user has no permission to read the file.</exception>
    public static byte[] ReadBytes(string path) => RegularFile.ReadAll(path, MaxBytes);

    /// <summary>Decodes the bytes of a picture file.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a picture, or its size is out of range.</exception>
    public static void Decode(ReadOnlySpan<byte> bytes, string path, Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (PictureHeader.Read(bytes) is not { } header)
            throw new InvalidDataException($"{path}: {Unreadable(bytes)}");
        if (header.Width < LeastSide || header.Height < LeastSide)
            throw new InvalidDataException($"{path}: {header.Width} x {header.Height} pixels are too few to show a face.");
        if (header.Pixels > MaxPixels || Math.Max(header.Width, header.Height) > Frame.MaxSide)
        {
            throw new InvalidDataException($"{path}: {header.Width} x {header.Height} pixels are too many; a picture may have "
                + $"{MaxPixels / 1_000_000} million, and {Frame.MaxSide} on a side. Make the picture smaller.");
        }

        if (DecodingBytes(header) is var needed && needed > MaxDecodingBytes)
        {
            throw new InvalidDataException($"{path}: decoding {header.Width} x {header.Height} pixels in this "
                + $"encoding takes {(needed >> 20) + 1} MiB of memory; {MaxDecodingBytes >> 20} MiB are allowed. "
                + "Make the picture smaller, or save it as an ordinary JPEG (not progressive).");
        }

        using Mat picture = Decode(bytes, header) ?? throw new InvalidDataException($"{path}: {Damaged}");
        MatFrame.Copy(picture, frame);
    }

    /// <summary>Encodes a frame as the bytes of a PNG file, without loss.</summary>
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
                // The caller reports the failure with the path.
            }
        }

        if (picture is not null && MatFrame.CanCopy(picture))
            return picture;
        picture?.Dispose();
        return null;
    }

    private static bool IsHalved(PictureHeader header) => header.Pixels > MaxWholePixels;

    /// <summary>Estimates the memory for decoding: a JPEG is halved while it is decoded, other formats afterwards.</summary>
    private static long DecodingBytes(PictureHeader header)
    {
        long whole = BytesPerPixel * header.Pixels, halved = IsHalved(header) ? whole / HalvedPart : whole;
        return header.WorkingBytes + (header.Kind == PictureKind.Jpeg || !IsHalved(header) ? halved : whole + halved);
    }

    private static string Unreadable(ReadOnlySpan<byte> bytes) => PictureKinds.Of(bytes) switch
    {
        _ when bytes.IsEmpty => "the file is empty.",
        PictureKind.Heic => "HEIC, a format of phones, cannot be read. "
            + "Save the picture as JPEG (on the phone: camera settings, most compatible format).",
        PictureKind.Avif => "AVIF cannot be read. Save the picture as JPEG.",
        PictureKind.Gif => "a GIF has too few colours for a face. Take the picture again, as JPEG.",
        PictureKind.Tiff when TiffHeader.UnreadCompression(bytes) is { } compression =>
            $"a TIFF compressed with {compression} cannot be read. Save the picture as PNG or JPEG.",
        PictureKind.Unknown => "the file is not a picture, whatever its extension. Use JPEG or PNG.",
        _ => Damaged,
    };
}
