using DoorAgent.Fleet;
using DoorAgent.Hub;
using DoorAgent.Settings;
using NATS.Client.JetStream.Models;

namespace DoorAgent.Link.Fleet;

/// <summary>Tells the hub how the door stands, and the door how the connection fares: each minute, and right after each change.</summary>
/// <param name="door">The door.</param>
/// <param name="progress">How the connection fares.</param>
/// <param name="time">The clock.</param>
internal sealed class FleetReporter(IFleetDoor door, FleetProgress progress, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly string _subject = HubNames.SubjectOf(HubNames.Doors, progress.Status.Door);

    /// <summary>Reports until it is cancelled, or the connection is lost.</summary>
    /// <param name="hub">The connection.</param>
    /// <param name="stopping">Ends the reports.</param>
    /// <exception cref="IOException">The hub does not take the state.</exception>
    public async Task RunAsync(HubConnection hub, CancellationToken stopping)
    {
        while (true)
        {
            Task changed = progress.Changed;
            await TellDoorAsync(stopping);
            if (progress.Standing is { } standing)
                await PublishAsync(hub, standing, stopping);
            await Task.WhenAny(changed, Task.Delay(Every, time, stopping));
            stopping.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Tells the door how the connection fares; a door that does not answer hears that a minute later.</summary>
    public async Task TellDoorAsync(CancellationToken stopping)
    {
        FleetLinkStatus status = progress.Status;
        bool isConnected = status.ConnectedSince is not null;
        try
        {
            progress.Stands(await door.ContactAsync(
                new FleetContact(isConnected, status.IsCaughtUp, progress.Events.Waiting, isConnected ? null : status.Failure), stopping));
        }
        catch (LinkDoorException)
        {
            // The sync says so.
        }
    }

    private async Task PublishAsync(HubConnection hub, FleetStanding standing, CancellationToken stopping)
    {
        EventsAtHub events = progress.Events;
        DoorState state = new(standing.Door, standing.Group, BuildInfo.Version, time.GetUtcNow())
        {
            Bucket = standing.Bucket, Revision = standing.Revision, Confirmed = standing.Confirmed, Manifest = standing.Manifest,
            Count = standing.Count, LastEvent = events.Last, EventsWaiting = events.Waiting, Faults = standing.Faults,
            Confirmation = standing.Confirmation,
        };
        PubAckResponse taken = await hub.AskAsync(
            token => hub.JetStream.PublishAsync(_subject, state.ToBytes(), cancellationToken: token), stopping);
        if (taken.Error is { } refusal)
            throw new IOException($"The hub does not take the door's state: {refusal.Description}.");
    }
}
