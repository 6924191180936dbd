using DoorAgent.Fleet;

namespace DoorAgent.Link.Fleet;

/// <summary>The door's side of a fleet: it verifies, opens and stores what the link only carries. Every method throws a
/// <see cref="LinkDoorException"/> where the door does not answer, or refuses.</summary>
internal interface IFleetDoor
{
    /// <summary>Returns where the door stands.</summary>
    Task<FleetStanding> StandingAsync(CancellationToken stopping);

    /// <summary>Applies records, all in one transaction or not at all.</summary>
    /// <param name="delivery">How they are applied.</param>
    /// <param name="parcel">The records (<see cref="FleetParcel"/>), from the present position on.</param>
    /// <param name="stopping">Cancels the wait.</param>
    Task<FleetOutcome> ApplyAsync(FleetDelivery delivery, Stream parcel, CancellationToken stopping);

    /// <summary>Tells the door of the connection to the hub, and returns where the door stands.</summary>
    Task<FleetStanding> ContactAsync(FleetContact contact, CancellationToken stopping);
}
