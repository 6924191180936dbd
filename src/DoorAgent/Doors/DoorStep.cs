using System.Collections.Immutable;
using DoorAgent.Events;
using DoorAgent.Hardware.Doors;

namespace DoorAgent.Doors;

/// <summary>The orders to the relay.</summary>
internal enum RelayOrder
{
    None,
    Energise,

    /// <summary>Energise for the relay's maximum from now on; repeated while the door is held unlocked.</summary>
    Hold,
    Release,
}

/// <summary>A command to the relay.</summary>
/// <param name="Order">The order.</param>
/// <param name="AtMost">With Energise and Hold: time after which the relay is released at the latest.</param>
internal readonly record struct RelayCommand(RelayOrder Order, TimeSpan AtMost)
{
    public static RelayCommand None => default;

    public static RelayCommand Release => new(RelayOrder.Release, TimeSpan.Zero);

    public static RelayCommand Hold => new(RelayOrder.Hold, IRelay.Maximum);

    public static RelayCommand Energise(TimeSpan atMost) => new(RelayOrder.Energise, atMost);
}

/// <summary>The result of an input.</summary>
/// <param name="State">The state after the input.</param>
/// <param name="Events">The raised events, in order.</param>
/// <param name="Relay">The command to the relay; <see cref="DoorController"/> defines which events are recorded before and after the
/// switch.</param>
internal readonly record struct DoorStep(DoorState State, ImmutableArray<DoorEvent> Events, RelayCommand Relay);
