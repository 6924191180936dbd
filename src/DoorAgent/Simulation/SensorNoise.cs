using System.Numerics;

namespace DoorAgent.Simulation;

/// <summary>
/// The noise of a camera's sensor, identical in every run and on every machine: computed from a counter with integers, without the
/// platform's floating point. A table of normal deviates is added with a different offset for every frame and every 4 KB of the frame,
/// which costs about as much as copying the picture.
/// </summary>
internal sealed class SensorNoise
{
    private const int TableLength = 1 << 16;
    private const int Chunk = 4096;

    // Positive and negative deviates are separate, so that the processor's saturating byte arithmetic does the clipping.
    private readonly byte[] _brighter = new byte[TableLength + Chunk];
    private readonly byte[] _darker = new byte[TableLength + Chunk];
    private readonly ulong _seed;

    /// <param name="deviation">Standard deviation in grey levels, 0 to 64; deviates are clipped at 127.</param>
    /// <param name="seed">Each seed gives different noise.</param>
    public SensorNoise(decimal deviation, ulong seed)
    {
        _seed = Mix(seed);
        for (int i = 0; i < _brighter.Length; i++)
        {
            int deviate = (int)Math.Clamp(Math.Round(Deviate((ulong)(i % TableLength)) * deviation), -127, 127);
            (_brighter[i], _darker[i]) = ((byte)Math.Max(deviate, 0), (byte)Math.Max(-deviate, 0));
        }
    }

    /// <summary>Adds the noise of one frame; values are clipped to 0 to 255.</summary>
    /// <param name="pixels">Bytes of the frame.</param>
    /// <param name="frame">Number of the frame: every frame has different noise.</param>
    public void AddTo(Span<byte> pixels, long frame)
    {
        for (int start = 0; start < pixels.Length; start += Chunk)
        {
            Span<byte> part = pixels.Slice(start, Math.Min(Chunk, pixels.Length - start));
            int offset = (int)(Mix(_seed ^ ((ulong)frame << 24) ^ (ulong)(start / Chunk)) % TableLength);
            Add(part, _brighter.AsSpan(offset, part.Length), _darker.AsSpan(offset, part.Length));
        }
    }

    private static void Add(Span<byte> pixels, ReadOnlySpan<byte> brighter, ReadOnlySpan<byte> darker)
    {
        int i = 0;
        for (; i <= pixels.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector<byte> lit = Vector.AddSaturate(new Vector<byte>(pixels[i..]), new Vector<byte>(brighter[i..]));
            Vector.SubtractSaturate(lit, new Vector<byte>(darker[i..])).CopyTo(pixels[i..]);
        }

        for (; i < pixels.Length; i++)
            pixels[i] = (byte)Math.Clamp(pixels[i] + brighter[i] - darker[i], 0, 255);
    }

    /// <summary>Returns a nearly normal deviate with mean 0 and deviation 1: the sum of twelve uniform deviates.</summary>
    private decimal Deviate(ulong index)
    {
        long sum = 0;
        for (ulong part = 0; part < 12; part++)
            sum += (long)(Mix(_seed + (index * 12) + part) >> 32);
        return (sum / (decimal)(1L << 32)) - 6;
    }

    /// <summary>A bijection of 64 bits whose outputs look unrelated for neighbouring inputs (the finisher of SplitMix64).</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
