using System.Buffers.Binary;
using OpenCvSharp;

namespace DoorAgent.Hardware.Tests.Cameras;

/// <summary>Makes picture files of kinds that OpenCV reads but does not write.</summary>
internal static class StrangePictures
{
    /// <summary>A JPEG in the four inks of a printer, as Adobe's programs write the file (inks inverted); each pixel of the picture
    /// becomes a block of 8 x 8.</summary>
    public static byte[] Cmyk(Mat bgr)
    {
        List<byte> file = [0xFF, 0xD8, 0xFF, 0xEE, 0, 14, .. "Adobe"u8, 0, 100, 0, 0, 0, 0, 0];
        file.AddRange([0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)8, 64)]);
        (int columns, int rows) = (bgr.Width, bgr.Height);
        (int width, int height) = (8 * columns, 8 * rows);
        file.AddRange([0xFF, 0xC0, 0, 20, 8, (byte)(height >> 8), (byte)height,
            (byte)(width >> 8), (byte)width, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0]);
        // Differences of 0 to 8 bits have codes of four bits; "end of block" is the only other code, of one bit.
        file.AddRange([0xFF, 0xC4, 0, 28, 0x00, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
        file.AddRange([0xFF, 0xC4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        file.AddRange([0xFF, 0xDA, 0, 14, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0]);
        BitWriter bits = new(file);
        int[] before = new int[4];
        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                Vec3b pixel = bgr.At<Vec3b>(y, x);
                int[] inks = [pixel.Item2 - 128, pixel.Item1 - 128, pixel.Item0 - 128, 127];
                for (int k = 0; k < 4; k++)
                    (_, before[k]) = (Difference(bits, inks[k] - before[k]), inks[k]);
            }
        }

        bits.Flush();
        return [.. file, 0xFF, 0xD9];
    }

    /// <summary>An animated PNG of two pictures of one size.</summary>
    public static byte[] Apng(Mat first, Mat second)
    {
        byte[] one = Png(first), two = Png(second);
        byte[] size = one[16..24];
        const int headEnds = 33;
        byte[] control = [0, 0, 0, 2, 0, 0, 0, 0];
        byte[] Frame(byte number) => [0, 0, 0, number, .. size, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 10, 0, 0];
        return [.. one[..headEnds], .. Chunk("acTL"u8, control), .. Chunk("fcTL"u8, Frame(0)), .. Chunk("IDAT"u8, Data(one)),
            .. Chunk("fcTL"u8, Frame(1)), .. Chunk("fdAT"u8, [0, 0, 0, 2, .. Data(two)]), .. Chunk("IEND"u8, [])];
    }

    /// <summary>An animated WebP of two pictures of one size.</summary>
    public static byte[] AnimatedWebP(Mat first, Mat second)
    {
        byte[] Three(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];
        byte[] size = [.. Three(first.Width - 1), .. Three(first.Height - 1)];
        byte[] Frame(Mat picture) => RiffChunk("ANMF"u8, [0, 0, 0, 0, 0, 0, .. size, .. Three(100), 0, .. WebP(picture)[12..]]);
        byte[] body = [.. "WEBP"u8, .. RiffChunk("VP8X"u8, [2, 0, 0, 0, .. size]),
            .. RiffChunk("ANIM"u8, new byte[6]), .. Frame(first), .. Frame(second)];
        return RiffChunk("RIFF"u8, body);
    }

    private static int Difference(BitWriter bits, int difference)
    {
        int length = 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)Math.Abs(difference));
        bits.Write(length, 4);
        bits.Write(difference < 0 ? difference + (1 << length) - 1 : difference, length);
        bits.Write(0, 1);
        return difference;
    }

    private static byte[] Png(Mat picture)
    {
        Assert.True(Cv2.ImEncode(".png", picture, out byte[] bytes));
        return bytes;
    }

    private static byte[] WebP(Mat picture)
    {
        Assert.True(Cv2.ImEncode(".webp", picture, out byte[] bytes));
        return bytes;
    }

    private static byte[] Data(byte[] png)
    {
        List<byte> data = [];
        for (int at = 8, length; at < png.Length; at += 12 + length)
        {
            length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            if (png.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
                data.AddRange(png.AsSpan(at + 8, length));
        }

        return [.. data];
    }

    public static byte[] Chunk(ReadOnlySpan<byte> type, byte[] data)
    {
        byte[] chunk = [0, 0, 0, 0, .. type, .. data, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        uint check = uint.MaxValue;
        foreach (byte value in chunk.AsSpan(4, 4 + data.Length))
        {
            check ^= value;
            for (int bit = 0; bit < 8; bit++)
                check = (check >> 1) ^ ((check & 1) * 0xEDB88320);
        }

        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), ~check);
        return chunk;
    }

    private static byte[] RiffChunk(ReadOnlySpan<byte> type, byte[] data)
    {
        byte[] chunk = [.. type, 0, 0, 0, 0, .. data, .. new byte[data.Length & 1]];
        BinaryPrimitives.WriteInt32LittleEndian(chunk.AsSpan(4), data.Length);
        return chunk;
    }

    private sealed class BitWriter(List<byte> file)
    {
        private int _bits;
        private int _count;

        public void Write(int value, int length)
        {
            for (int bit = length - 1; bit >= 0; bit--)
            {
                _bits = (_bits << 1) | ((value >> bit) & 1);
                if (++_count < 8)
                    continue;
                file.Add((byte)_bits);
                if ((byte)_bits == 0xFF)
                    file.Add(0);
                (_bits, _count) = (0, 0);
            }
        }

        public void Flush() => Write(0x7F, (8 - _count) % 8);
    }
}
