using System.Text;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Models;

public sealed class PReluAsMaximumTests
{
    public static TheoryData<string> Ids => [.. Catalogue.Liveness];

    [Theory]
    [MemberData(nameof(Ids))]
    public void TheRewrittenNetworkGivesTheSameNumbers(string id)
    {
        CatalogueEntry entry = Catalogue.Embedded.Find(id);
        byte[] content = new ModelStore([Shared.Need("models")]).Open(entry).Content, rewritten = PReluAsMaximum.Rewritten(content);
        Assert.Equal((33, 0, 0), (Count(content, "PRelu"), Count(rewritten, "PRelu"), Count(content, "Max")));
        Assert.Equal(33, Count(rewritten, "Max"));
        using Network original = new(id, content), other = new(id, rewritten);
        Random random = new(7);
        for (int trial = 0; trial < 5; trial++)
        {
            float[] input = [.. Enumerable.Range(0, 3 * entry.Input.Width * entry.Input.Height)
                .Select(_ => random.Next(256) * entry.Input.Scale)];
            float[] expected = Run(original, entry, input), found = Run(other, entry, input);
            Assert.Equal(entry.KnownAnswer.Length, found.Length);
            Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1.001f, 1)]
    [InlineData(float.NaN, 1)]
    public void ASlopeAboveOneKeepsItsPRelu(float slope, int kept)
    {
        byte[] content = new ModelStore([Shared.Need("models")]).Open(Catalogue.Embedded.Find("minifasnet-v2")).Content;
        OnnxArray array = OnnxFile.ReadInitializers(content).First(array => array.Dimensions is [32, 1, 1]);
        OnnxWeights.Change(content, array, (_, values) => values[3] = slope);
        Assert.Equal(kept, Count(PReluAsMaximum.Rewritten(content), "PRelu"));
    }

    [Fact]
    public void ANetworkWithoutPReluIsUnchanged()
    {
        byte[] content = File.ReadAllBytes(Path.Combine(Places.BuiltInModels, "door-detector.onnx"));
        Assert.Equal(content, PReluAsMaximum.Rewritten(content));
    }

    [Fact]
    public void AFileThatIsCutOffIsInvalid() => Assert.Throws<InvalidDataException>(() => PReluAsMaximum.Rewritten([
        .. File.ReadAllBytes(Path.Combine(Places.BuiltInModels, "door-detector.onnx")).Take(1000)]));

    private static float[] Run(Network network, CatalogueEntry entry, float[] input)
    {
        float[] output = [];
        input.CopyTo(network.Input(entry.Input.Height, entry.Input.Width));
        network.Run((_, values) => output = values.ToArray());
        return output;
    }

    /// <summary>Counts the nodes with an operator: the field op_type (4) of this length and text.</summary>
    private static int Count(byte[] file, string operatorType)
    {
        byte[] field = [(4 << 3) | 2, (byte)operatorType.Length, .. Encoding.ASCII.GetBytes(operatorType)];
        int count = 0;
        for (int at = file.AsSpan().IndexOf(field); at >= 0;)
        {
            count++;
            int next = file.AsSpan(at + 1).IndexOf(field);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return count;
    }
}
