using DoorAgent.Hub;

namespace DoorAgent.Office;

/// <summary>What the office's commands do with the hub, step by step.</summary>
internal static class OfficeDesk
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(5);

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
        await hub.SendAsync(office.Outbox, new Progress<int>(), stopping);
        return forgotten;
    }

    /// <summary>Reads what the doors say.</summary>
    /// <exception cref="IOException">The hub does not answer.</exception>
    public static async Task<IReadOnlyList<DoorReport>> DoorsAsync(FleetOffice office, OfficeHub hub, CancellationToken stopping) =>
        DoorReport.ReadAll(office, await hub.ReadAsync(HubNames.Doors, stopping));

    /// <summary>Reads what the doors say until all of them have what is asked for.</summary>
    /// <param name="office">The office.</param>
    /// <param name="hub">The hub.</param>
    /// <param name="reach">What is asked for.</param>
    /// <param name="waits">Whether to ask again until every door has it.</param>
    /// <param name="changed">Is given each answer that is not the last one.</param>
    /// <param name="stopping">Ends the wait.</param>
    /// <exception cref="IOException">The hub does not answer.</exception>
    public static async Task<IReadOnlyList<ReachedDoor>> ReachedAsync(FleetOffice office, OfficeHub hub, Reach reach, bool waits,
        Action<IReadOnlyList<ReachedDoor>> changed, CancellationToken stopping)
    {
        while (true)
        {
            IReadOnlyList<ReachedDoor> doors = reach.Of(await DoorsAsync(office, hub, stopping));
            if (!waits || doors.All(door => door.HasIt))
                return doors;
            changed(doors);
            await Task.Delay(AskAgainAfter, office.Time, stopping);
        }
    }
}
