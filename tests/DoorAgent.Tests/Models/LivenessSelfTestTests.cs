using DoorAgent.Liveness;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Models;

public sealed class LivenessSelfTestTests
{
    public static TheoryData<string> Ids => [.. Catalogue.Liveness];

    [Theory]
    [MemberData(nameof(Ids))]
    public void EveryLivenessNetworkGivesItsKnownAnswer(string id)
    {
        CheckedModel model = new ModelCheck(new ModelStore([Shared.Need("models")]), TimeProvider.System).Run(Entry(id));
        Assert.Null(model.Refusal);
        Assert.EndsWith("from the known answer", model.Off, StringComparison.Ordinal);
    }

    /// <summary>MiniFASNet is fed 0 to 1 instead of 0 to 255, and minifasnet-v2se the other way round.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void TheWrongScaleIsCaught(string id) =>
        Assert.Contains("known input", WhyRefused(Entry(id), input => input with { Scale = 1 / 255f / input.Scale }),
            StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Ids))]
    public void SwappedChannelsAreCaught(string id) => Assert.Contains("known input",
        WhyRefused(Entry(id), input => input with { Channels = input.Channels == "RGB" ? "BGR" : "RGB" }), StringComparison.Ordinal);

    /// <summary>A mean of ImageNet's, which most networks expect and none of these.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void AMeanThatIsSubtractedIsCaught(string id) => Assert.Contains("known input",
        WhyRefused(Entry(id), input => input with { Mean = [.. input.Mean.Select(_ => 128 * input.Scale)] }), StringComparison.Ordinal);

    [Theory]
    [InlineData("minifasnet-v2", "minifasnet-v1se")]
    [InlineData("minifasnet-v1se", "minifasnet-v2")]
    public void TheOtherNetworkOfThePairIsCaught(string id, string other) => Assert.Contains("known input",
        Assert.Throws<UserErrorException>(() => LivenessSelfTest.Run(
            new LivenessNetwork(Entry(id), new Network(other, new ModelStore([Shared.Need("models")]).Open(Entry(other)).Content))))
            .Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(-0.4556f, -0.15206f, 0.60753f, null)]
    [InlineData(-0.4556f, -0.15206f, 0.63f, "0.022 away")]
    [InlineData(-0.4556f, float.NaN, 0.60753f, "not finite")]
    public void EachOutputMustBeWithinTheTolerance(float print, float live, float replay, string? why)
    {
        using LivenessNetwork network = new(Entry("minifasnet-v2"), new MadeNetwork(80, 80, print, live, replay));
        if (why is null)
        {
            LivenessSelfTest.Run(network);
            return;
        }

        string refusal = Assert.Throws<UserErrorException>(() => LivenessSelfTest.Run(network)).Message;
        Assert.Contains(why, refusal, StringComparison.Ordinal);
        Assert.Contains("The door stays locked", refusal, StringComparison.Ordinal);
    }

    private static string WhyRefused(CatalogueEntry entry, Func<ModelInput, ModelInput> change)
    {
        byte[] content = new ModelStore([Shared.Need("models")]).Open(entry).Content;
        using LivenessNetwork network = new(entry with { Input = change(entry.Input) }, new Network(entry.Id, content));
        return Assert.Throws<UserErrorException>(() => LivenessSelfTest.Run(network)).Message;
    }

    private static CatalogueEntry Entry(string id) => Catalogue.Embedded.Find(id, ModelTask.Liveness);
}
