using CsCheck;
using DoorAgent.Faces;
using DoorAgent.Liveness;
using DoorAgent.Networks;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Liveness;

public sealed class LivenessNetworkTests
{
    private static readonly LivenessFrame Face = new(SomeFrames.Random(60, 40, 1), new Face(new FaceBox(10, 10, 20, 20), 1, default));

    [Fact]
    public void TheLiveLogitOfThreeClassesIsThatOfTheSoftmax() =>
        Gen.Select(Gen.Float[-30, 30], Gen.Float[-30, 30], Gen.Float[-30, 30]).Sample((print, live, replay) =>
            Math.Abs(Logit("minifasnet-v2", print, live, replay) - (live - Math.Log(Math.Exp(print) + Math.Exp(replay)))) < 1e-9);

    [Fact]
    public void TheLiveLogitOfTwoClassesIsTheirDifference() =>
        Gen.Select(Gen.Float[-100, 100], Gen.Float[-100, 100]).Sample((live, spoof) =>
            Math.Abs(Logit("minifasnet-v2se", live, spoof) - ((double)live - spoof)) < 1e-4);

    [Fact]
    public void LargeLogitsDoNotOverflow()
    {
        Assert.Equal(-2000, Logit("minifasnet-v2", 1000, -1000, -1000), 1e-6);
        Assert.Equal(2000, Logit("minifasnet-v2", -1000, 1000, -2000), 1e-6);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void AnOutputThatIsNotFiniteIsAFault(float value) => Assert.Contains("not finite",
        Assert.Throws<NetworkFaultException>(() => Logit("minifasnet-v2", 0, value, 0)).Message, StringComparison.Ordinal);

    [Fact]
    public void AnotherNumberOfOutputsIsAFault() => Assert.Contains("returned 2 numbers and must return 3",
        Assert.Throws<NetworkFaultException>(() => Logit("minifasnet-v2", 0, 0)).Message, StringComparison.Ordinal);

    [Fact]
    public void ANetworkOfAnotherInputSizeIsRefused() => Assert.Contains("1 x 3 x 80 x 80",
        Assert.Throws<UserErrorException>(() => new LivenessNetwork(Catalogue.Embedded.Find("minifasnet-v2"), new MadeNetwork(128, 128)))
            .Message, StringComparison.Ordinal);

    [Fact]
    public void AFaceOutsideTheFrameIsNeverLiveAndRunsNoNetwork()
    {
        MadeNetwork made = new(80, 80, 0, 100, 0);
        using LivenessNetwork network = new(Catalogue.Embedded.Find("minifasnet-v2"), made);
        LivenessFrame outside = Face with { Face = Face.Face with { Box = new FaceBox(70, 10, 20, 20) } };
        Assert.Equal(double.NegativeInfinity, network.LiveLogit(outside));
        Assert.Equal(0, made.Runs);
    }

    private static double Logit(string id, params float[] outputs)
    {
        CatalogueEntry entry = Catalogue.Embedded.Find(id);
        using LivenessNetwork network = new(entry, new MadeNetwork(entry.Input.Width, entry.Input.Height, outputs));
        return network.LiveLogit(Face);
    }
}
