using DoorAgent.Networks;

namespace DoorAgent.Models;

/// <summary>The result of the pull of one network.</summary>
/// <param name="Entry">The network.</param>
/// <param name="Path">Path of the file.</param>
/// <param name="IsNew">Whether the file was downloaded now; false if the right file already existed.</param>
/// <param name="Refusal">Why the file is missing; null on success.</param>
internal sealed record PulledModel(CatalogueEntry Entry, string Path, bool IsNew, string? Refusal);

/// <summary>Downloads the missing networks of the catalogue.</summary>
/// <param name="store">Store of the existing networks.</param>
/// <param name="target">Target directory, the first of the store.</param>
/// <param name="download">Downloads one file.</param>
internal sealed class ModelPull(ModelStore store, string target, ModelDownload download)
{
    /// <summary>Selects the networks to pull: the given ones, otherwise those for a real door and the configured ones that are not built
    /// in. Of a composite encoder, its parts.</summary>
    /// <param name="ids">Catalogue ids; empty for the default.</param>
    /// <param name="settings">Ids in the settings.</param>
    /// <exception cref="UserErrorException">An id is not in the catalogue.</exception>
    public static IReadOnlyList<CatalogueEntry> Choose(IReadOnlyList<string> ids, IReadOnlyList<string> settings) => ids.Count > 0
        ? NetworksOf(ids)
        : [.. NetworksOf(Catalogue.StrongPair.Concat(Catalogue.Liveness).Concat(settings.Where(id => !AddedNetwork.IsId(id))))
            .Where(entry => !entry.IsBuiltIn && entry.HasFile)];

    /// <summary>Pulls networks one after another. A failure does not prevent the others; a stop does.</summary>
    public async Task<IReadOnlyList<PulledModel>> RunAsync(IReadOnlyList<CatalogueEntry> entries, CancellationToken stopping)
    {
        List<PulledModel> pulled = [];
        foreach (CatalogueEntry entry in entries)
        {
            if (!stopping.IsCancellationRequested)
                pulled.Add(await RunAsync(entry, stopping));
        }

        return pulled;
    }

    private static CatalogueEntry[] NetworksOf(IEnumerable<string> ids) =>
        [.. ids.Select(Catalogue.Embedded.Find).SelectMany(Catalogue.Embedded.NetworksOf).DistinctBy(entry => entry.Id)];

    private async Task<PulledModel> RunAsync(CatalogueEntry entry, CancellationToken stopping)
    {
        string path = Path.Combine(target, entry.File);
        try
        {
            if (store.Find(entry) is { } whole)
                return new PulledModel(entry, whole, IsNew: false, null);
            if (entry.OpenVino is { } source)
                return await ConvertAsync(entry, source, path, stopping);
            if (entry.Url is null)
                return new PulledModel(entry, path, IsNew: false, DownloadErrors.NoAddress(entry));
            await download.RunAsync(entry, path, stopping);
            return new PulledModel(entry, path, IsNew: true, null);
        }
        catch (UserErrorException refusal)
        {
            return new PulledModel(entry, path, IsNew: false, refusal.Message);
        }
    }

    /// <summary>Downloads the files of OpenVINO's format and makes the network of them. They stay until the network is made, so that the
    /// next run continues.</summary>
    private async Task<PulledModel> ConvertAsync(CatalogueEntry entry, OpenVinoSource source, string path, CancellationToken stopping)
    {
        string xml = Path.ChangeExtension(path, ".xml"), bin = Path.ChangeExtension(path, ".bin");
        await FetchAsync(entry, "graph", source.Xml, xml, stopping);
        await FetchAsync(entry, "weights", source.Bin, bin, stopping);
        ConvertedModel made = OpenVinoImport.Run(xml, bin, target);
        File.Delete(xml);
        File.Delete(bin);
        return new PulledModel(made.Entry, made.Path, IsNew: true, null);
    }

    private async Task FetchAsync(CatalogueEntry entry, string what, PublishedFile file, string path, CancellationToken stopping)
    {
        if (!ModelStore.HasDigest(path, file.Sha256))
        {
            await download.RunAsync(entry with
            {
                Id = $"{entry.Id} ({what})",
                Url = file.Url,
                Bytes = file.Bytes,
                Sha256 = file.Sha256,
            }, path, stopping);
        }
    }
}
