using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Models;

public sealed class OpenVinoPullTests : IDisposable
{
    private static readonly CatalogueEntry Entry = Catalogue.Embedded.Find("face-reid-0095");

    private readonly TempFolder _folder = new();
    private readonly PullNotes _notes = new();

    private string Target => _folder.File("models");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task GraphAndWeightsAreDownloadedAndBecomeTheNetworkOfTheCatalogue()
    {
        (byte[] xml, byte[] bin) = Published();
        // An earlier download was interrupted.
        Directory.CreateDirectory(Target);
        File.WriteAllBytes(Path.ChangeExtension(Path.Combine(Target, Entry.File), ".bin.part"), bin[..1_000_000]);
        await using SmallWebServer graphs = new(request => SmallWebServer.File(xml, request)),
            weights = new(request => SmallWebServer.File(bin, request));
        PulledModel pulled = await PullAsync(graphs, xml, weights, bin);
        Assert.Equal((null, true), (pulled.Refusal, pulled.IsNew));
        Assert.Equal([Path.Combine(Target, Entry.File)], Directory.GetFiles(Target));
        Assert.Equal(Entry.Sha256, ModelStore.Digest(File.ReadAllBytes(pulled.Path)));
        Assert.Equal(1_000_000, Assert.Single(weights.Seen).From);

        PulledModel again = await PullAsync(graphs, xml, weights, bin);
        Assert.Equal((null, false, pulled.Path), (again.Refusal, again.IsNew, again.Path));
        Assert.Single(graphs.Seen);
    }

    [Fact]
    public async Task AnotherFileIsRefusedAndTheNextRunContinuesWithTheOther()
    {
        (byte[] xml, byte[] bin) = Published();
        byte[] changed = [.. bin];
        changed[1000] ^= 1;
        byte[] sent = changed;
        await using SmallWebServer graphs = new(request => SmallWebServer.File(xml, request)),
            weights = new(request => SmallWebServer.File(sent, request));
        PulledModel pulled = await PullAsync(graphs, xml, weights, bin);
        Assert.Contains("face-reid-0095 (weights)", pulled.Refusal, StringComparison.Ordinal);
        Assert.Contains("models import --openvino XML BIN", pulled.Refusal, StringComparison.Ordinal);
        Assert.Equal([Path.ChangeExtension(Path.Combine(Target, Entry.File), ".xml")], Directory.GetFiles(Target));

        sent = bin;
        Assert.Null((await PullAsync(graphs, xml, weights, bin)).Refusal);
        Assert.Single(graphs.Seen);
        Assert.Equal([Path.Combine(Target, Entry.File)], Directory.GetFiles(Target));
    }

    [Fact]
    public void AStickWithBothFilesIsEnough()
    {
        (byte[] xml, byte[] bin) = Published();
        string stick = Directory.CreateDirectory(_folder.File("stick")).FullName;
        File.WriteAllBytes(Path.Combine(stick, "one"), xml);
        File.WriteAllBytes(Path.Combine(stick, "two"), bin);
        Assert.Throws<UserErrorException>(() => ModelImport.Run(Catalogue.Embedded.Entries, stick, Target));
        CatalogueEntry[] known = [Entry with { OpenVino = Source(xml, bin, Entry.OpenVino!.Xml.Url, Entry.OpenVino.Bin.Url) }];
        Assert.Equal(Entry.Sha256, Assert.Single(ModelImport.Run(known, stick, Target)).Entry.Sha256);
        Assert.True(Assert.Single(ModelImport.Run(known, stick, Target)).WasThere);
    }

    [Fact]
    public void TheCatalogueNamesThePublishersFilesOfOneRelease()
    {
        OpenVinoSource source = Entry.OpenVino!;
        Assert.Equal((350_427L, 2_213_628L), (source.Xml.Bytes, source.Bin.Bytes));
        Assert.All([source.Xml, source.Bin], file =>
        {
            Assert.Matches("^https://[^?]+/2023\\.0/models_bin/1/face-reidentification-retail-0095/FP16/", file.Url.ToString());
            Assert.Matches("^[0-9a-f]{64}$", file.Sha256);
        });
        // Two bytes for each weight: the size of the published weights is that of the weights in the network here.
        Assert.Equal(source.Bin.Bytes, OpenVinoFiles.Fp16().Weights.Length);
    }

    private (byte[] Xml, byte[] Bin) Published()
    {
        (string xml, string bin) = OpenVinoFiles.Compressed().Write(_folder.Path);
        return (File.ReadAllBytes(xml), File.ReadAllBytes(bin));
    }

    private static OpenVinoSource Source(byte[] xml, byte[] bin, Uri graph, Uri weights) => new(
        new PublishedFile(graph, xml.Length, ModelStore.Digest(xml)), new PublishedFile(weights, bin.Length, ModelStore.Digest(bin)));

    private async Task<PulledModel> PullAsync(SmallWebServer graphs, byte[] xml, SmallWebServer weights, byte[] bin)
    {
        using HttpClient http = ModelDownload.Client(new SocketsHttpHandler());
        CatalogueEntry entry = Entry with { OpenVino = Source(xml, bin, graphs.Address, weights.Address) };
        ModelDownload download = new(http, TimeProvider.System, _notes);
        return Assert.Single(await new ModelPull(new ModelStore([Target, Places.BuiltInModels]), Target, download)
            .RunAsync([entry], CancellationToken.None));
    }
}
