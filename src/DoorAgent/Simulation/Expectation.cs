using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Hardware.Doors;

namespace DoorAgent.Simulation;

/// <summary>An expectation that follows a step.</summary>
/// <param name="Window">Latest time, counted from the step.</param>
internal abstract record Expectation(TimeSpan Window)
{
    /// <summary>The window of a line without <c>within</c>.</summary>
    public static readonly TimeSpan DefaultWindow = TimeSpan.FromSeconds(1);

    public SourceLine Line { get; init; }
}

/// <summary>The door opens for a person.</summary>
internal sealed record ExpectGranted(string Who, TimeSpan Window) : Expectation(Window);

/// <summary>The door stays locked for this reason. If <paramref name="Who"/> is null, the person does not matter.</summary>
internal sealed record ExpectDenied(DenyReason Reason, string? Who, TimeSpan Window) : Expectation(Window);

/// <summary>An event of this kind is recorded.</summary>
internal sealed record ExpectEvent(DoorEventKind Kind, TimeSpan Window) : Expectation(Window);

/// <summary>The door has this state at the step's time, or enters it within the window.</summary>
internal sealed record ExpectState(DoorPhase State, TimeSpan Window) : Expectation(Window);

/// <summary>The relay has this position at the step's time, or switches to it within the window.</summary>
internal sealed record ExpectRelay(bool IsOn, TimeSpan Window) : Expectation(Window);

/// <summary>The relay switches on within the window and off after this time; both transitions are checked.</summary>
internal sealed record ExpectRelayOnFor(TimeSpan Duration, TimeSpan Window) : Expectation(Window);

/// <summary>The reader shows this pattern at the step's time, or starts to show it within the window.</summary>
internal sealed record ExpectLights(LightPattern Pattern, TimeSpan Window) : Expectation(Window);

/// <summary>No decision, no alarm and no relay transition happens within the window.</summary>
internal sealed record ExpectNothing(TimeSpan Window) : Expectation(Window);
