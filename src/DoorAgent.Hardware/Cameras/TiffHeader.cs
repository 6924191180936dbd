namespace DoorAgent.Hardware.Cameras;

/// <summary>Reads the first picture of a TIFF file and checks that all strips or tiles lie within the file (TIFF 6.0, sections 8
/// and 15).</summary>
internal static class TiffHeader
{
    private const int ImageWidth = 256, ImageLength = 257, BitsPerSample = 258, Compression = 259, StripOffsets = 273,
        SamplesPerPixel = 277, RowsPerStrip = 278, StripByteCounts = 279, PlanarConfiguration = 284, TileWidth = 322,
        TileLength = 323, TileOffsets = 324, TileByteCounts = 325, ImageDepth = 32997, TileDepth = 32998;

    private const int Apart = 2, Jpeg = 7, MostSamples = 8, MostBits = 64, FourChannels = 4;

    /// <summary>None, fax, LZW, JPEG, Deflate, PackBits: the compressions that scanners and picture programs write. Compressions for
    /// maps and archives store separate sizes, which would escape the checks.</summary>
    private static readonly long[] Compressions = [1, 2, 3, 4, 5, Jpeg, 8, 32773, 32946];

    private static readonly Dictionary<long, string> Others = new()
    {
        [6] = "old-style JPEG",
        [34661] = "JBIG",
        [34676] = "LogLuv",
        [34712] = "JPEG 2000",
        [34887] = "LERC",
        [34925] = "LZMA",
        [50000] = "Zstandard",
        [50001] = "WebP",
        [50002] = "JPEG XL",
    };

    /// <summary>Returns the name of an unsupported compression; null when the compression is supported or the directory is
    /// unreadable.</summary>
    /// <param name="bytes">The file; starts with a TIFF signature.</param>
    public static string? UnreadCompression(ReadOnlySpan<byte> bytes) =>
        TiffDirectory.TryRead(bytes, out TiffDirectory tags) ? Others.GetValueOrDefault(tags.First(Compression, 1)) : null;

    /// <param name="bytes">The file; starts with a TIFF signature.</param>
    public static PictureHeader? Read(ReadOnlySpan<byte> bytes)
    {
        // A depth multiplies all sizes, and pictures of people do not use one.
        if (!TiffDirectory.TryRead(bytes, out TiffDirectory tags) || tags.Has(ImageDepth) || tags.Has(TileDepth))
            return null;
        (long width, long height, long samples, long bits) =
            (tags.First(ImageWidth, 0), tags.First(ImageLength, 0), tags.First(SamplesPerPixel, 1), tags.First(BitsPerSample, 1));
        bool isTiled = tags.Has(TileWidth) || tags.Has(TileLength);
        (long across, long down) = isTiled
            ? (tags.First(TileWidth, 0), tags.First(TileLength, 0)) : (width, Math.Min(tags.First(RowsPerStrip, height), height));
        long compression = tags.First(Compression, 1);
        if (width < 1 || height < 1 || across < 1 || down < 1
            || samples is < 1 or > MostSamples || bits is < 1 or > MostBits || !Compressions.Contains(compression))
            return null;
        long pieces = Pieces(width, across) * Pieces(height, down) * (tags.First(PlanarConfiguration, 1) == Apart ? samples : 1);
        (int offsets, int counts) = isTiled ? (TileOffsets, TileByteCounts) : (StripOffsets, StripByteCounts);
        long jpeg = 0;
        if (tags.Count(offsets) < pieces || (tags.Count(counts) < pieces && (tags.Has(counts) || compression == Jpeg)))
            return null;
        for (long i = 0; i < pieces; i++)
        {
            (long from, long size) = (tags.Number(offsets, i), tags.Has(counts) ? tags.Number(counts, i) : 1);
            if (from + size > bytes.Length)
                return null;
            if (compression != Jpeg)
                continue;
            if (JpegHeader.Read(bytes.Slice((int)from, (int)size)) is not { } piece || piece.Width > across || piece.Height > down)
                return null;
            jpeg = Math.Max(jpeg, piece.WorkingBytes);
        }

        // The decoder unpacks one piece at a time, with at least four channels.
        long working = jpeg + (across * down * Math.Max(FourChannels, ((samples * bits) + 7) / 8));
        return new PictureHeader(PictureKind.Tiff, width, height, working);
    }

    private static long Pieces(long side, long each) => (side + each - 1) / each;
}
