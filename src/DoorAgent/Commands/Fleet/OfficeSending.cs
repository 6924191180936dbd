using DoorAgent.Office;

namespace DoorAgent.Commands.Fleet;

/// <summary>Brings to the hub what a command has decided, and says so.</summary>
internal static class OfficeSending
{
    /// <summary>Brings everything that waits.</summary>
    /// <returns>Exit code 0 where the hub has all, 1 where something waits.</returns>
    public static async Task<int> RunAsync(FleetOffice office, CancellationToken stopping)
    {
        (bool isComplete, IReadOnlyList<string> lines) = await HubDelivery.RunAsync(office, new Progress<int>(), stopping);
        foreach (string line in lines)
            Console.WriteLine(line);
        return isComplete ? 0 : 1;
    }
}
