using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Hardware.Doors;

namespace DoorAgent.Simulation;

/// <summary>Something that really happened while a scenario was played.</summary>
/// <param name="At">When, counted from the scenario's start.</param>
internal abstract record Observation(TimeSpan At);

/// <summary>The agent reported an event.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What.</param>
/// <param name="Reason">Why denied.</param>
/// <param name="Person">Name of the person it is about.</param>
/// <param name="Detail">More for the reader of the table, such as "0.53 below 0.883"; not judged.</param>
internal sealed record EventObserved(TimeSpan At, DoorEventKind Kind, DenyReason? Reason = null, string? Person = null, string? Detail = null)
    : Observation(At);

/// <summary>The relay's line switched. Off before the first.</summary>
internal sealed record RelaySwitched(TimeSpan At, bool IsOn) : Observation(At);

/// <summary>The door came into a state. <see cref="DoorPhase.Locked"/> before the first.</summary>
internal sealed record DoorChanged(TimeSpan At, DoorPhase State) : Observation(At);

/// <summary>The reader's lights changed. <see cref="LightPattern.Off"/> before the first.</summary>
internal sealed record LightsChanged(TimeSpan At, LightPattern Pattern) : Observation(At);
