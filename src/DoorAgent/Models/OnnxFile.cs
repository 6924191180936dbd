using System.Buffers.Binary;

namespace DoorAgent.Models;

/// <summary>A weight array of an ONNX graph: where its raw data lie in the file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">ONNX data type: 1 is float32, 10 float16.</param>
/// <param name="Dimensions">Its shape.</param>
/// <param name="Offset">First byte of its raw data; -1 when it has none.</param>
/// <param name="Length">Number of bytes.</param>
internal sealed record OnnxArray(string Name, int Type, IReadOnlyList<long> Dimensions, int Offset, int Length)
{
    private const int Float32 = 1;
    private const int Float16 = 10;

    public long Count => Dimensions.Aggregate(1L, (count, dimension) => count * dimension);

    public bool IsFloat => Type is Float32 or Float16;

    /// <summary>Bytes of one value.</summary>
    public int ValueSize => Type == Float16 ? 2 : 4;
}

/// <summary>
/// Reads the few fields of an ONNX file (protobuf) that are needed to see its weights: ModelProto.graph (7),
/// GraphProto.initializer (5), TensorProto.dims (1), data_type (2), name (8), raw_data (9).
/// </summary>
internal static class OnnxFile
{
    private const int Graph = 7;
    private const int Initializer = 5;

    /// <summary>The weights that lie in a file's graph.</summary>
    /// <exception cref="InvalidDataException">It is not a protobuf message, or cut off.</exception>
    public static IReadOnlyList<OnnxArray> ReadInitializers(ReadOnlyMemory<byte> file)
    {
        List<OnnxArray> arrays = [];
        foreach ((int field, int start, int length, _) in Fields(file.Span, 0, file.Length))
        {
            if (field != Graph)
                continue;
            foreach ((int inner, int from, int count, _) in Fields(file.Span, start, length))
            {
                if (inner == Initializer)
                    arrays.Add(ReadArray(file.Span, from, count));
            }
        }

        return arrays;
    }

    /// <summary>How many numbers a network has learnt: every value of its float arrays of one dimension or more. A batch
    /// normalisation that was not folded counts as four a channel; constants of shape (scalars) are none.</summary>
    /// <exception cref="InvalidDataException">It is not a protobuf message, or cut off.</exception>
    public static long CountParameters(ReadOnlyMemory<byte> file) =>
        ReadInitializers(file).Where(array => array.IsFloat && array.Dimensions.Count > 0).Sum(array => array.Count);

    private static OnnxArray ReadArray(ReadOnlySpan<byte> file, int start, int length)
    {
        List<long> dimensions = [];
        (string name, int type, int offset, int bytes) = ("", 0, -1, 0);
        foreach ((int field, int from, int count, ulong value) in Fields(file, start, length))
        {
            switch (field)
            {
                case 1 when from < 0:
                    dimensions.Add((long)value);
                    break;
                case 1:
                    for (int at = from; at < from + count;)
                        dimensions.Add((long)Varint(file, ref at, from + count));
                    break;
                case 2:
                    type = (int)value;
                    break;
                case 8:
                    name = System.Text.Encoding.UTF8.GetString(file.Slice(from, count));
                    break;
                case 9:
                    (offset, bytes) = (from, count);
                    break;
            }
        }

        return new OnnxArray(name, type, dimensions, offset, bytes);
    }

    /// <summary>The fields of a message: number, and either start and length of its bytes or (start -1) its value.</summary>
    private static List<(int Field, int Start, int Length, ulong Value)> Fields(ReadOnlySpan<byte> file, int start, int length)
    {
        List<(int, int, int, ulong)> fields = [];
        int end = start + length;
        for (int at = start; at < end;)
        {
            ulong tag = Varint(file, ref at, end);
            int field = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    fields.Add((field, -1, 0, Varint(file, ref at, end)));
                    break;
                case 1:
                    at = Skip(at, 8, end);
                    break;
                case 2:
                    ulong size = Varint(file, ref at, end);
                    fields.Add((field, at, (int)size, 0));
                    at = Skip(at, size, end);
                    break;
                case 5:
                    fields.Add((field, -1, 0, BinaryPrimitives.ReadUInt32LittleEndian(file[at..])));
                    at = Skip(at, 4, end);
                    break;
                default:
                    throw Damaged();
            }
        }

        return fields;
    }

    private static int Skip(int at, ulong bytes, int end) => bytes <= (ulong)(end - at) ? at + (int)bytes : throw Damaged();

    private static ulong Varint(ReadOnlySpan<byte> file, ref int at, int end)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64 && at < end; shift += 7)
        {
            byte next = file[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw Damaged();
    }

    private static InvalidDataException Damaged() => new("That is not an ONNX file, or it is cut off.");
}
