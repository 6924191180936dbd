using DoorAgent.Liveness;
using DoorAgent.Networks;
using DoorAgent.Storage;

namespace DoorAgent.Models;

/// <summary>Opens the liveness networks that are at hand, after their self-tests.</summary>
internal static class LivenessFactory
{
    /// <summary>Opens the liveness check: a missing network makes the check weaker, a wrong one is refused.</summary>
    /// <exception cref="UserErrorException">A network is another file, cannot be loaded, or fails its self-test: the door stays
    /// locked.</exception>
    public static LivenessCheck Open(Places places, LivenessOptions options) =>
        new(options.UsesNetworks ? Networks(new ModelStore(places.ModelDirectories)) : null, options);

    /// <summary>Returns the ids of the liveness networks whose files are in none of the directories, whatever the mode.</summary>
    public static IReadOnlyList<string> Missing(Places places)
    {
        ModelStore store = new(places.ModelDirectories);
        return [.. Catalogue.Liveness.Where(id => store.Locate(EntryOf(id)) is null)];
    }

    /// <summary>Opens one network after its self-test.</summary>
    /// <exception cref="UserErrorException">The network is missing, is another file, cannot be loaded, or fails its self-test.</exception>
    internal static LivenessNetwork Open(ModelStore store, CatalogueEntry entry)
    {
        LivenessNetwork? network = null;
        try
        {
            network = Load(store, entry);
            LivenessSelfTest.Run(network);
            return network;
        }
        catch
        {
            network?.Dispose();
            throw;
        }
    }

    /// <summary>Loads one network without a self-test.</summary>
    /// <exception cref="UserErrorException">The network is missing, is another file, or cannot be loaded.</exception>
    internal static LivenessNetwork Load(ModelStore store, CatalogueEntry entry)
    {
        Network network = new(entry.Id, PReluAsMaximum.Rewritten(store.Open(entry).Content));
        try
        {
            return new LivenessNetwork(entry, network);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static LivenessNetworks? Networks(ModelStore store)
    {
        List<LivenessNetwork> open = [];
        try
        {
            // A network that is not used, because its partner is missing, is checked too: a wrong file is a mistake to be told.
            foreach (CatalogueEntry entry in Catalogue.Liveness.Select(EntryOf).Where(entry => store.Locate(entry) is not null))
                open.Add(Open(store, entry));
            LivenessNetwork?[] byPlace = [.. Catalogue.Liveness.Select(id => open.FirstOrDefault(network => network.Entry.Id == id))];
            if (byPlace is [{ } first, { } second, var third])
            {
                return new LivenessNetworks((first, second), third)
                {
                    Files = [.. open.Select(network => new LoadedFile(store.Locate(network.Entry)!, network.Entry.Sha256)
                    {
                        IsOptional = true,
                    })],
                };
            }
        }
        catch
        {
            open.ForEach(network => network.Dispose());
            throw;
        }

        open.ForEach(network => network.Dispose());
        return null;
    }

    private static CatalogueEntry EntryOf(string id) => Catalogue.Embedded.Find(id, ModelTask.Liveness);
}
