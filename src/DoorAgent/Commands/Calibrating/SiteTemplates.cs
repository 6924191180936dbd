using System.Numerics.Tensors;
using DoorAgent.Encodings;
using DoorAgent.Networks;

namespace DoorAgent.Commands.Calibrating;

internal static class SiteTemplates
{
    public static Func<float[], float[]> Of(ComparisonRule rule, int dimension) => rows =>
    {
        float[] sum = new float[dimension];
        for (int at = 0; at < rows.Length; at += dimension)
            TensorPrimitives.Add(sum, rows.AsSpan(at, dimension), sum);
        return FaceEncoding.Normalised(sum).Vector.ToArray();
    };
}
