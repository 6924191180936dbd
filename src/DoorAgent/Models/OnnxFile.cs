using System.Runtime.InteropServices;

namespace DoorAgent.Models;

/// <summary>A weight array of an ONNX graph and the position of its raw data in the file.</summary>
/// <param name="Name">Name of the array.</param>
/// <param name="Type">ONNX data type: 1 is float32, 10 is float16.</param>
/// <param name="Dimensions">Shape of the array.</param>
/// <param name="Offset">Offset of the raw data; -1 if there is none.</param>
/// <param name="Length">Length of the raw data in bytes.</param>
internal sealed record OnnxArray(string Name, int Type, IReadOnlyList<long> Dimensions, int Offset, int Length)
{
    public const int Float32 = 1;

    private const int Float16 = 10;

    public long Count => Dimensions.Aggregate(1L, (count, dimension) => count * dimension);

    public bool IsFloat => Type is Float32 or Float16;

    /// <summary>Size of a value in bytes.</summary>
    public int ValueSize => Type == Float16 ? 2 : 4;
}

/// <summary>
/// Reads the fields of an ONNX file (protobuf) that are needed to read and change its weights: ModelProto.graph (7),
/// GraphProto.initializer (5), TensorProto.dims (1), data_type (2), name (8), raw_data (9).
/// </summary>
internal static class OnnxFile
{
    private const int Graph = 7;
    private const int Initializer = 5;
    private const int Dimensions = 1;
    private const int DataType = 2;
    private const int Name = 8;
    private const int RawData = 9;

    /// <summary>Reads the weight arrays of a file's graph.</summary>
    /// <exception cref="InvalidDataException">The file is not a protobuf message, or is cut off.</exception>
    public static IReadOnlyList<OnnxArray> ReadInitializers(ReadOnlyMemory<byte> file)
    {
        List<OnnxArray> arrays = [];
        foreach (ProtobufField graph in Protobuf.Fields(file.Span, 0, file.Length).Where(field => field.Number == Graph))
        {
            foreach (ProtobufField array in Protobuf.Fields(file.Span, graph).Where(field => field.Number == Initializer))
                arrays.Add(ReadArray(file.Span, array));
        }

        return arrays;
    }

    /// <summary>Counts the learnt parameters of a network: the values of all float arrays with at least one dimension. An unfolded batch
    /// normalisation counts four per channel; scalar constants do not count.</summary>
    /// <exception cref="InvalidDataException">The file is not a protobuf message, or is cut off.</exception>
    public static long CountParameters(ReadOnlyMemory<byte> file) =>
        ReadInitializers(file).Where(array => array.IsFloat && array.Dimensions.Count > 0).Sum(array => array.Count);

    /// <summary>Copies a file with other values for some weight arrays, stored as float32; all other bytes are unchanged.</summary>
    /// <param name="file">The file.</param>
    /// <param name="values">New values by array name, with the length of each array.</param>
    /// <exception cref="InvalidDataException">The file is not a protobuf message, or is cut off.</exception>
    public static byte[] With(ReadOnlySpan<byte> file, IReadOnlyDictionary<string, float[]> values)
    {
        ProtobufWriter written = new();
        foreach (ProtobufField field in Protobuf.Fields(file, 0, file.Length))
        {
            if (field.Number == Graph)
                written.Write(Graph, GraphWith(file, field, values));
            else
                written.Copy(file, field);
        }

        return written.ToArray();
    }

    private static byte[] GraphWith(ReadOnlySpan<byte> file, ProtobufField graph, IReadOnlyDictionary<string, float[]> values)
    {
        ProtobufWriter written = new();
        foreach (ProtobufField field in Protobuf.Fields(file, graph))
        {
            if (field.Number == Initializer && ReadArray(file, field) is var array
                && values.TryGetValue(array.Name, out float[]? replacement))
                written.Write(Initializer, Float32Array(array, replacement));
            else
                written.Copy(file, field);
        }

        return written.ToArray();
    }

    private static byte[] Float32Array(OnnxArray array, float[] values)
    {
        ProtobufWriter written = new();
        foreach (long dimension in array.Dimensions)
            written.Write(Dimensions, (ulong)dimension);
        written.Write(DataType, OnnxArray.Float32);
        written.Write(Name, System.Text.Encoding.UTF8.GetBytes(array.Name));
        written.Write(RawData, MemoryMarshal.AsBytes<float>(values));
        return written.ToArray();
    }

    /// <summary>Whether the number of values can be counted, also in a sum over the arrays of a file.</summary>
    private static bool IsPossible(List<long> dimensions)
    {
        const long most = 1L << 40;
        long count = 1;
        foreach (long dimension in dimensions)
        {
            if (dimension < 0 || (dimension > 0 && count > most / dimension))
                return false;
            count *= dimension;
        }

        return true;
    }

    private static OnnxArray ReadArray(ReadOnlySpan<byte> file, ProtobufField message)
    {
        List<long> dimensions = [];
        (string name, int type, int offset, int bytes) = ("", 0, -1, 0);
        foreach (ProtobufField field in Protobuf.Fields(file, message))
        {
            switch (field.Number)
            {
                case Dimensions when !field.HasContent:
                    dimensions.Add((long)field.Value);
                    break;
                case Dimensions:
                    for (int at = field.Start; at < field.End;)
                        dimensions.Add((long)Protobuf.Varint(file, ref at, field.End));
                    break;
                case DataType:
                    type = (int)field.Value;
                    break;
                case Name:
                    name = Protobuf.Text(file, field);
                    break;
                case RawData when field.HasContent:
                    (offset, bytes) = (field.Start, field.Length);
                    break;
            }
        }

        return IsPossible(dimensions) ? new OnnxArray(name, type, dimensions, offset, bytes) : throw Protobuf.Damaged();
    }
}
