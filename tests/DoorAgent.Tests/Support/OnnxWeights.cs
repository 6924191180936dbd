using System.Runtime.InteropServices;
using DoorAgent.Models;

namespace DoorAgent.Tests.Support;

/// <summary>Changes the values of a weight array in place.</summary>
internal delegate void WeightChange(OnnxArray array, Span<float> values);

/// <summary>Overwrites weights in an ONNX file, so that the repository need not contain files of bad networks.</summary>
internal static class OnnxWeights
{
    public static void Change(byte[] file, OnnxArray array, WeightChange change)
    {
        Span<byte> raw = file.AsSpan(array.Offset, array.Length);
        if (array.ValueSize == 4)
        {
            change(array, MemoryMarshal.Cast<byte, float>(raw));
            return;
        }

        Span<Half> halves = MemoryMarshal.Cast<byte, Half>(raw);
        float[] values = [.. halves.ToArray().Select(half => (float)half)];
        change(array, values);
        for (int i = 0; i < values.Length; i++)
            halves[i] = (Half)values[i];
    }
}
