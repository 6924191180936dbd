using DoorAgent.Commands.Output;
using DoorAgent.Office;

namespace DoorAgent.Commands.Fleet;

/// <summary>Runs a command's part that needs the hub, and its sending.</summary>
internal static class HubSession
{
    /// <summary>Connects, and runs work.</summary>
    /// <exception cref="UserErrorException">The hub cannot be reached, or refused; the message says what to do.</exception>
    public static async Task<T> RunAsync<T>(FleetOffice office, Func<OfficeHub, Task<T>> work, CancellationToken stopping)
    {
        try
        {
            await using OfficeHub hub = await OfficeHub.ConnectAsync(office, stopping);
            return await work(hub);
        }
        catch (IOException away)
        {
            throw new UserErrorException(away.Message, away);
        }
    }

    /// <summary>Sends what was decided, shows how far it is, and says what happened.</summary>
    /// <returns>Whether the hub has everything.</returns>
    public static bool Send(FleetOffice office, CancellationToken stopping)
    {
        (bool isComplete, IReadOnlyList<string> lines) = WorkProgress.Show("sending", (int)office.Outbox.Count, "records",
            progress => HubDelivery.RunAsync(office, progress, stopping).GetAwaiter().GetResult());
        foreach (string line in lines)
            Console.WriteLine(line);
        return isComplete;
    }
}
