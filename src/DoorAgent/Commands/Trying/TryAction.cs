using DoorAgent.Simulation;

namespace DoorAgent.Commands.Trying;

/// <summary>What the user wants.</summary>
internal abstract record TryAction
{
    private TryAction()
    {
    }

    /// <summary>Somebody steps before the camera; null for nobody.</summary>
    internal sealed record Stand(TrialPerson? Who) : TryAction;

    /// <summary>Something is done at the door.</summary>
    internal sealed record Step(StepAction What) : TryAction;

    internal sealed record SwitchLight : TryAction;

    /// <summary>Pulls the camera's cable, or plugs it in again.</summary>
    internal sealed record PullCable : TryAction;

    /// <summary>A badge number is being typed; null when no more.</summary>
    internal sealed record Type(string? Text) : TryAction;

    /// <summary>Line by line only: let time pass.</summary>
    internal sealed record Wait(TimeSpan For) : TryAction;

    /// <summary>Line by line only: list what can be typed.</summary>
    internal sealed record Help : TryAction;

    internal sealed record Leave : TryAction;

    /// <summary>Nothing; what can be done is said.</summary>
    internal sealed record Refused(string Why) : TryAction;
}
