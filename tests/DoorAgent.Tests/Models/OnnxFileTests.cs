using System.Runtime.InteropServices;
using DoorAgent.Models;
using DoorAgent.Storage;

namespace DoorAgent.Tests.Models;

public sealed class OnnxFileTests
{
    private static readonly byte[] Graph = File.ReadAllBytes(Path.Combine(Places.BuiltInModels, "door-encoder.onnx"));

    [Fact]
    public void WithoutNewValuesTheFileIsUnchanged() =>
        Assert.True(Graph.AsSpan().SequenceEqual(OnnxFile.With(Graph, new Dictionary<string, float[]>())));

    [Fact]
    public void AReplacedArrayHasTheNewValuesAndTheOthersAreUnchanged()
    {
        OnnxArray[] before = [.. OnnxFile.ReadInitializers(Graph)];
        OnnxArray changed = before.Single(array => array.Name == "inception_4a_5x5_conv2_w_h");
        float[] values = [.. Enumerable.Range(0, (int)changed.Count).Select(i => i / 7f)];

        byte[] file = OnnxFile.With(Graph, new Dictionary<string, float[]> { [changed.Name] = values });

        OnnxArray[] after = [.. OnnxFile.ReadInitializers(file)];
        Assert.Equal(before.Select(array => array.Name), after.Select(array => array.Name));
        foreach ((OnnxArray old, OnnxArray made) in before.Zip(after))
        {
            Assert.Equal(old.Dimensions, made.Dimensions);
            if (old.Name != changed.Name)
                Assert.True(Graph.AsSpan(old.Offset, old.Length).SequenceEqual(file.AsSpan(made.Offset, made.Length)), old.Name);
        }

        OnnxArray now = after.Single(array => array.Name == changed.Name);
        Assert.Equal(OnnxArray.Float32, now.Type);
        Assert.Equal(values, MemoryMarshal.Cast<byte, float>(file.AsSpan(now.Offset, now.Length)).ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(1_000_000)]
    public void ATruncatedFileIsRefused(int bytes) =>
        Assert.Throws<InvalidDataException>(() => OnnxFile.With(Graph.AsSpan(0, bytes), new Dictionary<string, float[]>()));
}
