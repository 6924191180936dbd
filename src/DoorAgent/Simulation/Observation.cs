using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Hardware.Doors;

namespace DoorAgent.Simulation;

/// <summary>Something that happened while a scenario was played.</summary>
/// <param name="At">Time, counted from the scenario's start.</param>
internal abstract record Observation(TimeSpan At);

/// <summary>The agent recorded an event.</summary>
/// <param name="At">Time, counted from the scenario's start.</param>
/// <param name="Kind">Kind of the event.</param>
/// <param name="Reason">Reason of a denial.</param>
/// <param name="Person">Name of the person concerned.</param>
/// <param name="Detail">Details for the table, such as "0.53 below 0.883"; not judged.</param>
internal sealed record EventObserved(TimeSpan At, DoorEventKind Kind, DenyReason? Reason = null, string? Person = null,
    string? Detail = null)
    : Observation(At);

/// <summary>The relay's line switched. The relay is off before the first change.</summary>
internal sealed record RelaySwitched(TimeSpan At, bool IsOn) : Observation(At);

/// <summary>The door entered a state. The state is <see cref="DoorPhase.Locked"/> before the first change.</summary>
internal sealed record DoorChanged(TimeSpan At, DoorPhase State) : Observation(At);

/// <summary>The reader's lights changed. The pattern is <see cref="LightPattern.Off"/> before the first change.</summary>
internal sealed record LightsChanged(TimeSpan At, LightPattern Pattern) : Observation(At);
