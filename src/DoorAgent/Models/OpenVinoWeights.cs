using System.Globalization;
using System.Runtime.InteropServices;

namespace DoorAgent.Models;

/// <summary>An array of weights.</summary>
/// <param name="Shape">The shape; empty for a single value.</param>
/// <param name="Values">The values, as many as the shape says.</param>
internal sealed record WeightArray(IReadOnlyList<long> Shape, Half[] Values)
{
    /// <summary>Returns the same values in another shape of the same size.</summary>
    public WeightArray As(params IReadOnlyList<long> shape) => this with { Shape = shape };
}

/// <summary>
/// Reads weights from the second file of OpenVINO's format: the values of all Const layers, little-endian, each at the offset that the
/// layer states. Values of 32 bits are rounded to 16 (nearest, ties to even), as the publisher rounds them for the FP16 files.
/// </summary>
internal sealed class OpenVinoWeights(byte[] file)
{
    /// <summary>Reads the values of a Const layer.</summary>
    /// <exception cref="InvalidDataException">The layer does not fit the file, or a value is not a finite number of 16 bits.</exception>
    public WeightArray Read(OpenVinoLayer layer)
    {
        long[] shape = layer.Numbers("shape");
        int valueSize = SizeOf(layer.Text("element_type"), layer);
        if (layer.Numbers("offset") is not [var offset] || layer.Numbers("size") is not [var size])
            throw layer.Wrong("needs one offset and one size");
        if (offset > file.Length || size > file.Length - offset)
        {
            throw layer.Wrong(string.Create(CultureInfo.InvariantCulture, $"claims {size:#,0} bytes from byte {offset:#,0} on, and the "
                + $"file of the weights has {file.Length:#,0}: it is cut off, or belongs to another graph"));
        }

        if (CountOf(shape, size / valueSize) != size / valueSize || size % valueSize != 0)
            throw layer.Wrong(FormattableString.Invariant($"has {size:#,0} bytes, which do not fit the shape {string.Join(" x ", shape)}"));
        ReadOnlySpan<byte> bytes = file.AsSpan((int)offset, (int)size);
        Half[] values = valueSize == 2 ? MemoryMarshal.Cast<byte, Half>(bytes).ToArray()
            : [.. MemoryMarshal.Cast<byte, float>(bytes).ToArray().Select(value => (Half)value)];
        return values.All(Half.IsFinite) ? new WeightArray(shape, values) : throw layer.Wrong("has a value that is not a finite number of "
            + "16 bits");
    }

    /// <summary>Returns the size of a value in bytes.</summary>
    /// <exception cref="InvalidDataException">The type is neither f32 nor f16.</exception>
    public static int SizeOf(string elementType, OpenVinoLayer layer) => elementType switch
    {
        "f32" => 4,
        "f16" => 2,
        _ => throw layer.Wrong($"has numbers of the type {elementType}, and only f32 and f16 are known"),
    };

    /// <summary>Counts the values of a shape; -1 if there are more than a limit, so that no product overflows.</summary>
    private static long CountOf(long[] shape, long most)
    {
        long count = 1;
        foreach (long dimension in shape)
        {
            if (dimension == 0 || count > most / dimension)
                return -1;
            count *= dimension;
        }

        return count;
    }
}
