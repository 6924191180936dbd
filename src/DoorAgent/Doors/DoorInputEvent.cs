namespace DoorAgent.Doors;

/// <summary>An input that the door machine reacts to.</summary>
internal abstract record DoorInputEvent;

/// <summary>The agent starts; the first input, and given once.</summary>
/// <param name="IsOpen">Level of the contact; null when no contact is fitted.</param>
internal sealed record DoorStarting(bool? IsOpen) : DoorInputEvent;

/// <summary>The policy granted access, or an operator unlocked the door; the record is written.</summary>
/// <param name="PersonId">The person who may enter; null for an operator's unlock.</param>
/// <param name="IsExtended">Whether the person gets more time.</param>
internal sealed record DoorGranted(long? PersonId, bool IsExtended) : DoorInputEvent;

/// <summary>A badge at the exit reader opens the way out.</summary>
/// <param name="PersonId">The person who leaves.</param>
/// <param name="IsExtended">Whether the person gets more time.</param>
internal sealed record DoorLetsOut(long PersonId, bool IsExtended) : DoorInputEvent;

/// <summary>The contact's level after a debounced change; the same level again has no effect.</summary>
/// <param name="IsOpen">Whether the door is open.</param>
internal sealed record ContactLevel(bool IsOpen) : DoorInputEvent;

/// <summary>The exit button was pressed.</summary>
internal sealed record ExitPressed : DoorInputEvent;

/// <summary>The door is held unlocked from now on; the record is written. The same again has no effect.</summary>
internal sealed record HoldBegins : DoorInputEvent;

/// <summary>The door is no longer held unlocked; where it is not held, this has no effect.</summary>
internal sealed record HoldEnds : DoorInputEvent;

/// <summary>An operator locks the door, or a lockdown begins. This ends a hold.</summary>
internal sealed record OperatorLocks : DoorInputEvent;

/// <summary>The time of <see cref="DoorMachine.NextDue"/> has come.</summary>
internal sealed record DoorTick : DoorInputEvent;

/// <summary>A command to the relay failed.</summary>
/// <param name="Detail">The system's message.</param>
internal sealed record RelayFailed(string Detail) : DoorInputEvent;

/// <summary>The relay was released successfully after a failure.</summary>
internal sealed record RelayRecovered : DoorInputEvent;

/// <summary>The agent stops or failed: the relay is released, and nothing unlocks the door any more.</summary>
internal sealed record DoorStopping : DoorInputEvent;
