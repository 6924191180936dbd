using DoorAgent.Events;

namespace DoorAgent.Auditing;

/// <summary>Takes the door's events elsewhere: the log, the operator's desk, later a bus. A new one is made in DoorHost and handed to the runtime.</summary>
internal interface IEventPublisher
{
    /// <summary>What a technician calls it, as the subject of a sentence: <c>the log</c>.</summary>
    string Name { get; }

    /// <summary>Takes one event, in the order in which they were recorded; called by one thread at a time, never by the one that decides.
    /// It may block and throw: that costs its own events, and nothing else.</summary>
    void Publish(DoorEvent made);
}
