using DoorAgent.Events;

namespace DoorAgent.Running;

/// <summary>Whether the technicians' log can be written: said when it cannot be any more, and when it can be again.</summary>
/// <param name="say">Records what happened.</param>
internal sealed class LogInUse(Action<DoorEvent> say)
{
    /// <summary>Why it cannot be written; null when it can.</summary>
    public string? Fault { get; private set; }

    /// <summary>Takes what a look at its files found.</summary>
    public void Note(string? fault)
    {
        if (fault is null != Fault is null)
            say(new DoorEvent(fault is null ? DoorEventKind.LogRestored : DoorEventKind.LogFailed) { Detail = fault });
        Fault = fault;
    }
}
