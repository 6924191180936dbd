using DoorAgent.Events;

namespace DoorAgent.Auditing;

/// <summary>What is to be written of an event: itself, or that it came again.</summary>
/// <param name="Event">The event; of a summary the last one that it counts.</param>
/// <param name="Repeats">0: the event itself. Else so many more that differ from a line before in nothing but time and numbers.</param>
/// <param name="Over">The time that a summary counts over, since the last line about these events.</param>
internal sealed record FilteredEvent(DoorEvent Event, int Repeats, TimeSpan Over);
