using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;

namespace DoorAgent.Encodings;

/// <summary>
/// Converts a picture to encoder input in one pass: a bilinear warp from the picture (pixel centres at integers, black
/// outside), then value = (byte x scale - mean) / std into the planes, in the encoder's channel order.
/// </summary>
internal sealed class AlignedPacker
{
    private readonly int _width;
    private readonly int _height;
    private readonly PlanePacker _packer;

    public AlignedPacker(ModelInput input) => (_width, _height, _packer) = (input.Width, input.Height, new PlanePacker(input));

    /// <summary>Warps and packs. Allocates nothing.</summary>
    /// <param name="frame">The picture.</param>
    /// <param name="fromAligned">Transform from the aligned face to the picture.</param>
    /// <param name="planes">Target: three planes of width x height.</param>
    public void Pack(Frame frame, Similarity fromAligned, Span<float> planes)
    {
        ReadOnlySpan<byte> pixels = frame.Pixels;
        for (int y = 0; y < _height; y++)
        {
            for (int x = 0; x < _width; x++)
            {
                (float u, float v) = fromAligned.Map(x, y);
                (float b, float g, float r) = Sample(pixels, frame.Width, frame.Height, u, v);
                _packer.Put(planes, (y * _width) + x, b, g, r);
            }
        }
    }

    /// <summary>Warps without packing; values are rounded to bytes.</summary>
    /// <param name="frame">The picture.</param>
    /// <param name="fromAligned">Transform from the aligned face to the picture.</param>
    /// <param name="aligned">Target, which already has the size of the aligned face.</param>
    public static void Warp(Frame frame, Similarity fromAligned, Frame aligned)
    {
        ReadOnlySpan<byte> pixels = frame.Pixels;
        Span<byte> to = aligned.Pixels;
        for (int i = 0; i < aligned.Width * aligned.Height; i++)
        {
            (float u, float v) = fromAligned.Map(i % aligned.Width, i / aligned.Width);
            (float b, float g, float r) = Sample(pixels, frame.Width, frame.Height, u, v);
            (to[3 * i], to[(3 * i) + 1], to[(3 * i) + 2]) = (Byte(b), Byte(g), Byte(r));
        }

        static byte Byte(float value) => (byte)(value + 0.5f);
    }

    /// <summary>Packs an aligned face: rows of interleaved B, G, R bytes, width x height pixels.</summary>
    public void Pack(ReadOnlySpan<byte> aligned, Span<float> planes) => _packer.Pack(aligned, planes);

    /// <summary>Mirrors packed planes left to right, in place.</summary>
    public void Mirror(Span<float> planes)
    {
        for (int row = 0; row < 3 * _height; row++)
            planes.Slice(row * _width, _width).Reverse();
    }

    private static (float B, float G, float R) Sample(ReadOnlySpan<byte> pixels, int width, int height, float u, float v)
    {
        (float b, float g, float r) = (0, 0, 0);
        float left = MathF.Floor(u), top = MathF.Floor(v);
        // The condition is also false for NaN.
        if (!(left >= -1 && top >= -1 && left < width && top < height))
            return (b, g, r);
        float fu = u - left, fv = v - top;
        int x = (int)left, y = (int)top;
        Add(pixels, x, y, (1 - fu) * (1 - fv));
        Add(pixels, x + 1, y, fu * (1 - fv));
        Add(pixels, x, y + 1, (1 - fu) * fv);
        Add(pixels, x + 1, y + 1, fu * fv);
        return (b, g, r);

        void Add(ReadOnlySpan<byte> all, int px, int py, float weight)
        {
            if ((uint)px >= (uint)width || (uint)py >= (uint)height)
                return;
            ReadOnlySpan<byte> pixel = all.Slice(3 * ((py * width) + px), 3);
            b += weight * pixel[0];
            g += weight * pixel[1];
            r += weight * pixel[2];
        }
    }
}
