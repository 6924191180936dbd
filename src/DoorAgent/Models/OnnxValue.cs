namespace DoorAgent.Models;

/// <summary>What a layer gives to the layers behind it while a network is converted.</summary>
/// <param name="Shape">Shape of the value.</param>
/// <param name="Name">The value's name in the ONNX graph.</param>
internal abstract record OnnxValue(IReadOnlyList<long> Shape, string Name);

/// <summary>A value that a node computes, or the network's input.</summary>
internal sealed record OnnxTensor(IReadOnlyList<long> Shape, string Name) : OnnxValue(Shape, Name);

/// <summary>Weights, which become part of the graph where a node needs them.</summary>
internal sealed record OnnxConstant(WeightArray Weights, string Name) : OnnxValue(Weights.Shape, Name);

/// <summary>A convolution whose node is not written yet, because the layer behind it gives the bias.</summary>
/// <param name="Shape">Shape of the output.</param>
/// <param name="Inputs">The picture and the weights.</param>
/// <param name="Attributes">The node's attributes.</param>
/// <param name="Number">Number of the layer, by which the bias is named.</param>
internal sealed record OnnxConvolution(
    IReadOnlyList<long> Shape, IReadOnlyList<string> Inputs, IReadOnlyList<OnnxAttribute> Attributes, string Number)
    : OnnxValue(Shape, "");

/// <summary>Answers which layers read a layer's output.</summary>
internal sealed class OpenVinoConsumers(IReadOnlyList<OpenVinoLayer> layers)
{
    private readonly ILookup<int, OpenVinoLayer> _readers =
        layers.SelectMany(layer => layer.Inputs.Select(place => (place, layer))).ToLookup(pair => pair.place, pair => pair.layer);

    /// <summary>Whether a layer is read by Convert layers.</summary>
    public bool AreConverts(int place) => _readers[place].Any(layer => layer.Kind == "Convert");

    /// <summary>Whether a layer is read by one layer only, an Add of weights.</summary>
    public bool IsBiased(int place) => _readers[place].ToArray() is [{ Kind: "Add", Inputs: [var first, var second] }]
        && IsConstant(first == place ? second : first);

    private bool IsConstant(int place) => layers[place] is { Kind: "Const" } || (layers[place] is { Kind: "Convert", Inputs: [var from] }
        && IsConstant(from));
}
