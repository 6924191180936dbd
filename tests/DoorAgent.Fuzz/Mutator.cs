using System.Buffers.Binary;
using System.Text;

namespace DoorAgent.Fuzz;

/// <summary>Changes inputs at random, with a seed, so that every run can be repeated.</summary>
/// <param name="target">The target, whose words are inserted.</param>
/// <param name="corpus">The inputs that are changed.</param>
/// <param name="seed">The seed.</param>
/// <param name="mostChanges">The most changes of one input.</param>
internal sealed class Mutator(FuzzTarget target, IReadOnlyList<byte[]> corpus, int seed, int mostChanges = 6)
{
    // Ends of ranges, where parsers forget a case.
    private static readonly long[] Edges =
        [0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, long.MaxValue, long.MinValue, -1];

    private readonly byte[][] _tokens = [.. target.Tokens.Select(Encoding.Latin1.GetBytes)];
    private readonly Random _random = new(seed);

    /// <summary>Returns the next input.</summary>
    public byte[] Next()
    {
        List<byte> input = [.. Any(corpus)];
        for (int left = _random.Next(1, mostChanges + 1); left > 0; left--)
            Change(input);
        return [.. input.Take(target.MaxLength)];
    }

    private void Change(List<byte> input)
    {
        int at = _random.Next(input.Count + 1), length = Math.Min(_random.Next(1, 1 + _random.Next(1, 64)), input.Count - at);
        switch (_random.Next(9))
        {
            case 0 when at < input.Count:
                input[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when at < input.Count:
                input[at] = (byte)_random.Next(256);
                break;
            case 2:
                input.RemoveRange(at, length);
                break;
            case 3:
                input.InsertRange(_random.Next(input.Count + 1), input.GetRange(at, length));
                break;
            case 4 when _tokens.Length > 0:
                input.InsertRange(at, Any(_tokens));
                break;
            case 5:
                WriteEdge(input, at);
                break;
            case 6:
                byte[] other = Any(corpus);
                input.RemoveRange(at, input.Count - at);
                input.AddRange(other.Skip(_random.Next(other.Length + 1)));
                break;
            case 7 when at < input.Count && char.IsAsciiDigit((char)input[at]):
                input.InsertRange(at, Encoding.ASCII.GetBytes($"{Any(Edges)}"));
                break;
            default:
                byte[] noise = new byte[_random.Next(1, 9)];
                _random.NextBytes(noise);
                input.InsertRange(at, noise);
                break;
        }
    }

    /// <summary>Writes the end of a range over 1, 2, 4 or 8 bytes, in either order of bytes.</summary>
    private void WriteEdge(List<byte> input, int at)
    {
        Span<byte> number = stackalloc byte[8];
        int width = 1 << _random.Next(4);
        bool isBigEndian = _random.Next(2) == 0;
        if (isBigEndian)
            BinaryPrimitives.WriteInt64BigEndian(number, Any(Edges));
        else
            BinaryPrimitives.WriteInt64LittleEndian(number, Any(Edges));
        for (int i = 0; i < width && at + i < input.Count; i++)
            input[at + i] = number[isBigEndian ? 8 - width + i : i];
    }

    private T Any<T>(IReadOnlyList<T> list) => list[_random.Next(list.Count)];
}
