using DoorAgent.Fleet;
using DoorAgent.Hub;

namespace DoorAgent.Office;

/// <summary>What the office's commands do with the hub, step by step.</summary>
internal static class OfficeDesk
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(5);

    /// <summary>Sends what waits, and forgets old removals where that is due.</summary>
    /// <param name="office">The office.</param>
    /// <param name="hub">The hub.</param>
    /// <param name="progress">Is given how many records were sent.</param>
    /// <param name="stopping">Ends the sending.</param>
    /// <exception cref="IOException">The hub does not take the records; they wait on.</exception>
    public static async Task SendAsync(FleetOffice office, OfficeHub hub, IProgress<int> progress, CancellationToken stopping)
    {
        await hub.SendAsync(office.Outbox, progress, stopping);
        if (Compaction.MayBeDue(office) && Compaction.Run(office, DoorReport.ReadAll(office, await hub.ReadAsync(HubNames.Doors, stopping))) > 0)
            await hub.SendAsync(office.Outbox, progress, stopping);
    }

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
            IReadOnlyList<FleetItem> states = await hub.ReadAsync(HubNames.Doors, stopping);
            IReadOnlyList<ReachedDoor> doors = reach.Of(DoorReport.ReadAll(office, states));
            if (!waits || doors.All(door => door.HasIt))
                return doors;
            changed(doors);
            await Task.Delay(AskAgainAfter, office.Time, stopping);
        }
    }
}
