using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Models;

public sealed class ModelPullTests : IDisposable
{
    private static readonly byte[] Content = File.ReadAllBytes(Path.Combine(Places.BuiltInModels, "door-detector.onnx"));

    private readonly TempFolder _folder = new();
    private readonly PullNotes _notes = new();
    private readonly CancellationTokenSource _stop = new();

    public void Dispose()
    {
        _stop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void WithoutIdsTheNetworksForARealDoorAndTheConfiguredOnesArePulled()
    {
        string[] real = ["yunet-n", "mobilefacenet", "face-reid-0095", "minifasnet-v2", "minifasnet-v1se", "minifasnet-v2se"];
        Assert.Equal(real, Ids([], "door-detector", "door-encoder"));
        Assert.Equal([.. real, "sface"], Ids([], "yunet-n", "sface"));
        Assert.Equal(real, Ids([], "yunet-n", "pixels"));
        Assert.Equal(["door-encoder", "sface"], Ids(["door-encoder", "sface", "sface"], "yunet-n", "mobilefacenet"));
        Assert.Equal(["yunet-n", "mobilefacenet", "face-reid-0095"], Ids(["yunet-n", "mobilefacenet+face-reid-0095", "mobilefacenet"]));
        Assert.Contains("Known:", Assert.Throws<UserErrorException>(() => Ids(["yunett"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryAddressIsEncryptedAndNamesOneCommit()
    {
        Assert.All(Catalogue.Embedded.Entries.Where(entry => entry.Url is not null),
            entry => Assert.Matches("^https://[^?]+/[0-9a-f]{40}/", entry.Url!.ToString()));
        Assert.Equal(["door-detector", "door-encoder", "face-reid-0095", "mobilefacenet+face-reid-0095", "openface", "pixels"],
            Catalogue.Embedded.Entries.Where(entry => entry is { Url: null, Formerly: null }).Select(entry => entry.Id));
        Assert.All(Catalogue.Embedded.Entries.Where(entry => entry.Url is not null),
            entry => Assert.True(entry.Bytes > 0 && entry.Sha256.Length == 64));
    }

    [Fact]
    public async Task AnExistingNetworkIsNotDownloadedAgain()
    {
        await using SmallWebServer server = new(_ => new WebAnswer("500 Never Asked", []));
        File.WriteAllBytes(_folder.File("one.onnx"), Content);
        PulledModel pulled = Assert.Single(await PullAsync([Entry("one", server)]));
        Assert.Equal((false, null, _folder.File("one.onnx")), (pulled.IsNew, pulled.Refusal, pulled.Path));
        Assert.Empty(server.Seen);
    }

    [Fact]
    public async Task AFailureDoesNotPreventTheOtherDownloads()
    {
        await using SmallWebServer gone = new(_ => new WebAnswer("404 Not Found", []));
        await using SmallWebServer server = new(request => SmallWebServer.File(Content, request));
        IReadOnlyList<PulledModel> pulled = await PullAsync([Entry("one", gone), Entry("two", server)]);
        Assert.Contains("no longer at", pulled[0].Refusal, StringComparison.Ordinal);
        Assert.Equal((true, null), (pulled[1].IsNew, pulled[1].Refusal));
        Assert.Equal([_folder.File("two.onnx")], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task AfterAStopNoOtherDownloadStarts()
    {
        await using SmallWebServer server = new(request => SmallWebServer.File(Content, request));
        _notes.WhenAdvanced = _ => _stop.Cancel();
        PulledModel pulled = Assert.Single(await PullAsync([Entry("one", server), Entry("two", server)]));
        Assert.StartsWith("stopped;", pulled.Refusal, StringComparison.Ordinal);
        Assert.Single(server.Seen);
    }

    [Theory]
    [InlineData("openface", "--openface-csv")]
    [InlineData("pixels", "nothing to download")]
    public async Task ANetworkWithoutAnAddressIsReportedWithTheNextStep(string id, string words) =>
        Assert.Contains(words, (await PullAsync([Catalogue.Embedded.Find(id)]))[0].Refusal, StringComparison.Ordinal);

    [Fact]
    public async Task ABuiltInNetworkExistsUnlessAnotherFileHidesIt()
    {
        Assert.Null((await PullAsync([Catalogue.Embedded.Find(Catalogue.BuiltInEncoder)]))[0].Refusal);
        File.WriteAllText(_folder.File("door-encoder.onnx"), "another");
        Assert.Contains("remove it", (await PullAsync([Catalogue.Embedded.Find(Catalogue.BuiltInEncoder)]))[0].Refusal,
            StringComparison.Ordinal);
    }

    private static IEnumerable<string> Ids(string[] ids, params string[] settings) =>
        ModelPull.Choose(ids, settings).Select(entry => entry.Id);

    private static CatalogueEntry Entry(string id, SmallWebServer server) =>
        Catalogue.Embedded.Find(Catalogue.BuiltInDetector) with { Id = id, File = id + ".onnx", Url = server.Address };

    private async Task<IReadOnlyList<PulledModel>> PullAsync(CatalogueEntry[] entries)
    {
        using HttpClient http = ModelDownload.Client(new SocketsHttpHandler());
        return await new ModelPull(new ModelStore([_folder.Path, Places.BuiltInModels]), _folder.Path,
            new ModelDownload(http, TimeProvider.System, _notes)).RunAsync(entries, _stop.Token);
    }
}
