namespace DoorAgent.Models;

/// <summary>A pooling as a node of ONNX.</summary>
internal sealed record OnnxPooling(string Operator, IReadOnlyList<long> Shape, IReadOnlyList<OnnxAttribute> Attributes);

/// <summary>
/// The window that a convolution or pooling moves over a picture: size, step and padding, height before width. An output has
/// floor((size + pads - dilation (kernel - 1) - 1) / stride) + 1 pixels.
/// </summary>
internal sealed class OnnxWindow
{
    private readonly OpenVinoLayer _layer;
    private readonly long[] _kernel;
    private readonly long[] _strides;
    private readonly long[] _dilations;
    private readonly long[] _begin;
    private readonly long[] _end;

    private OnnxWindow(OpenVinoLayer layer, long[] kernel, long[] dilations)
    {
        bool isPadded = layer.Data.GetValueOrDefault("auto_pad", "explicit") switch
        {
            "explicit" or "notset" => true,
            "valid" => false,
            var other => throw layer.Wrong($"has auto_pad {other}, which is not known"),
        };
        (_layer, _kernel, _strides, _dilations) = (layer, kernel, layer.Numbers("strides"), dilations);
        (_begin, _end) = isPadded ? (layer.Numbers("pads_begin"), layer.Numbers("pads_end")) : ([0, 0], [0, 0]);
        if (new[] { _kernel, _strides, _dilations, _begin, _end }.Any(pair => pair.Length != 2 || pair.Any(number => number > 4096))
            || new[] { _kernel, _strides, _dilations }.Any(pair => pair.Contains(0)))
            throw layer.Wrong("has a kernel, strides, dilations or pads that are not two numbers of a usual size");
    }

    /// <summary>Reads the window of a convolution.</summary>
    /// <exception cref="InvalidDataException">The attributes are wrong.</exception>
    public static OnnxWindow Convolution(OpenVinoLayer layer, long[] kernel) => new(layer, kernel, layer.Numbers("dilations"));

    /// <summary>Makes the node of an AvgPool.</summary>
    /// <exception cref="InvalidDataException">The attributes are wrong, or do not fit the picture.</exception>
    public static OnnxPooling Pooling(OpenVinoLayer layer, IReadOnlyList<long> picture)
    {
        OnnxWindow window = new(layer, layer.Numbers("kernel"), [1, 1]);
        if (layer.Data.GetValueOrDefault("rounding_type", "floor") != "floor")
            throw layer.Wrong("has a rounding_type other than floor, which is not known");
        if (!bool.TryParse(layer.Text("exclude-pad"), out bool isWithoutPads))
            throw layer.Wrong("has an exclude-pad that is neither true nor false");
        IReadOnlyList<long> shape = [.. picture.Take(2), .. window.SizesOf(picture)];
        return picture.Skip(2).SequenceEqual(window._kernel) && window.Pads.All(pad => pad == 0)
            ? new OnnxPooling("GlobalAveragePool", shape, [])
            : new OnnxPooling("AveragePool", shape,
            [
                OnnxAttribute.Of("count_include_pad", isWithoutPads ? 0 : 1), OnnxAttribute.Of("kernel_shape", window._kernel),
                OnnxAttribute.Of("pads", window.Pads), OnnxAttribute.Of("strides", window._strides),
            ]);
    }

    /// <summary>Computes the shape of two values joined element by element: dimensions are aligned at the last, and 1 fits any.</summary>
    /// <returns>The shape; null if the two do not fit.</returns>
    public static IReadOnlyList<long>? Broadcast(IReadOnlyList<long> one, IReadOnlyList<long> other)
    {
        long[] shape = new long[Math.Max(one.Count, other.Count)];
        for (int i = 1; i <= shape.Length; i++)
        {
            long first = i <= one.Count ? one[^i] : 1, second = i <= other.Count ? other[^i] : 1;
            if (first != second && first != 1 && second != 1)
                return null;
            shape[^i] = Math.Max(first, second);
        }

        return shape;
    }

    /// <summary>Computes height and width of the output.</summary>
    /// <exception cref="InvalidDataException">The window is larger than the picture, or the padding than the window.</exception>
    public long[] SizesOf(IReadOnlyList<long> picture)
    {
        if (picture.Count != 4)
            throw _layer.Wrong($"reads a value with {picture.Count} dimensions; it must have 4");
        long[] sizes = new long[2];
        for (int i = 0; i < 2; i++)
        {
            long extent = (_dilations[i] * (_kernel[i] - 1)) + 1, room = picture[2 + i] + _begin[i] + _end[i] - extent;
            if (room < 0 || _begin[i] >= extent || _end[i] >= extent)
                throw _layer.Wrong($"has a window of {extent} on {picture[2 + i]} pixels with {_begin[i]} and {_end[i]} around, which "
                    + "does not fit");
            sizes[i] = (room / _strides[i]) + 1;
        }

        return sizes;
    }

    /// <summary>Makes the attributes of a convolution.</summary>
    public OnnxAttribute[] AttributesWith(long groups) =>
    [
        OnnxAttribute.Of("dilations", _dilations), OnnxAttribute.Of("group", groups), OnnxAttribute.Of("kernel_shape", _kernel),
        OnnxAttribute.Of("pads", Pads), OnnxAttribute.Of("strides", _strides),
    ];

    private long[] Pads => [.. _begin, .. _end];
}
