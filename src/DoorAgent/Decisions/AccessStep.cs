using System.Collections.Immutable;
using DoorAgent.Events;
using DoorAgent.Hardware.Badges;

namespace DoorAgent.Decisions;

/// <summary>What an event did.</summary>
/// <param name="State">The state after it.</param>
/// <param name="Events">What happened, in order; mostly nothing.</param>
internal readonly record struct AccessStep(AccessState State, ImmutableArray<DoorEvent> Events)
{
    /// <summary>A PIN that was typed and is to be checked; the answer is to come back as <see cref="PinChecked"/>.</summary>
    public PinQuestion? Question { get; init; }

    /// <summary>A badge that was typed, to be presented like one that was read.</summary>
    public Badge? Typed { get; init; }

    /// <summary>A badge that an operator waited for, for their answer: events hold no badge's number.</summary>
    public Badge? Taken { get; init; }
}
