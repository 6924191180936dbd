namespace DoorAgent.Networks;

/// <summary>Converts pixels to a network's input: value = (byte x scale - mean) / std into one plane for each channel, in the network's
/// channel order. Allocates nothing.</summary>
internal sealed class PlanePacker
{
    private readonly int _size;
    private readonly bool _isRgb;
    private readonly float[] _factor = new float[3];
    private readonly float[] _offset = new float[3];

    /// <param name="input">The input format, of fixed size.</param>
    public PlanePacker(ModelInput input)
    {
        (_size, _isRgb) = (input.Width * input.Height, input.Channels == "RGB");
        for (int plane = 0; plane < 3; plane++)
        {
            _factor[plane] = input.Scale / input.Std[plane];
            _offset[plane] = -input.Mean[plane] / input.Std[plane];
        }
    }

    /// <summary>Packs a picture of the network's size.</summary>
    /// <param name="pixels">Rows of interleaved B, G, R bytes, width x height pixels.</param>
    /// <param name="planes">Target: three planes of width x height.</param>
    public void Pack(ReadOnlySpan<byte> pixels, Span<float> planes)
    {
        for (int i = 0; i < _size; i++)
            Put(planes, i, pixels[3 * i], pixels[(3 * i) + 1], pixels[(3 * i) + 2]);
    }

    /// <summary>Packs one pixel.</summary>
    /// <param name="planes">Target: three planes of width x height.</param>
    /// <param name="i">Index of the pixel, row by row.</param>
    /// <param name="b">Blue, 0 to 255.</param>
    /// <param name="g">Green, 0 to 255.</param>
    /// <param name="r">Red, 0 to 255.</param>
    public void Put(Span<float> planes, int i, float b, float g, float r)
    {
        (float first, float third) = _isRgb ? (r, b) : (b, r);
        planes[i] = (first * _factor[0]) + _offset[0];
        planes[_size + i] = (g * _factor[1]) + _offset[1];
        planes[(2 * _size) + i] = (third * _factor[2]) + _offset[2];
    }
}
