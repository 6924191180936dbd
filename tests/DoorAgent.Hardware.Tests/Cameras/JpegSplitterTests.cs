using CsCheck;
using DoorAgent.Hardware.Cameras;
using OpenCvSharp;

namespace DoorAgent.Hardware.Tests.Cameras;

public sealed class JpegSplitterTests
{
    private static readonly byte[][] Pictures = [.. Enumerable.Range(1, 3).Select(MakePicture)];

    // Bytes in which no picture begins, including the marker at the end.
    private static readonly Gen<byte[]> Garbage = Gen.Byte.Array[0, 40]
        .Select(bytes => bytes.Select(next => next == 0xD8 ? (byte)0 : next).ToArray());

    [Fact]
    public void CompletePicturesAreFoundInAnyPieces() =>
        Gen.Select(Gen.Int[0, Pictures.Length - 1].Array[0, 5], Garbage.Array[6], Gen.Int[1, 700]).Sample((order, garbage, piece) =>
        {
            List<byte> stream = [.. garbage[^1]];
            for (int i = 0; i < order.Length; i++)
                stream.AddRange([.. Pictures[order[i]], .. garbage[i]]);
            Assert.Equal(order.Select(i => Pictures[i]), Split([.. stream], piece));
        });

    [Fact]
    public void ATruncatedPictureIsSkippedAndTheNextOneIsNot() =>
        Gen.Select(Gen.Int[0, 2], Gen.Double[0, 1], Gen.Int[0, 2]).Sample((half, part, next) =>
        {
            // The picture breaks off in the scan, as when a program is killed and started again.
            int scan = ScanOf(Pictures[half]);
            byte[] torn = Pictures[half][..(scan + (int)(part * (Pictures[half].Length - 2 - scan)))];
            Assert.Equal([Pictures[next]], Split([.. torn, .. Pictures[next]], 97));
        });

    [Fact]
    public void RandomBytesDoNoHarm() => Gen.Byte.Array[0, 2000].Sample(bytes =>
    {
        byte[][] found = Split([.. bytes, .. Pictures[0], .. Pictures[1], .. Pictures[0]], 64);
        // After any bytes, the splitter is synchronised again after one or two pictures.
        Assert.Equal(Pictures[0], found[^1]);
    });

    [Fact]
    public void AThumbnailInsideAPictureDoesNotEndThePicture()
    {
        byte[] thumbnail = Pictures[1];
        byte[] segment = [0xFF, 0xE1, (byte)((thumbnail.Length + 2) >> 8), (byte)(thumbnail.Length + 2), .. thumbnail];
        byte[] picture = [.. Pictures[0][..2], .. segment, .. Pictures[0][2..]];
        Assert.Equal([picture, Pictures[2]], Split([.. picture, .. Pictures[2]], 33));
    }

    [Fact]
    public void APictureWithoutAnEndIsDiscarded()
    {
        byte[] endless = new byte[JpegSplitter.MaxBytes];
        int scan = ScanOf(Pictures[0]);
        Pictures[0].AsSpan(0, scan).CopyTo(endless);
        Assert.Equal([Pictures[1]], Split([.. endless, .. new byte[9], .. Pictures[1]], 4096));
    }

    private static byte[][] Split(byte[] stream, int piece)
    {
        JpegSplitter splitter = new();
        List<byte[]> found = [];
        for (int from = 0; from < stream.Length; from += piece)
        {
            ReadOnlySpan<byte> left = stream.AsSpan(from, Math.Min(piece, stream.Length - from));
            while (!left.IsEmpty)
            {
                if (splitter.TrySplit(left, out int used))
                    found.Add(splitter.Picture.ToArray());
                left = left[used..];
            }
        }

        return [.. found];
    }

    /// <summary>The offset at which the data of the first scan begin.</summary>
    private static int ScanOf(byte[] picture)
    {
        int at = 2;
        while (picture[at + 1] != 0xDA)
            at += 2 + ((picture[at + 2] << 8) | picture[at + 3]);
        return at + 2 + ((picture[at + 2] << 8) | picture[at + 3]);
    }

    private static byte[] MakePicture(int seed)
    {
        using Mat picture = SomePictures.Flagged(64, 48, Scalar.All(40 * seed));
        Assert.True(Cv2.ImEncode(".jpg", picture, out byte[] bytes));
        return bytes;
    }
}
