namespace DoorAgent.Hardware.Doors;

/// <summary>An input of the door.</summary>
public enum DoorInput
{
    /// <summary>The door contact; active is open.</summary>
    Contact,

    /// <summary>The exit button; active is pressed.</summary>
    ExitButton,
}

/// <summary>A debounced change of the level of an input.</summary>
/// <param name="Input">The input that changed.</param>
/// <param name="IsActive">The level after the change: contact open, button pressed.</param>
/// <param name="At">Monotonic time of the change.</param>
public readonly record struct DoorInputChange(DoorInput Input, bool IsActive, TimeSpan At);

/// <summary>Door contact and exit button, debounced; the level counts, never the number of edges.</summary>
public interface IDoorInputs : IDisposable
{
    /// <summary>Whether the inputs are simulated: a real relay refuses such inputs.</summary>
    bool IsSimulated { get; }

    /// <summary>Whether the door is open now; null when no contact is fitted.</summary>
    bool? IsDoorOpen { get; }

    /// <summary>Whether the exit button is pressed now; null when none is fitted.</summary>
    bool? IsExitPressed { get; }

    /// <summary>Whether changes of every line are still read.</summary>
    bool IsListening { get; }

    /// <summary>Debounced changes, in order.</summary>
    Mailbox<DoorInputChange> Changes { get; }
}
