using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Hardware.Doors;

namespace DoorAgent.Simulation;

/// <summary>What must follow a step.</summary>
/// <param name="Window">By when, counted from the step.</param>
internal abstract record Expectation(TimeSpan Window)
{
    /// <summary>The window of a line without <c>within</c>.</summary>
    public static readonly TimeSpan DefaultWindow = TimeSpan.FromSeconds(1);

    public SourceLine Line { get; init; }
}

/// <summary>The door opens for a person.</summary>
internal sealed record ExpectGranted(string Who, TimeSpan Window) : Expectation(Window);

/// <summary>The door stays locked, for this reason; <paramref name="Who"/> null is anybody or nobody.</summary>
internal sealed record ExpectDenied(DenyReason Reason, string? Who, TimeSpan Window) : Expectation(Window);

/// <summary>An event of this kind.</summary>
internal sealed record ExpectEvent(DoorEventKind Kind, TimeSpan Window) : Expectation(Window);

/// <summary>The door is in this state at the step's moment or comes into it within the window.</summary>
internal sealed record ExpectState(DoorPhase State, TimeSpan Window) : Expectation(Window);

/// <summary>The relay switches within the window, or is so already at the step's moment.</summary>
internal sealed record ExpectRelay(bool IsOn, TimeSpan Window) : Expectation(Window);

/// <summary>The relay goes on within the window and off again after this long: both transitions.</summary>
internal sealed record ExpectRelayOnFor(TimeSpan Duration, TimeSpan Window) : Expectation(Window);

/// <summary>The reader shows this pattern at the step's moment or comes to show it within the window.</summary>
internal sealed record ExpectLights(LightPattern Pattern, TimeSpan Window) : Expectation(Window);

/// <summary>No decision, no alarm and no relay transition for the whole window.</summary>
internal sealed record ExpectNothing(TimeSpan Window) : Expectation(Window);
