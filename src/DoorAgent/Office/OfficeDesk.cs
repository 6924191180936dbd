using DoorAgent.Hub;

namespace DoorAgent.Office;

/// <summary>What the office's commands do with the hub, step by step.</summary>
internal static class OfficeDesk
{
    /// <summary>Forgets old removals where that is due, and sends what follows from that.</summary>
    /// <param name="office">The office.</param>
    /// <param name="hub">The hub.</param>
    /// <param name="stopping">Ends the sending.</param>
    /// <returns>How many removals were forgotten.</returns>
    /// <exception cref="IOException">The hub does not take the records; they wait on.</exception>
    public static async Task<int> CompactAsync(FleetOffice office, OfficeHub hub, CancellationToken stopping)
    {
        if (!Compaction.MayBeDue(office))
            return 0;
        int forgotten = Compaction.Run(office, await DoorsAsync(office, hub, stopping));
        await HubDelivery.SendAsync(office, hub, new Progress<int>(), stopping);
        return forgotten;
    }

    /// <summary>Reads what the doors say.</summary>
    /// <exception cref="IOException">The hub does not answer.</exception>
    public static async Task<IReadOnlyList<DoorReport>> DoorsAsync(FleetOffice office, OfficeHub hub, CancellationToken stopping) =>
        DoorReport.ReadAll(office, await hub.ReadAsync(HubNames.Doors, stopping));
}
