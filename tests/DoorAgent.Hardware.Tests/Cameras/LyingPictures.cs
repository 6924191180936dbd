using System.Buffers.Binary;
using OpenCvSharp;

namespace DoorAgent.Hardware.Tests.Cameras;

/// <summary>Picture files that claim more data than they contain, each of some kilobytes.</summary>
internal static class LyingPictures
{
    /// <summary>A PNG in which a chunk of one kind claims another length.</summary>
    public static byte[] PngChunkOf(string kind, uint length)
    {
        byte[] png = Encoded(".png");
        int at = png.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(kind));
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(at - 4), length);
        return png;
    }

    /// <summary>An animated PNG whose first frame is larger than the picture.</summary>
    public static byte[] PngFrameOf(int side)
    {
        using Mat picture = Picture();
        byte[] png = StrangePictures.Apng(picture, picture);
        int at = png.AsSpan().IndexOf("fcTL"u8) + 8;
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(at), side);
        return png;
    }

    /// <summary>A progressive JPEG of three colours, none of them at half size, whose frame header claims another size.</summary>
    public static byte[] ProgressiveOf(int width, int height)
    {
        using Mat picture = Picture();
        const int sampling = 7, noneHalved = 0x111111;
        Assert.True(Cv2.ImEncode(".jpg", picture, out byte[] jpeg, [(int)ImwriteFlags.JpegProgressive, 1, sampling, noneHalved]));
        int at = jpeg.AsSpan().IndexOf([(byte)0xFF, (byte)0xC2]) + 5;
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(at), (ushort)height);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(at + 2), (ushort)width);
        return jpeg;
    }

    /// <summary>A progressive JPEG whose last pass over the pixels is repeated many times.</summary>
    public static byte[] ScansOf(int more)
    {
        byte[] jpeg = ProgressiveOf(64, 48);
        byte[] last = jpeg[jpeg.AsSpan().LastIndexOf([(byte)0xFF, (byte)0xDA])..^2];
        return [.. jpeg[..^2], .. Enumerable.Repeat(last, more).SelectMany(scan => scan), 0xFF, 0xD9];
    }

    /// <summary>A JPEG with bytes that look like a marker but are skipped by decoders, followed by the real size.</summary>
    public static byte[] JpegWithTwoSizes(int width, int height)
    {
        byte[] small = Encoded(".jpg"), large = ProgressiveOf(width, height);
        int head = small.AsSpan().IndexOf([(byte)0xFF, (byte)0xC0]);
        return [.. small[..head], 0xFF, 0x00, 0, 21, .. small[head..(head + 19)], .. large[2..]];
    }

    /// <summary>A WebP whose canvas has another size than its picture.</summary>
    public static byte[] WebPOn(int width, int height)
    {
        byte[] plain = Encoded(".webp")[12..];
        byte[] body = [.. "WEBPVP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0, .. U24(width - 1), .. U24(height - 1), .. plain];
        return [.. "RIFF"u8, .. BitConverter.GetBytes(body.Length), .. body];
    }

    /// <summary>A WebP whose first chunk claims another length.</summary>
    public static byte[] WebPChunkOf(uint length)
    {
        byte[] webp = Encoded(".webp");
        BinaryPrimitives.WriteUInt32LittleEndian(webp.AsSpan(16), length);
        return webp;
    }

    /// <summary>A BMP of a few pixels that claims another size.</summary>
    public static byte[] BmpOf(int width, int height)
    {
        byte[] bmp = Encoded(".bmp");
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(22), height);
        return bmp;
    }

    public static byte[] Encoded(string format)
    {
        using Mat picture = Picture();
        Assert.True(Cv2.ImEncode(format, picture, out byte[] bytes));
        return bytes;
    }

    private static Mat Picture() => SomePictures.Flagged(64, 48, new Scalar(200, 40, 20));

    private static byte[] U24(int value) => BitConverter.GetBytes(value)[..3];
}
