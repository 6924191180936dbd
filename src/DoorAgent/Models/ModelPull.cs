using DoorAgent.Networks;

namespace DoorAgent.Models;

/// <summary>How it ended with one network.</summary>
/// <param name="Entry">Which one.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="IsNew">Whether it was fetched now; false where the right file was there already.</param>
/// <param name="Refusal">Why it is not there; null when it is.</param>
internal sealed record PulledModel(CatalogueEntry Entry, string Path, bool IsNew, string? Refusal);

/// <summary>Gets networks of the catalogue from their addresses, where they are not here already.</summary>
/// <param name="store">Where networks are looked for.</param>
/// <param name="target">The directory that they are put into, the store's first.</param>
/// <param name="download">Fetches them.</param>
internal sealed class ModelPull(ModelStore store, string target, ModelDownload download)
{
    /// <summary>Which networks are meant: those named, else the strong pair and those of the settings that are not built in.</summary>
    /// <param name="ids">Catalogue ids; empty for the default.</param>
    /// <param name="settings">Ids that the settings name.</param>
    /// <exception cref="UserErrorException">The catalogue has no such network.</exception>
    public static IReadOnlyList<CatalogueEntry> Choose(IReadOnlyList<string> ids, IReadOnlyList<string> settings) => ids.Count > 0
        ? [.. ids.Distinct().Select(Catalogue.Embedded.Find)]
        : [.. Catalogue.StrongPair.Concat(settings).Distinct().Select(Catalogue.Embedded.Find).Where(entry => !entry.IsBuiltIn && entry.HasFile)];

    /// <summary>Gets one after the other; where one cannot be had the others are still got, unless the program is to stop.</summary>
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

    private async Task<PulledModel> RunAsync(CatalogueEntry entry, CancellationToken stopping)
    {
        string path = Path.Combine(target, entry.File);
        try
        {
            if (store.Find(entry) is { } whole)
                return new PulledModel(entry, whole, IsNew: false, null);
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
}
