using DoorAgent.Models;

namespace DoorAgent.Fuzz.Targets;

/// <summary>A network of a few hundred bytes: a picture of three channels through a convolution and a PRelu.</summary>
internal static class MadeOnnx
{
    public static byte[] Small()
    {
        OnnxGraph graph = new("made");
        graph.AddWeights("w", new WeightArray([2, 3, 1, 1], [.. Enumerable.Repeat((Half)0.5, 6)]));
        graph.AddWeights("slope", new WeightArray([2, 1, 1], [(Half)0.25, (Half)0.5]));
        graph.AddNode("Conv", ["input", "w"], "c", [1, 2, 112, 112], OnnxAttribute.Of("kernel_shape", [1, 1]));
        graph.AddNode("PRelu", ["c", "slope"], "p", [1, 2, 112, 112]);
        graph.AddNode("GlobalAveragePool", ["p"], "g", [1, 2, 1, 1]);
        return graph.ToFile(("input", [1, 3, 112, 112]), ("output", [1, 2, 1, 1]), "g");
    }
}
