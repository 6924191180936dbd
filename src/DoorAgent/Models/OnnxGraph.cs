using System.Runtime.InteropServices;
using System.Text;

namespace DoorAgent.Models;

/// <summary>An attribute of a node: one number, or several.</summary>
internal readonly record struct OnnxAttribute(string Name, bool IsList, IReadOnlyList<long> Values)
{
    public static OnnxAttribute Of(string name, long value) => new(name, IsList: false, [value]);

    public static OnnxAttribute Of(string name, IReadOnlyList<long> values) => new(name, IsList: true, values);
}

/// <summary>
/// Builds an ONNX file (onnx.proto3, IR version 6, operator set 11) with one input and one output of float32. Weights are stored with 16
/// bits and cast to 32 before anything is computed. Equal calls give equal bytes.
/// </summary>
/// <param name="name">Name of the graph.</param>
internal sealed class OnnxGraph(string name)
{
    private const int IrVersion = 6, OperatorSet = 11, Float32 = 1, Float16 = 10, Integer = 2, Integers = 7;

    private readonly List<byte[]> _casts = [];
    private readonly List<byte[]> _nodes = [];
    private readonly List<byte[]> _weights = [];
    private readonly List<byte[]> _values = [];

    /// <summary>Adds an array of weights; nodes read the array under its name.</summary>
    public void AddWeights(string array, WeightArray weights)
    {
        string half = array + "_f16";
        ProtobufWriter tensor = new();
        foreach (long dimension in weights.Shape)
            tensor.Write(1, (ulong)dimension);
        tensor.Write(2, Float16);
        tensor.Write(8, Encoding.UTF8.GetBytes(half));
        tensor.Write(9, MemoryMarshal.AsBytes<Half>(weights.Values));
        _weights.Add(tensor.ToArray());
        _casts.Add(Node("Cast", [half], array, [OnnxAttribute.Of("to", Float32)]));
    }

    /// <summary>Adds a node behind those that were added before.</summary>
    /// <param name="operatorType">The operator.</param>
    /// <param name="inputs">Names of the values that the node reads.</param>
    /// <param name="output">Name of the value that the node writes.</param>
    /// <param name="shape">Shape of this value.</param>
    /// <param name="attributes">The operator's attributes.</param>
    public void AddNode(string operatorType, IReadOnlyList<string> inputs, string output, IReadOnlyList<long> shape,
        params IReadOnlyList<OnnxAttribute> attributes)
    {
        _nodes.Add(Node(operatorType, inputs, output, attributes));
        _values.Add(Value(output, shape));
    }

    /// <summary>Writes the file.</summary>
    /// <param name="input">Name and shape of the network's input.</param>
    /// <param name="output">Name and shape of the network's output.</param>
    /// <param name="last">Name of the value that becomes the output.</param>
    public byte[] ToFile((string Name, IReadOnlyList<long> Shape) input, (string Name, IReadOnlyList<long> Shape) output, string last)
    {
        ProtobufWriter graph = new();
        foreach (byte[] node in (IEnumerable<byte[]>)[.. _casts, .. _nodes, Node("Identity", [last], output.Name, [])])
            graph.Write(1, node);
        graph.Write(2, Encoding.UTF8.GetBytes(name));
        foreach (byte[] weights in _weights)
            graph.Write(5, weights);
        graph.Write(11, Value(input.Name, input.Shape));
        graph.Write(12, Value(output.Name, output.Shape));
        foreach (byte[] value in _values)
            graph.Write(13, value);
        ProtobufWriter operators = new();
        operators.Write(1, ReadOnlySpan<byte>.Empty);
        operators.Write(2, OperatorSet);
        ProtobufWriter model = new();
        model.Write(1, IrVersion);
        model.Write(7, graph.ToArray());
        model.Write(8, operators.ToArray());
        return model.ToArray();
    }

    private static byte[] Node(string operatorType, IReadOnlyList<string> inputs, string output, IReadOnlyList<OnnxAttribute> attributes)
    {
        ProtobufWriter node = new();
        foreach (string input in inputs)
            node.Write(1, Encoding.UTF8.GetBytes(input));
        node.Write(2, Encoding.UTF8.GetBytes(output));
        node.Write(4, Encoding.UTF8.GetBytes(operatorType));
        foreach (OnnxAttribute attribute in attributes)
            node.Write(5, Attribute(attribute));
        return node.ToArray();
    }

    private static byte[] Attribute(OnnxAttribute attribute)
    {
        ProtobufWriter written = new();
        written.Write(1, Encoding.UTF8.GetBytes(attribute.Name));
        foreach (long value in attribute.Values)
            written.Write(attribute.IsList ? 8 : 3, (ulong)value);
        written.Write(20, attribute.IsList ? (ulong)Integers : Integer);
        return written.ToArray();
    }

    private static byte[] Value(string value, IReadOnlyList<long> dimensions)
    {
        ProtobufWriter shape = new();
        foreach (long dimension in dimensions)
        {
            ProtobufWriter size = new();
            size.Write(1, (ulong)dimension);
            shape.Write(1, size.ToArray());
        }

        ProtobufWriter tensor = new(), type = new(), written = new();
        tensor.Write(1, Float32);
        tensor.Write(2, shape.ToArray());
        type.Write(1, tensor.ToArray());
        written.Write(1, Encoding.UTF8.GetBytes(value));
        written.Write(2, type.ToArray());
        return written.ToArray();
    }
}
