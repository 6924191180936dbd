using System.Collections.Immutable;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Hardware.Displays;
using DoorAgent.Hardware.Doors;

namespace DoorAgent.Doors;

/// <summary>Applies the display rule: shows each changed text on the display. Without a display nothing happens.</summary>
/// <param name="display">The display; null where none is fitted.</param>
/// <param name="options">The texts of the display.</param>
/// <param name="nameOf">Returns a person's name; null when the person is no longer enrolled.</param>
internal sealed class DisplayController(DoorDisplay? display, DisplayOptions options, Func<long, string?> nameOf)
{
    /// <summary>Begin of the fault's text.</summary>
    public const string Offline = "the display is offline";

    private DisplayState _state;

    /// <summary>The next time at which the display changes without an event; null when it does not.</summary>
    public TimeSpan? NextDue => _state.NextDue;

    /// <summary>Why the display shows nothing; null while it works.</summary>
    public string? Fault { get; private set; }

    /// <summary>Remembers that the display failed or works again.</summary>
    /// <returns>The event to record.</returns>
    public DoorEvent Note(DisplayHealth health)
    {
        Fault = health.Fault is { } gone ? $"{Offline}: {gone}" : null;
        return new DoorEvent(health.Fault is null ? DoorEventKind.DisplayRestored : DoorEventKind.DisplayOffline) { Detail = health.Fault };
    }

    /// <summary>Shows the result of a step of policy or door, after the lights.</summary>
    public void Follow(LightPattern lights, ImmutableArray<DoorEvent> events, AccessState access, TimeSpan now)
    {
        if (display is null)
            return;
        DisplayState next = DisplayRule.Next(_state, lights, events, access, now);
        if ((next.Text, next.PersonId, next.Seconds) != (_state.Text, _state.PersonId, _state.Seconds))
            display.Show(Words(next));
        _state = next;
    }

    /// <summary>Clears the display when the door stops.</summary>
    public void Darken() => display?.Show([]);

    private IReadOnlyList<string> Words(DisplayState state)
    {
        if (state.Text is not { } text)
            return [];
        string? name = options.Names && state.PersonId is { } id ? nameOf(id) : null;
        return options.TextsOf(text == DisplayText.Welcome && name is not null ? DisplayText.WelcomeName : text, name, state.Seconds);
    }
}
