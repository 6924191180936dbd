using System.Globalization;

namespace DoorAgent.Models;

/// <summary>A network that was converted to ONNX.</summary>
/// <param name="Content">Content of the ONNX file.</param>
/// <param name="Input">Shape of the input.</param>
/// <param name="Output">Shape of the output.</param>
internal sealed record ConvertedNetwork(byte[] Content, IReadOnlyList<long> Input, IReadOnlyList<long> Output);

/// <summary>
/// Converts a graph of OpenVINO's format to ONNX, as far as convolutional encoders need it: eleven kinds of layers, float32 arithmetic,
/// weights of 16 bits. An Add of weights behind a convolution becomes the convolution's bias, and an average over the whole picture
/// becomes GlobalAveragePool, so that ONNX Runtime computes what OpenVINO computes.
/// </summary>
/// <remarks>
/// The result does not depend on the names and ids in the file, nor on the precision in which the publisher stored the weights: values
/// are named by their place in the order of layers, counted as in an FP16 file of IR version 11, where each Const is followed by a
/// Convert. The FP32 and FP16 files of one network so give one and the same ONNX file, whose digest identifies the network.
/// </remarks>
internal sealed class OpenVinoToOnnx
{
    private const string InputName = "input", OutputName = "output";

    private readonly IReadOnlyList<OpenVinoLayer> _layers;
    private readonly OpenVinoWeights _weights;
    private readonly OpenVinoConsumers _consumers;
    private readonly OnnxGraph _graph = new("ir");
    private readonly OnnxValue?[] _values;
    private readonly List<(string Name, WeightArray Weights)> _biases = [];
    private readonly HashSet<string> _shared = [];

    private OpenVinoToOnnx(IReadOnlyList<OpenVinoLayer> layers, OpenVinoWeights weights) =>
        (_layers, _weights, _consumers, _values) = (layers, weights, new OpenVinoConsumers(layers), new OnnxValue?[layers.Count]);

    /// <summary>Converts a network.</summary>
    /// <param name="layers">The layers, each behind those that it reads.</param>
    /// <param name="weights">The values of the Const layers.</param>
    /// <exception cref="InvalidDataException">The network has an unknown layer, or shapes that do not fit; the message names the
    /// layer.</exception>
    public static ConvertedNetwork Run(IReadOnlyList<OpenVinoLayer> layers, OpenVinoWeights weights) =>
        new OpenVinoToOnnx(layers, weights).Convert();

    private ConvertedNetwork Convert()
    {
        int number = 0;
        for (int place = 0; place < _layers.Count; place++)
        {
            // A Const without a Convert counts twice.
            number += _layers[place].Kind == "Const" && !_consumers.AreConverts(place) ? 2 : 1;
            OpenVinoLayer layer = _layers[place];
            OnnxValue value = _values[place] = ValueOf(layer, place, (number - 1).ToString(CultureInfo.InvariantCulture));
            if (layer.Shape is { } stated && !stated.SequenceEqual(value.Shape))
                throw layer.Wrong($"has the output {Text(stated)}, but its inputs give {Text(value.Shape)}");
        }

        if (Places("Parameter") is not [var input] || Places("Result") is not [var output])
            throw new InvalidDataException("it must have one input (Parameter) and one output (Result)");
        foreach ((string name, WeightArray weights) in _biases)
            _graph.AddWeights(name, weights);
        IReadOnlyList<long> from = _values[input]!.Shape, to = _values[output]!.Shape;
        return new ConvertedNetwork(_graph.ToFile((InputName, from), (OutputName, to), Tensor(_layers[output], 0).Name), from, to);
    }

    private int[] Places(string kind) => [.. Enumerable.Range(0, _layers.Count).Where(place => _layers[place].Kind == kind)];

    private OnnxValue ValueOf(OpenVinoLayer layer, int place, string number)
    {
        switch (layer.Kind, layer.Inputs.Count)
        {
            case ("Parameter", 0):
                _ = OpenVinoWeights.SizeOf(layer.Text("element_type"), layer);
                return new OnnxTensor(layer.Numbers("shape") is [1, 3, > 0 and <= 4096, > 0 and <= 4096] shape ? shape
                    : throw layer.Wrong("must be a picture of three channels"), InputName);
            case ("Const", 0):
                return new OnnxConstant(_weights.Read(layer), "c_" + number);
            case ("Convert", 1) when layer.Text("destination_type") is "f32" or "f16":
                return Input(layer, 0) is OnnxConstant constant ? constant with { Name = "c_" + number } : Input(layer, 0);
            case ("Convolution" or "GroupConvolution", 2):
                return Convolution(layer, place, number);
            case ("Add", 2) when Input(layer, 0) is OnnxConvolution convolution:
                return Biased(layer, 0, convolution, number);
            case ("Add", 2) when Input(layer, 1) is OnnxConvolution convolution:
                return Biased(layer, 1, convolution, number);
            case ("Add" or "Multiply", 2):
                return Elementwise(layer, number);
            case ("PReLU", 2):
                return PRelu(layer, number);
            case ("Sigmoid", 1):
                return Added(layer, "Sigmoid", number, [Tensor(layer, 0).Name], Tensor(layer, 0).Shape);
            case ("AvgPool", 1):
                OnnxTensor pooled = Tensor(layer, 0);
                OnnxPooling pooling = OnnxWindow.Pooling(layer, pooled.Shape);
                return Added(layer, pooling.Operator, number, [pooled.Name], pooling.Shape, pooling.Attributes);
            case ("Result", 1):
                return Tensor(layer, 0);
            case ("Parameter" or "Const" or "Convert" or "Convolution" or "GroupConvolution" or "Add" or "Multiply" or "PReLU" or "Sigmoid"
                or "AvgPool" or "Result", _):
                throw layer.Wrong($"has {layer.Inputs.Count} inputs, or converts to numbers that are not known");
            default:
                throw layer.Wrong("is of a kind that is not known");
        }
    }

    private OnnxValue Convolution(OpenVinoLayer layer, int place, string number)
    {
        OnnxTensor picture = Tensor(layer, 0);
        (long groups, WeightArray weights) = (layer.Kind, Weights(layer, 1)) switch
        {
            ("Convolution", { Shape: [_, _, _, _] } plain) => (1L, plain),
            // Groups are the first dimension here, and an attribute there.
            ("GroupConvolution", { Shape: [var count, var to, var from, var height, var width] } grouped) =>
                (count, grouped.As(count * to, from, height, width)),
            _ => throw layer.Wrong("has weights of an unknown shape"),
        };
        OnnxWindow window = OnnxWindow.Convolution(layer, [weights.Shape[2], weights.Shape[3]]);
        if (picture.Shape is not [_, var channels, _, _] || weights.Shape[1] * groups != channels)
            throw layer.Wrong($"has the weights {Text(weights.Shape)}, which do not fit the input {Text(picture.Shape)}");
        _graph.AddWeights("w_" + number, weights);
        OnnxConvolution open = new([picture.Shape[0], weights.Shape[0], .. window.SizesOf(picture.Shape)],
            [picture.Name, "w_" + number], window.AttributesWith(groups), number);
        return _consumers.IsBiased(place) ? open : Added(layer, "Conv", number, open.Inputs, open.Shape, open.Attributes);
    }

    private OnnxTensor Biased(OpenVinoLayer layer, int input, OnnxConvolution convolution, string number)
    {
        WeightArray bias = Weights(layer, 1 - input);
        long channels = convolution.Shape[1];
        if (!bias.Shape.SequenceEqual([1, channels, 1, 1]))
        {
            _values[layer.Inputs[input]] =
                Added(layer, "Conv", convolution.Number, convolution.Inputs, convolution.Shape, convolution.Attributes);
            return Elementwise(layer, number);
        }

        string name = "b_t_" + convolution.Number;
        _biases.Add((name, bias.As(channels)));
        return Added(layer, "Conv", number, [.. convolution.Inputs, name], convolution.Shape, convolution.Attributes);
    }

    private OnnxTensor Elementwise(OpenVinoLayer layer, string number)
    {
        if (layer.Data.GetValueOrDefault("auto_broadcast", "numpy") is not ("numpy" or "none"))
            throw layer.Wrong("has an unknown auto_broadcast");
        OnnxValue[] inputs = [Input(layer, 0), Input(layer, 1)];
        if (!inputs.Any(input => input is OnnxTensor))
            throw layer.Wrong("computes with weights only, which is not known");
        foreach (OnnxConstant constant in inputs.OfType<OnnxConstant>().Where(constant => _shared.Add(constant.Name)))
            _graph.AddWeights(constant.Name, constant.Weights);
        IReadOnlyList<long> shape = OnnxWindow.Broadcast(inputs[0].Shape, inputs[1].Shape)
            ?? throw layer.Wrong($"joins {Text(inputs[0].Shape)} and {Text(inputs[1].Shape)}, which do not fit");
        return Added(layer, layer.Kind == "Add" ? "Add" : "Mul", number, [.. inputs.Select(input => input.Name)], shape);
    }

    private OnnxTensor PRelu(OpenVinoLayer layer, string number)
    {
        OnnxTensor input = Tensor(layer, 0);
        WeightArray slopes = Weights(layer, 1);
        if (input.Shape is not [_, var channels, _, _] || (slopes.Values.Length != 1 && slopes.Values.Length != channels))
            throw layer.Wrong($"has {slopes.Values.Length} slopes, which do not fit the input {Text(input.Shape)}");
        _graph.AddWeights("s_" + number, slopes.As(slopes.Values.Length, 1, 1));
        return Added(layer, "PRelu", number, [input.Name, "s_" + number], input.Shape);
    }

    private OnnxTensor Added(OpenVinoLayer layer, string operatorType, string number, IReadOnlyList<string> inputs,
        IReadOnlyList<long> shape, params IReadOnlyList<OnnxAttribute> attributes)
    {
        // The largest value of a small encoder has half a million numbers.
        const long most = 1 << 26;
        if (shape.Aggregate(1L, (count, dimension) => Math.Min(most + 1, count * dimension)) > most)
            throw layer.Wrong($"has an output of {Text(shape)}, which is too large");
        _graph.AddNode(operatorType, inputs, "t_" + number, shape, attributes);
        return new OnnxTensor(shape, "t_" + number);
    }

    private OnnxValue Input(OpenVinoLayer layer, int input) => _values[layer.Inputs[input]]!;

    private OnnxTensor Tensor(OpenVinoLayer layer, int input) => Input(layer, input) as OnnxTensor
        ?? throw layer.Wrong("reads weights where it must read a computed value");

    private WeightArray Weights(OpenVinoLayer layer, int input) => (Input(layer, input) as OnnxConstant)?.Weights
        ?? throw layer.Wrong("reads a computed value where it must read weights");

    private static string Text(IReadOnlyList<long> shape) => shape.Count == 0 ? "a single value" : string.Join(" x ", shape);
}
