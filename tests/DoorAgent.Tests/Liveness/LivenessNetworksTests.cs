using CsCheck;
using DoorAgent.Faces;
using DoorAgent.Liveness;
using DoorAgent.Networks;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Liveness;

public sealed class LivenessNetworksTests
{
    private static readonly LivenessFrame Face = new(SomeFrames.Random(60, 40, 1), new Face(new FaceBox(10, 10, 20, 20), 1, default));

    private static readonly Gen<double> Logits = Gen.Double[-12, 12];

    [Fact]
    public void ThreeNetworksAddTheirClippedLogits() => Gen.Select(Logits, Logits, Logits).Sample((first, second, third) =>
        Math.Abs(Score(first, second, third) - (Clipped(first) + Clipped(second) + Clipped(third))) < 1e-4);

    [Fact]
    public void ThePairGivesTheLogitOfItsMeanProbability() => Gen.Select(Logits, Logits).Sample((first, second) =>
    {
        double mean = (Probability(first) + Probability(second)) / 2;
        return Math.Abs(Score(first, second, null) - Clipped(Math.Log(mean / (1 - mean)))) < 1e-4;
    });

    [Theory]
    [InlineData(0, 0, null, 0)]
    [InlineData(1e4, 1e4, null, 8)]
    [InlineData(-1e4, -1e4, null, -8)]
    [InlineData(1e4, -1e4, null, 0)]
    [InlineData(1e4, 1e4, 1e4, 24)]
    [InlineData(-1e4, -1e4, -1e4, -24)]
    [InlineData(1e4, -1e4, 1.0, 1)]
    public void NoNetworkOutweighsTheOthers(double first, double second, double? third, double score) =>
        Assert.Equal(score, Score(first, second, third), 1e-4);

    [Fact]
    public void WithoutTheThirdNetworkThePairJudges()
    {
        using LivenessNetworks pair = Made(1, 1, null), all = Made(1, 1, 1);
        Assert.Equal((LivenessStrength.Pair, LivenessStrength.Full), (pair.Strength, all.Strength));
    }

    [Theory]
    [InlineData(false, -8)]
    [InlineData(true, -24)]
    public void AFaceOutsideTheFrameHasTheLeastScore(bool hasThird, double score)
    {
        using LivenessNetworks networks = Made(20, 20, hasThird ? 20 : null);
        Assert.Equal(score, networks.Score(Face with { Face = Face.Face with { Box = new FaceBox(-30, 0, 20, 20) } }));
    }

    [Theory]
    [InlineData(double.NaN, 8, 8)]
    [InlineData(8, double.NaN, 8)]
    [InlineData(8, 8, double.NaN)]
    public void OneBrokenNetworkIsAFault(double first, double second, double third) =>
        Assert.Throws<NetworkFaultException>(() => Score(first, second, third));

    [Fact]
    public void EveryNetworkIsDisposed()
    {
        MadeNetwork[] made = [new(80, 80), new(80, 80), new(128, 128)];
        new LivenessNetworks((Of("minifasnet-v2", made[0]), Of("minifasnet-v1se", made[1])), Of("minifasnet-v2se", made[2])).Dispose();
        Assert.All(made, network => Assert.True(network.IsDisposed));
    }

    private static double Score(double first, double second, double? third)
    {
        using LivenessNetworks networks = Made(first, second, third);
        return networks.Score(Face);
    }

    /// <summary>Networks that give these live logits.</summary>
    private static LivenessNetworks Made(double first, double second, double? third)
    {
        // The two other classes of the pair share the probability: ln(2 e^0) is their part.
        float shift = MathF.Log(2);
        return new LivenessNetworks(
            (Of("minifasnet-v2", new MadeNetwork(80, 80, 0, (float)first + shift, 0)),
                Of("minifasnet-v1se", new MadeNetwork(80, 80, 0, (float)second + shift, 0))),
            third is { } logit ? Of("minifasnet-v2se", new MadeNetwork(128, 128, (float)logit, 0)) : null);
    }

    private static LivenessNetwork Of(string id, MadeNetwork network) => new(Catalogue.Embedded.Find(id), network);

    private static double Clipped(double logit) => Math.Min(8, Math.Max(-8, logit));

    private static double Probability(double logit) => Math.Exp(logit) / (1 + Math.Exp(logit));
}
