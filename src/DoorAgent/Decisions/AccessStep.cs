using System.Collections.Immutable;

namespace DoorAgent.Decisions;

/// <summary>What an event did.</summary>
/// <param name="State">The state after it.</param>
/// <param name="Happenings">What happened, in order; mostly nothing.</param>
internal readonly record struct AccessStep(AccessState State, ImmutableArray<Happening> Happenings);
