using DoorAgent.Liveness;

namespace DoorAgent.Simulation.Drawing;

/// <summary>How a person turns the head when the lights ask: after a moment to one side, holds, and comes back.</summary>
/// <param name="Direction">The side, as the person sees it.</param>
/// <param name="AskedAt">When the lights began to ask, in seconds.</param>
internal readonly record struct TurnMotion(TurnDirection Direction, double AskedAt)
{
    /// <summary>The largest turn in radians: 42 degrees.</summary>
    public const float Most = 0.733f;

    private const double Reaction = 0.6, Movement = 0.5, Hold = 0.8;

    /// <summary>Time from the question to the frontal face again, in seconds.</summary>
    public const double Duration = Reaction + (2 * Movement) + Hold;

    /// <summary>Returns the turn at a time, in radians: above 0 to the person's own left.</summary>
    public float At(double seconds)
    {
        double since = seconds - AskedAt - Reaction;
        double part = since < Movement + Hold ? since / Movement : 1 - ((since - Movement - Hold) / Movement);
        return Most * Grain.Ease((float)part) * (Direction == TurnDirection.Left ? 1 : -1);
    }
}
