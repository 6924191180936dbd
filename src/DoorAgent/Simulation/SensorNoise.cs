namespace DoorAgent.Simulation;

/// <summary>
/// The noise of a camera's sensor, the same in every run and on every machine: integers from a counter, no floating point of the
/// platform. A table of normal deviates is added from another place for every frame and every 4 KB of it, which costs about as
/// much as copying the picture.
/// </summary>
internal sealed class SensorNoise
{
    private const int TableLength = 1 << 16;
    private const int Chunk = 4096;

    private readonly sbyte[] _table = new sbyte[TableLength + Chunk];
    private readonly ulong _seed;

    /// <param name="deviation">Standard deviation in grey levels, 0 to 64; deviates are cut at 127.</param>
    /// <param name="seed">Another seed is other noise.</param>
    public SensorNoise(decimal deviation, ulong seed)
    {
        _seed = Mix(seed);
        for (int i = 0; i < TableLength; i++)
            _table[i] = (sbyte)Math.Clamp(Math.Round(Deviate((ulong)i) * deviation), -127, 127);
        _table.AsSpan(0, Chunk).CopyTo(_table.AsSpan(TableLength));
    }

    /// <summary>Adds the noise of one frame; what would leave 0 to 255 is cut.</summary>
    /// <param name="pixels">The frame's bytes.</param>
    /// <param name="frame">The frame's number: every frame has its own noise.</param>
    public void AddTo(Span<byte> pixels, long frame)
    {
        for (int start = 0; start < pixels.Length; start += Chunk)
        {
            Span<byte> part = pixels.Slice(start, Math.Min(Chunk, pixels.Length - start));
            int offset = (int)(Mix(_seed ^ ((ulong)frame << 24) ^ (ulong)(start / Chunk)) % TableLength);
            ReadOnlySpan<sbyte> noise = _table.AsSpan(offset, part.Length);
            for (int i = 0; i < part.Length; i++)
                part[i] = (byte)Math.Clamp(part[i] + noise[i], 0, 255);
        }
    }

    /// <summary>Nearly normal, mean 0 and deviation 1: the sum of twelve even deviates.</summary>
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
