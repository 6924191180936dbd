using System.Collections.Immutable;
using DoorAgent.Events;

namespace DoorAgent.Modes;

/// <summary>The result of an input.</summary>
/// <param name="State">The state after the input.</param>
/// <param name="Events">The raised events, in order.</param>
internal readonly record struct ModeStep(ModeState State, ImmutableArray<DoorEvent> Events)
{
    /// <summary>Why an order is refused; null where it is not.</summary>
    public string? Refusal { get; init; }
}
