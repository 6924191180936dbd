using System.Globalization;
using System.Runtime.InteropServices;
using DoorAgent.Models;
using DoorAgent.Storage;

namespace DoorAgent.Tests.Support;

/// <summary>Writes the weights of the built-in encoder as CSV files, in the layout of the seed's notebook.</summary>
internal static class OpenFaceFolder
{
    /// <summary>Writes all files.</summary>
    /// <param name="folder">The folder to create.</param>
    /// <param name="change">Changes an array before it is written.</param>
    public static string Write(string folder, WeightChange? change = null)
    {
        Directory.CreateDirectory(folder);
        byte[] graph = File.ReadAllBytes(Path.Combine(Places.BuiltInModels, "door-encoder.onnx"));
        foreach (OnnxArray array in OnnxFile.ReadInitializers(graph).Where(array => array.IsFloat && array.Dimensions.Count > 0))
        {
            ReadOnlySpan<byte> raw = graph.AsSpan(array.Offset, array.Length);
            float[] values = array.ValueSize == 4
                ? MemoryMarshal.Cast<byte, float>(raw).ToArray()
                : [.. MemoryMarshal.Cast<byte, Half>(raw).ToArray().Select(half => (float)half)];
            change?.Invoke(array, values);
            File.WriteAllText(Path.Combine(folder, OpenFaceCsv.FileOf(array)),
                string.Join(',', values.Select(value => value.ToString(CultureInfo.InvariantCulture))) + "\n");
        }

        return folder;
    }
}
