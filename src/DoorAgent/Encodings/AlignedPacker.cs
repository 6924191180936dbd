using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;

namespace DoorAgent.Encodings;

/// <summary>
/// Picture to encoder input in one pass: bilinear warp straight from the picture (pixel centres at whole numbers, black
/// outside), then value = (byte x scale - mean) / std into the planes, in the channel order that the encoder wants.
/// </summary>
internal sealed class AlignedPacker
{
    private readonly int _width;
    private readonly int _height;
    private readonly bool _isRgb;
    private readonly float[] _factor = new float[3];
    private readonly float[] _offset = new float[3];

    public AlignedPacker(ModelInput input)
    {
        (_width, _height, _isRgb) = (input.Width, input.Height, input.Channels == "RGB");
        for (int plane = 0; plane < 3; plane++)
        {
            _factor[plane] = input.Scale / input.Std[plane];
            _offset[plane] = -input.Mean[plane] / input.Std[plane];
        }
    }

    /// <summary>Warps and packs. Allocates nothing.</summary>
    /// <param name="frame">The picture.</param>
    /// <param name="fromAligned">From the aligned face to the picture.</param>
    /// <param name="planes">Three planes of width x height.</param>
    public void Pack(Frame frame, Similarity fromAligned, Span<float> planes)
    {
        ReadOnlySpan<byte> pixels = frame.Pixels;
        for (int y = 0; y < _height; y++)
        {
            for (int x = 0; x < _width; x++)
            {
                (float u, float v) = fromAligned.Map(x, y);
                Sample(pixels, frame.Width, frame.Height, u, v, out float b, out float g, out float r);
                Put(planes, (y * _width) + x, b, g, r);
            }
        }
    }

    /// <summary>Warps only, to the nearest bytes.</summary>
    /// <param name="frame">The picture.</param>
    /// <param name="fromAligned">From the aligned face to the picture.</param>
    /// <param name="aligned">Is filled; its size is the aligned face's.</param>
    public static void Warp(Frame frame, Similarity fromAligned, Frame aligned)
    {
        ReadOnlySpan<byte> pixels = frame.Pixels;
        Span<byte> to = aligned.Pixels;
        for (int i = 0; i < aligned.Width * aligned.Height; i++)
        {
            (float u, float v) = fromAligned.Map(i % aligned.Width, i / aligned.Width);
            Sample(pixels, frame.Width, frame.Height, u, v, out float b, out float g, out float r);
            (to[3 * i], to[(3 * i) + 1], to[(3 * i) + 2]) = (Byte(b), Byte(g), Byte(r));
        }

        static byte Byte(float value) => (byte)(value + 0.5f);
    }

    /// <summary>Packs a face that is aligned already: width x height rows of interleaved B, G, R bytes.</summary>
    public void Pack(ReadOnlySpan<byte> aligned, Span<float> planes)
    {
        for (int i = 0; i < _width * _height; i++)
            Put(planes, i, aligned[3 * i], aligned[(3 * i) + 1], aligned[(3 * i) + 2]);
    }

    private void Put(Span<float> planes, int i, float b, float g, float r)
    {
        int size = _width * _height;
        (float first, float third) = _isRgb ? (r, b) : (b, r);
        planes[i] = (first * _factor[0]) + _offset[0];
        planes[size + i] = (g * _factor[1]) + _offset[1];
        planes[(2 * size) + i] = (third * _factor[2]) + _offset[2];
    }

    private static void Sample(ReadOnlySpan<byte> pixels, int width, int height, float u, float v, out float b, out float g, out float r)
    {
        (b, g, r) = (0, 0, 0);
        float left = MathF.Floor(u), top = MathF.Floor(v);
        // Also false for what is not a number.
        if (!(left >= -1 && top >= -1 && left < width && top < height))
            return;
        float fu = u - left, fv = v - top;
        int x = (int)left, y = (int)top;
        Add(pixels, x, y, (1 - fu) * (1 - fv), ref b, ref g, ref r);
        Add(pixels, x + 1, y, fu * (1 - fv), ref b, ref g, ref r);
        Add(pixels, x, y + 1, (1 - fu) * fv, ref b, ref g, ref r);
        Add(pixels, x + 1, y + 1, fu * fv, ref b, ref g, ref r);

        void Add(ReadOnlySpan<byte> all, int px, int py, float weight, ref float b, ref float g, ref float r)
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
