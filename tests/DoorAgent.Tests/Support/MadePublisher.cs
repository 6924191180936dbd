using DoorAgent.Auditing;
using DoorAgent.Events;

namespace DoorAgent.Tests.Support;

/// <summary>A publisher whose behaviour the test sets.</summary>
internal sealed class MadePublisher(Action<DoorEvent> publish) : IEventPublisher
{
    public string Name => "the test";

    public void Publish(DoorEvent made) => publish(made);
}
