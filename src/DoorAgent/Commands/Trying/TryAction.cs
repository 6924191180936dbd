using DoorAgent.Simulation;

namespace DoorAgent.Commands.Trying;

/// <summary>One thing that the user does in a trial.</summary>
internal abstract record TryAction
{
    private TryAction()
    {
    }

    /// <summary>A person steps in front of the camera; null for nobody.</summary>
    internal sealed record Stand(TrialPerson? Who) : TryAction;

    /// <summary>An action at the door.</summary>
    internal sealed record Step(StepAction What) : TryAction;

    internal sealed record SwitchLight : TryAction;

    /// <summary>Unplugs the camera's cable, or plugs it in again.</summary>
    internal sealed record PullCable : TryAction;

    /// <summary>The badge number typed so far; null when typing has ended.</summary>
    internal sealed record Type(string? Text) : TryAction;

    /// <summary>Lets time pass; line mode only.</summary>
    internal sealed record Wait(TimeSpan For) : TryAction;

    /// <summary>Lists what can be typed; line mode only.</summary>
    internal sealed record Help : TryAction;

    internal sealed record Leave : TryAction;

    /// <summary>Does nothing and shows why.</summary>
    internal sealed record Refused(string Why) : TryAction;
}
