using System.Globalization;

namespace DoorAgent.Office;

/// <summary>Brings what the office has decided to the hub: its users, then its records.</summary>
internal static class HubDelivery
{
    private const int TriesAfterReload = 5;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(500);

    /// <summary>Brings everything that waits.</summary>
    /// <param name="office">The office.</param>
    /// <param name="progress">Is given the number of records sent so far.</param>
    /// <param name="stopping">Cancels the wait.</param>
    /// <returns>What happened, a sentence each, and whether the hub has all.</returns>
    /// <exception cref="UserErrorException">A file of the office cannot be written.</exception>
    public static async Task<(bool IsComplete, IReadOnlyList<string> Lines)> RunAsync(
        FleetOffice office, IProgress<int> progress, CancellationToken stopping)
    {
        List<string> lines = [];
        HubFiles files = new(office);
        if (await files.ApplyAsync(stopping) is { } byHand)
            lines.Add(byHand);
        long waiting = office.Outbox.Count;
        if (waiting == 0)
            return (true, lines);
        try
        {
            await using OfficeHub hub = await ConnectAsync(office, files.HasReloaded ? TriesAfterReload : 1, stopping);
            await hub.SendAsync(office.Outbox, progress, stopping);
            lines.Add("The hub has it.");
            return (true, lines);
        }
        catch (IOException away)
        {
            lines.Add($"Not sent yet: {away.Message} {Records(office.Outbox.Count)} wait{(office.Outbox.Count == 1 ? "s" : "")} in the office, "
                + "and the next fleet command sends them, such as 'dooragent fleet renew'.");
            return (false, lines);
        }
    }

    /// <summary>Connects. While a server reads its users again, it refuses those whom it knew and will know.</summary>
    private static async Task<OfficeHub> ConnectAsync(FleetOffice office, int tries, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                return await OfficeHub.ConnectAsync(office, stopping);
            }
            catch (IOException) when (--tries > 0)
            {
                await Task.Delay(BetweenTries, office.Time, stopping);
            }
        }
    }

    private static string Records(long count) => count == 1 ? "1 record" : string.Create(CultureInfo.InvariantCulture, $"{count} records");
}
