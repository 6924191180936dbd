using DoorAgent.Hub;

namespace DoorAgent.Link.Fleet;

/// <summary>Tries the connection to the fleet's hub, beside a running link too; nothing is written.</summary>
internal static class FleetTest
{
    /// <summary>Connects, and reads as the sync does.</summary>
    /// <returns>What was tried, as a sentence.</returns>
    /// <exception cref="IOException">Something does not work; the message says what to do.</exception>
    /// <exception cref="UserErrorException">The settings do not name a hub, or cannot work.</exception>
    public static async Task<string> RunAsync(LinkContext context, CancellationToken stopping)
    {
        FleetOptions options = context.Settings.Section<FleetOptions>();
        HubAddress address = options.Address
            ?? throw new UserErrorException("The settings do not turn fleet on; 'dooragent fleet join' joins one.");
        await using HubConnection hub = await HubConnection.ConnectAsync(
            address, FleetRunner.LoginOf(options, context.Secrets), context.Time, stopping);
        HubBucket people = await HubBucket.OfAsync(hub, HubNames.People, stopping);
        await using FleetFeed feed = new(hub, context.Time);
        await feed.OpenAsync(HubNames.Groups, HubNames.ManifestKey(options.Group!), 1, stopping);
        bool hasManifest = false;
        while (!feed.IsCurrent)
            hasManifest |= (await feed.NextAsync(stopping)).Item is { Value.Length: > 0 };
        return FormattableString.Invariant($"The hub {address} ({hub.Server}) knows the door {options.Door}, and its people stand at ")
            + FormattableString.Invariant($"{people.Last}. ")
            + (hasManifest ? $"The group {options.Group} has a manifest." : $"The group {options.Group} has no manifest yet: 'dooragent fleet "
                + "publish' at the office makes the first one.");
    }
}
