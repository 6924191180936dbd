using DoorAgent.Liveness;

namespace DoorAgent.Decisions;

/// <summary>A request to turn the head that is not answered yet.</summary>
/// <param name="Turn">The turn so far.</param>
/// <param name="AskedAt">Begin of the request; only frames captured afterwards count.</param>
/// <param name="Then">The direction of a second request after this one; null for none.</param>
internal sealed record Challenge(HeadTurn Turn, TimeSpan AskedAt, TurnDirection? Then)
{
    /// <summary>Latest end of the answer.</summary>
    public TimeSpan Until => AskedAt + HeadTurn.Within;

    /// <summary>Whether a frame is looked at: captured after the request began, and not too soon after the one before.</summary>
    public bool Wants(TimeSpan capturedAt) => capturedAt > AskedAt && Turn.Wants(capturedAt);

    /// <summary>The direction as log and records name it.</summary>
    public string Word => Turn.Asked == TurnDirection.Left ? "left" : "right";
}
