using OpenCvSharp;

namespace DoorAgent.Hardware.Cameras;

/// <summary>Picture files (JPEG, PNG and what else OpenCV reads) as frames.</summary>
public static class PictureFile
{
    /// <summary>Largest file read, in bytes: a picture of 100 megapixels is not larger.</summary>
    public const long MaxBytes = 64 * 1024 * 1024;

    /// <summary>Endings of the files that are taken for pictures in a folder.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"];

    /// <summary>The pictures directly in a folder, in ordinal order of their names.</summary>
    public static IReadOnlyList<string> In(string directory) =>
        [.. Directory.EnumerateFiles(directory).Where(IsPicture).Order(StringComparer.Ordinal)];

    /// <summary>Reads a file into <paramref name="frame"/>: grey becomes three channels, transparency is dropped, and a
    /// camera's note of how it was held (EXIF) is obeyed.</summary>
    /// <exception cref="InvalidDataException">It is no picture, is too large, or is only a pixel or so.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static void Read(string path, Frame frame) => Decode(ReadBytes(path), path, frame);

    /// <summary>The bytes of a picture file, for those who need them too.</summary>
    /// <exception cref="InvalidDataException">The file is too large.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static byte[] ReadBytes(string path)
    {
        long length = new FileInfo(path).Length;
        if (length > MaxBytes)
            throw new InvalidDataException($"{path} has {length / 1024 / 1024} MiB; a picture may have {MaxBytes / 1024 / 1024}. Make it smaller.");
        return File.ReadAllBytes(path);
    }

    /// <summary>Decodes the bytes of a picture file.</summary>
    /// <exception cref="InvalidDataException">They are no picture, or one of only a pixel or so.</exception>
    public static void Decode(ReadOnlySpan<byte> bytes, string path, Frame frame)
    {
        const int LeastSide = 8;
        using Mat picture = Decode(bytes, path);
        if (picture.Width < LeastSide || picture.Height < LeastSide)
            throw new InvalidDataException($"{path} is a picture of {picture.Width} x {picture.Height} pixels; nobody can be seen on it.");
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

    private static bool IsPicture(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private static Mat Decode(ReadOnlySpan<byte> bytes, string path)
    {
        Mat? picture = null;
        try
        {
            picture = bytes.IsEmpty ? null : Mat.FromImageData(bytes, ImreadModes.Color);
        }
        catch (OpenCVException)
        {
            // Said below, in words that help.
        }

        if (picture is { } found && !found.Empty() && found.Width <= Frame.MaxSide && found.Height <= Frame.MaxSide)
            return found;
        picture?.Dispose();
        throw new InvalidDataException($"{path} is not a picture that can be read (JPEG and PNG can; is it damaged, or something else under that name?).");
    }
}
