using DoorAgent.Encodings;
using DoorAgent.Hardware.Settings;
using DoorAgent.Networks;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Networks;

public sealed class AddedNetworksTests : IDisposable
{
    private static readonly AddedNetwork Network = new("mobilefacenet", 10, new string('a', 64),
        Catalogue.Embedded.Find("mobilefacenet").Input, 2, [0.6f, 0.8f], "net.onnx", new DateOnly(2026, 11, 28));

    private readonly TempFolder _one = new();
    private readonly TempFolder _two = new();

    public void Dispose()
    {
        _one.Dispose();
        _two.Dispose();
    }

    [Fact]
    public void TheFirstDirectoryCounts()
    {
        Write(_one, "own-a", Network);
        Write(_two, "own-a", Network with { Bytes = 11 });
        Write(_two, "own-b", Network with { Bytes = 12 });
        Catalogue catalogue = Catalogue.Of([_one.Path, "/nowhere", _two.Path]);
        Assert.Equal([("own-a", 10L), ("own-b", 12L)],
            catalogue.Entries.Where(entry => entry.IsAdded).Select(entry => (entry.Id, entry.Bytes)));
        Assert.Equal(Catalogue.Embedded.Entries.Count + 2, catalogue.Entries.Count);
        Assert.Empty(catalogue.Unusable);
        Assert.DoesNotContain(Catalogue.Embedded.Entries, entry => entry.IsAdded);
    }

    [Fact]
    public void NoEntryOfTheProgramHasAnIdOfAnAddedNetwork()
    {
        Assert.DoesNotContain(Catalogue.Embedded.Entries, entry => AddedNetwork.IsId(entry.Id));
        Write(_one, "mobilefacenet", Network);
        Assert.False(Catalogue.Of([_one.Path]).Find("mobilefacenet").IsAdded);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("null", "it is empty")]
    [InlineData("{\"like\":\"mobilefacenet\"}", "required")]
    [InlineData("\"like\": \"mobilefacenet\"|\"like\": \"nobodys\"", "it is like nobodys")]
    [InlineData("\"like\": \"mobilefacenet\"|\"like\": \"pixels\"", "it is like pixels")]
    [InlineData("\"like\": \"mobilefacenet\"|\"like\": \"face-reid-0095\"", "its input is 112 x 112")]
    [InlineData("\"dimension\": 2|\"dimension\": 3", "2 numbers and must have 3")]
    [InlineData("\"channels\": \"RGB\"|\"channels\": \"GRB\"", "its input needs")]
    [InlineData("0.485,|", "its input needs")]
    public void AnUnusableDescriptionIsReportedAndLeavesTheOthersAlone(string change, string why)
    {
        Write(_one, "own-a", Network);
        string good = File.ReadAllText(_one.File("own-a.json"));
        _one.Write("own-b.json", change.Split('|') is [var from, var to] ? good.Replace(from, to, StringComparison.Ordinal) : change);
        Catalogue catalogue = Catalogue.Of([_one.Path]);
        string unusable = Assert.Single(catalogue.Unusable);
        Assert.Contains(why, unusable, StringComparison.Ordinal);
        Assert.Contains("own-b.json", unusable, StringComparison.Ordinal);
        Assert.Equal(unusable, Assert.Throws<UserErrorException>(() => catalogue.Find("own-b")).Message);
        Assert.Equal(unusable, Assert.Throws<UserErrorException>(() => catalogue.Find("own-b", ModelTask.Encoder)).Message);
        Assert.Equal("own-a", catalogue.Find("own-a").Id);
    }

    [Fact]
    public void AnAddedEncoderMayBeConfiguredAndATypoMayNot()
    {
        Assert.Empty(OptionErrors.Of(new EncodingOptions { Encoder = "own-mine" }));
        Assert.Contains("There is no encoder 'sfacee'", Assert.Single(OptionErrors.Of(new EncodingOptions { Encoder = "sfacee" })),
            StringComparison.Ordinal);
    }

    private static void Write(TempFolder folder, string id, AddedNetwork network) =>
        File.WriteAllBytes(folder.File(AddedNetwork.DescriptionOf(id)), network.ToJson());
}
