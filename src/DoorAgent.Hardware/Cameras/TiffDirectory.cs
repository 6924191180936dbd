using System.Buffers.Binary;

namespace DoorAgent.Hardware.Cameras;

/// <summary>The first directory of a TIFF file: unique tags, all within the file (TIFF 6.0, section 2).</summary>
internal readonly ref struct TiffDirectory
{
    private const int Head = 8, EntrySize = 12, Short = 3, Long = 4;

    /// <summary>Bytes of a value by its type number, from 1: byte, text, short, long, fraction, the signed types, then floats.</summary>
    private static readonly int[] Sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly bool _isLittle;
    private readonly Dictionary<int, (int Type, long Count, long At)> _tags = [];

    private TiffDirectory(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        _isLittle = bytes[0] == 'I';
    }

    /// <summary>Reads the directory; returns false when a tag is repeated (decoders disagree on which one counts), when values are
    /// outside the file, or when all values together exceed the file (decoders copy overlapping values once per tag).</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out TiffDirectory directory)
    {
        directory = new TiffDirectory(bytes);
        if (bytes.Length < Head || directory.U32(4) is var start && start + 2 > bytes.Length)
            return false;
        int entries = directory.U16(start);
        if (start + 2 + ((long)EntrySize * entries) > bytes.Length)
            return false;
        long total = 0;
        for (long at = start + 2; entries > 0; at += EntrySize, entries--)
        {
            (int tag, int type, long count) = (directory.U16(at), directory.U16(at + 2), directory.U32(at + 4));
            // Decoders skip values of an unknown type.
            long length = count * (type < Sizes.Length ? Sizes[type] : 0);
            long values = length <= 4 ? at + 8 : directory.U32(at + 8);
            total += length;
            if (values + length > bytes.Length || total > bytes.Length || !directory._tags.TryAdd(tag, (type, count, values)))
                return false;
        }

        return true;
    }

    /// <summary>Whether the directory contains a tag.</summary>
    public bool Has(int tag) => _tags.ContainsKey(tag);

    /// <summary>Returns how many numbers a tag has: 0 when the tag is absent or not numeric.</summary>
    public long Count(int tag) => _tags.GetValueOrDefault(tag) is { Type: Short or Long } found ? found.Count : 0;

    /// <summary>Returns a number of a tag; the index starts at 0.</summary>
    public long Number(int tag, long index)
    {
        (int type, _, long at) = _tags[tag];
        return type == Short ? U16(at + (2 * index)) : U32(at + (4 * index));
    }

    /// <summary>Returns the first number of a tag; the default when the tag is absent; 0 when the tag has no number.</summary>
    public long First(int tag, long absent) => Count(tag) > 0 ? Number(tag, 0) : Has(tag) ? 0 : absent;

    private int U16(long at) => _isLittle
        ? BinaryPrimitives.ReadUInt16LittleEndian(_bytes[(int)at..]) : BinaryPrimitives.ReadUInt16BigEndian(_bytes[(int)at..]);

    private long U32(long at) => _isLittle
        ? BinaryPrimitives.ReadUInt32LittleEndian(_bytes[(int)at..]) : BinaryPrimitives.ReadUInt32BigEndian(_bytes[(int)at..]);
}
