using System.Globalization;
using DoorAgent.Fleet;
using DoorAgent.Hub;

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
    /// <exception cref="UserErrorException">A file of the office cannot be written, or the hub has something newer of this office.</exception>
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
            await using OfficeHub hub = await ConnectAsync(office, files, stopping);
            await SendAsync(office, hub, progress, stopping);
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

    /// <summary>Sends what waits. An office that was restored from an old copy sends nothing: doors refuse older serials, so a lockdown or a
    /// removal of that office would not arrive, and the newer manifest, which shows that, would be gone from the hub.</summary>
    /// <param name="office">The office.</param>
    /// <param name="hub">The connection to the hub.</param>
    /// <param name="progress">Is given the number of records sent so far.</param>
    /// <param name="stopping">Cancels the wait.</param>
    /// <exception cref="IOException">The hub does not answer, or did not take a record.</exception>
    /// <exception cref="UserErrorException">The hub has a manifest of this office that this office does not know.</exception>
    public static async Task SendAsync(FleetOffice office, OfficeHub hub, IProgress<int> progress, CancellationToken stopping)
    {
        if (office.Outbox.Count == 0)
            return;
        foreach (FleetItem item in await hub.ReadAsync(HubNames.Groups, stopping, HubNames.AllManifests))
        {
            if (office.Groups.Find(item.Key.Split('.')[0]) is { } group && SerialOf(office, group, item.Value) is { } serial
                && (serial > group.Serial || (serial == group.Serial && !item.Value.AsSpan().SequenceEqual(group.Manifest))))
            {
                throw new UserErrorException(string.Create(CultureInfo.InvariantCulture, $"Nothing was sent: the hub has a publication {serial} "
                    + $"of {group.Name} that this office does not know, so the office was restored from an old copy. Run "
                    + $"'dooragent fleet repair' first: it publishes again what the office knows, and what was decided now."));
            }
        }

        await hub.SendAsync(office.Outbox, progress, stopping);
    }

    /// <summary>Returns the serial of a manifest; null where this office did not sign it.</summary>
    private static long? SerialOf(FleetOffice office, OfficeGroup group, byte[] manifest)
    {
        try
        {
            return ManifestSeal.Open(group.Name, manifest, office.Keys.Signing.Public).Serial;
        }
        catch (FleetRecordException)
        {
            return null;
        }
    }

    /// <summary>Connects. While a server reads its users again, it refuses those whom it knew and will know: then several times.</summary>
    /// <param name="office">The office.</param>
    /// <param name="files">The hub's files, which may just have been brought to the server.</param>
    /// <param name="stopping">Cancels the attempts.</param>
    /// <exception cref="IOException">The hub cannot be reached or refused; the message says what to do.</exception>
    /// <exception cref="UserErrorException">The hub's server is good for a test only, and this office is not a test.</exception>
    public static async Task<OfficeHub> ConnectAsync(FleetOffice office, HubFiles files, CancellationToken stopping)
    {
        int tries = files.HasReloaded ? TriesAfterReload : 1;
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
