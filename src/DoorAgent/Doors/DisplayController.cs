using System.Collections.Immutable;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Hardware.Displays;
using DoorAgent.Hardware.Doors;

namespace DoorAgent.Doors;

/// <summary>The display rule at work: asks it, and shows what has changed. Without a display it does nothing.</summary>
/// <param name="display">The display; null where there is none.</param>
/// <param name="options">Its words.</param>
/// <param name="nameOf">A person's name; null when they are no longer enrolled.</param>
internal sealed class DisplayController(DoorDisplay? display, DisplayOptions options, Func<long, string?> nameOf)
{
    /// <summary>How the fault begins.</summary>
    public const string Offline = "the display is offline";

    private DisplayState _state;

    /// <summary>The next moment at which something happens by itself; null when nothing will.</summary>
    public TimeSpan? NextDue => _state.NextDue;

    /// <summary>Why the display shows nothing; null while it works.</summary>
    public string? Fault { get; private set; }

    /// <summary>Keeps that the display failed or works again.</summary>
    /// <returns>What is to be recorded of it.</returns>
    public DoorEvent Note(DisplayHealth health)
    {
        Fault = health.Fault is { } gone ? $"{Offline}: {gone}" : null;
        return new DoorEvent(health.Fault is null ? DoorEventKind.DisplayRestored : DoorEventKind.DisplayOffline) { Detail = health.Fault };
    }

    /// <summary>Follows a step of policy or door, after the lights have.</summary>
    public void Follow(LightPattern lights, ImmutableArray<DoorEvent> events, AccessState access, TimeSpan now)
    {
        if (display is null)
            return;
        DisplayState next = DisplayRule.Next(_state, lights, events, access, now);
        if ((next.Text, next.PersonId, next.Seconds) != (_state.Text, _state.PersonId, _state.Seconds))
            display.Show(Words(next));
        _state = next;
    }

    /// <summary>Darkens the display: the door stops.</summary>
    public void Darken() => display?.Show([]);

    private IReadOnlyList<string> Words(DisplayState state)
    {
        if (state.Text is not { } text)
            return [];
        string? name = options.Names && state.PersonId is { } id ? nameOf(id) : null;
        return options.Say(text == DisplayText.Welcome && name is not null ? DisplayText.WelcomeName : text, name, state.Seconds);
    }
}
