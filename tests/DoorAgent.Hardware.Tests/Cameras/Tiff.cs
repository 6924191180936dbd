using System.Buffers.Binary;

namespace DoorAgent.Hardware.Tests.Cameras;

/// <summary>Makes small TIFF files, little endian, of 64 x 64 grey pixels; tags can replace the default tags or be added.</summary>
internal static class Tiff
{
    public const int Side = 64;

    private const int Head = 8, EntrySize = 12, Short = 3, Long = 4;

    /// <summary>A file with these tags (number, type, count, value or offset) in addition to its own or instead of them.</summary>
    public static byte[] With(params (int Tag, int Type, uint Count, uint Value)[] changed)
    {
        (int Tag, int Type, uint Count, uint Value)[] own =
        [
            (256, Long, 1, Side), (257, Long, 1, Side), (258, Short, 1, 8), (259, Short, 1, 1), (262, Short, 1, 1),
            (273, Long, 1, Head), (277, Short, 1, 1), (278, Long, 1, Side), (279, Long, 1, Side * Side),
        ];
        return Of([.. own.Where(tag => changed.All(other => other.Tag != tag.Tag)).Concat(changed).OrderBy(tag => tag.Tag)]);
    }

    /// <summary>A file in which these tags are repeated after its own.</summary>
    public static byte[] Twice(params (int Tag, int Type, uint Count, uint Value)[] again)
    {
        byte[] file = With();
        int directory = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4));
        ushort entries = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(directory));
        byte[] more = [.. file[..^4], .. again.SelectMany(Entry), 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt16LittleEndian(more.AsSpan(directory), (ushort)(entries + again.Length));
        return more;
    }

    private static byte[] Of(IReadOnlyList<(int Tag, int Type, uint Count, uint Value)> tags) =>
        [.. "II"u8, 42, 0, .. BitConverter.GetBytes(Head + (Side * Side)), .. Enumerable.Repeat((byte)90, Side * Side),
            .. BitConverter.GetBytes((ushort)tags.Count), .. tags.SelectMany(Entry), 0, 0, 0, 0];

    private static byte[] Entry((int Tag, int Type, uint Count, uint Value) tag)
    {
        byte[] entry = new byte[EntrySize];
        BinaryPrimitives.WriteUInt16LittleEndian(entry, (ushort)tag.Tag);
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(2), (ushort)tag.Type);
        BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(4), tag.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(8), tag.Value);
        return entry;
    }
}
