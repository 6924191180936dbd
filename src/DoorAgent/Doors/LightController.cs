using System.Collections.Immutable;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Hardware.Doors;

namespace DoorAgent.Doors;

/// <summary>Applies the light rule: shows each new pattern on the reader's lights and then on the display.</summary>
internal sealed class LightController(IReaderLights lights, DisplayController display)
{
    private LightState _state;

    /// <summary>The current pattern.</summary>
    public LightPattern Shown => _state.Shown;

    /// <summary>The next time at which lights or display change without an event; null when they do not.</summary>
    public TimeSpan? NextDue => AccessPolicy.Earliest(_state.DenialUntil, display.NextDue);

    /// <summary>Shows the result of a step of policy or door, by <see cref="LightRule.Next"/>.</summary>
    public void Follow(ImmutableArray<DoorEvent> events, AccessState access, DoorState door, TimeSpan now, bool hasFault)
    {
        _state = LightRule.Next(_state, events, access, door, now, hasFault, out bool mustShow);
        if (mustShow)
            lights.Show(_state.Shown);
        display.Follow(_state.Shown, events, access, now);
    }

    /// <summary>Turns lights and display off when the door stops.</summary>
    public void Darken()
    {
        lights.Show(LightPattern.Off);
        display.Darken();
    }
}
