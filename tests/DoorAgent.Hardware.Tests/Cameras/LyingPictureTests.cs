using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Hardware.Tests.Cameras;

/// <summary>Files that claim more data than they contain are refused before memory is allocated for the claim.</summary>
[Collection(nameof(LyingPictureTests))]
[CollectionDefinition(nameof(LyingPictureTests), DisableParallelization = true)]
public sealed class LyingPictureTests
{
    private const long MostKib = 300 * 1024;
    private const int Long = 4, Short = 3, Bytes = 1;

    private static readonly Dictionary<string, byte[]> Files = new()
    {
        ["png: its pixels have 4 GB"] = LyingPictures.PngChunkOf("IDAT", uint.MaxValue),
        ["png: its pixels have 2 GB"] = LyingPictures.PngChunkOf("IDAT", int.MaxValue),
        ["png: its pixels end one byte behind the file"] = LyingPictures.PngChunkOf("IDAT", (uint)LyingPictures.Encoded(".png").Length),
        ["png: its end has 1 GB"] = LyingPictures.PngChunkOf("IEND", 1 << 30),
        ["png: its head has 4 GB"] = LyingPictures.PngChunkOf("IHDR", uint.MaxValue),
        ["png: a frame of an animation is larger than the picture"] = LyingPictures.PngFrameOf(20_000),
        ["jpeg: progressive, 384 MB of coefficients"] = LyingPictures.ProgressiveOf(16_000, 4_000),
        ["jpeg: a thousand passes"] = LyingPictures.ScansOf(1000),
        ["jpeg: another size behind bytes that decoders skip"] = LyingPictures.JpegWithTwoSizes(16_000, 16_000),
        ["webp: a canvas of 64 million pixels around 3,000"] = LyingPictures.WebPOn(16_000, 4_000),
        ["webp: a canvas smaller than the picture"] = LyingPictures.WebPOn(8, 8),
        ["webp: a chunk of 4 GB"] = LyingPictures.WebPChunkOf(uint.MaxValue),
        ["bmp: rows behind the file"] = LyingPictures.BmpOf(8_000, 8_000),
        ["bmp: from top to bottom"] = LyingPictures.BmpOf(8_000, -8_000),
        ["tiff: two sizes, the large one first"] = Tiff.Twice((256, Long, 1, 8), (257, Long, 1, 8)),
        ["tiff: two sizes, the large one last"] = Tiff.Twice((256, Long, 1, 30_000), (257, Long, 1, 30_000)),
        ["tiff: the size as bytes"] = Tiff.With((256, Bytes, 1, 64)),
        ["tiff: a strip of 4 GB"] = Tiff.With((279, Long, 1, uint.MaxValue)),
        ["tiff: a strip behind the file"] = Tiff.With((273, Long, 1, 1 << 30)),
        ["tiff: fewer strips than the rows need"] = Tiff.With((278, Long, 1, 1)),
        ["tiff: a tag of 16 GB"] = Tiff.With((700, Long, uint.MaxValue, 8)),
        ["tiff: tags that overlap, all together more than the file"] =
            Tiff.With([.. Enumerable.Range(40_000, 300).Select(tag => (tag, Bytes, 4_000u, 8u))]),
        ["tiff: one tile of 16,000 x 16,000 around 64 x 64"] =
            Tiff.With((322, Long, 1, 16_000), (323, Long, 1, 16_000), (324, Long, 1, 8), (325, Long, 1, 4_096)),
        ["tiff: a length of tiles without a width"] = Tiff.With((323, Long, 1, 16_000), (324, Long, 1, 8), (325, Long, 1, 4_096)),
        ["tiff: 60,000 samples a pixel, each plane apart"] = Tiff.With((277, Short, 1, 60_000), (284, Short, 1, 2)),
        ["tiff: a depth of 65,535"] = Tiff.With((32_998, Long, 1, 65_535)),
        ["tiff: a dictionary of its own (LZMA)"] = Tiff.With((259, Short, 1, 34_925)),
        ["tiff: a JPEG that is none"] = Tiff.With((259, Short, 1, 7)),
    };

    public static TheoryData<string> Names => [.. Files.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void AForgedPictureIsRefusedWithLessThan300Megabytes(string name)
    {
        long before = PeakKib();
        string message = Assert.Throws<InvalidDataException>(() => PictureFile.Decode(Files[name], "lie", new Frame())).Message;
        Assert.InRange(PeakKib() - before, 0, MostKib);
        Assert.StartsWith("lie: ", message, StringComparison.Ordinal);
    }

    /// <summary>The peak resident memory of this process in kB; the value never decreases.</summary>
    private static long PeakKib() => long.Parse(
        File.ReadLines("/proc/self/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
            .Split(' ')[^2], System.Globalization.CultureInfo.InvariantCulture);
}
