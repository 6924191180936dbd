using System.Collections.Immutable;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Hardware.Doors;

namespace DoorAgent.Doors;

/// <summary>The light rule at work: asks it, and shows what is new, on the reader's lights and after them on the display.</summary>
internal sealed class LightController(IReaderLights lights, DisplayController display)
{
    private LightState _state;

    /// <summary>The pattern that is shown.</summary>
    public LightPattern Shown => _state.Shown;

    /// <summary>The next moment at which something happens by itself; null when nothing will.</summary>
    public TimeSpan? NextDue => AccessPolicy.Earliest(_state.DenialUntil, display.NextDue);

    /// <summary>Follows a step of policy or door, by <see cref="LightRule.Next"/>.</summary>
    public void Follow(ImmutableArray<DoorEvent> events, AccessState access, DoorState door, TimeSpan now, bool hasFault)
    {
        _state = LightRule.Next(_state, events, access, door, now, hasFault, out bool isAnew);
        if (isAnew)
            lights.Show(_state.Shown);
        display.Follow(_state.Shown, events, access, now);
    }

    /// <summary>Everything off: the door stops.</summary>
    public void Darken()
    {
        lights.Show(LightPattern.Off);
        display.Darken();
    }
}
