using System.Collections.Immutable;
using DoorAgent.Events;

namespace DoorAgent.Doors;

/// <summary>What the relay is told.</summary>
internal enum RelayOrder
{
    None,
    Energise,
    Release,
}

/// <summary>A command to the relay.</summary>
/// <param name="Order">What to do.</param>
/// <param name="AtMost">Energise: let go after this long at the latest.</param>
internal readonly record struct RelayCommand(RelayOrder Order, TimeSpan AtMost)
{
    public static RelayCommand None => default;

    public static RelayCommand Release => new(RelayOrder.Release, TimeSpan.Zero);

    public static RelayCommand Energise(TimeSpan atMost) => new(RelayOrder.Energise, atMost);
}

/// <summary>What an input did.</summary>
/// <param name="State">The state after it.</param>
/// <param name="Events">What happened, in order.</param>
/// <param name="Relay">What to tell the relay; <see cref="DoorController"/> says what is recorded before it moves and what after.</param>
internal readonly record struct DoorStep(DoorState State, ImmutableArray<DoorEvent> Events, RelayCommand Relay);
