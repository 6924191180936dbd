namespace DoorAgent.Doors;

/// <summary>Something that the door machine reacts to.</summary>
internal abstract record DoorInputEvent;

/// <summary>Power-up, once and first.</summary>
/// <param name="IsOpen">Level of the contact; null when none is fitted.</param>
internal sealed record DoorStarting(bool? IsOpen) : DoorInputEvent;

/// <summary>The policy let somebody in, or an operator unlocked, and the record is written.</summary>
/// <param name="PersonId">Whom; null for an operator.</param>
/// <param name="IsExtended">Whether they get more time.</param>
internal sealed record DoorGranted(long? PersonId, bool IsExtended) : DoorInputEvent;

/// <summary>The contact's level, after a debounced change; saying the same level twice does nothing.</summary>
/// <param name="IsOpen">Whether the door is open.</param>
internal sealed record ContactLevel(bool IsOpen) : DoorInputEvent;

/// <summary>The exit button was pressed.</summary>
internal sealed record ExitPressed : DoorInputEvent;

/// <summary>An operator ends an unlock; the record is written.</summary>
internal sealed record OperatorLocks : DoorInputEvent;

/// <summary>Time has come to <see cref="DoorMachine.NextDue"/>.</summary>
internal sealed record DoorTick : DoorInputEvent;

/// <summary>A command to the relay threw.</summary>
/// <param name="Detail">What the system said.</param>
internal sealed record RelayFailed(string Detail) : DoorInputEvent;

/// <summary>The relay obeyed a release after it had failed.</summary>
internal sealed record RelayRecovered : DoorInputEvent;

/// <summary>The agent stops, or something threw: the relay lets go, and nothing unlocks any more.</summary>
internal sealed record DoorStopping : DoorInputEvent;
