using System.Globalization;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Liveness;

/// <summary>A kept frame with its face.</summary>
/// <param name="Frame">The whole frame.</param>
/// <param name="Face">The face, in the frame's coordinates.</param>
internal sealed record LivenessFrame(Frame Frame, Face Face);

/// <summary>What judges liveness, from weak to strong.</summary>
internal enum LivenessStrength
{
    /// <summary>Nothing: liveness is off.</summary>
    Off,

    /// <summary>The cues without a network.</summary>
    Cues,

    /// <summary>The cues and the two MiniFASNet networks.</summary>
    Pair,

    /// <summary>The cues and all three networks.</summary>
    Full,
}

/// <summary>What spoke against a live face.</summary>
internal enum SpoofSign
{
    None,

    /// <summary>The networks' score is below the threshold.</summary>
    Score,

    /// <summary>Straight edges enclose the face.</summary>
    Edges,

    /// <summary>The surroundings move with the face.</summary>
    Motion,
}

/// <summary>The result of a liveness check.</summary>
/// <param name="Sign">What spoke against a live face; <see cref="SpoofSign.None"/> for a face that passed.</param>
/// <param name="Score">Mean score of the first and the last frame, on the scale of a logit; null without networks.</param>
/// <param name="Threshold">The least score that passes.</param>
internal readonly record struct LivenessVerdict(SpoofSign Sign, double? Score, double Threshold)
{
    /// <summary>Whether nothing spoke against a live face.</summary>
    public bool IsLive => Sign == SpoofSign.None;

    /// <summary>The measured value of the cue that denied; null for another sign.</summary>
    public double? Cue { get; init; }

    /// <summary>What was measured, for the journal and for an operator: a clause without a full stop.</summary>
    public string Finding => Sign switch
    {
        SpoofSign.Edges => string.Create(CultureInfo.InvariantCulture, $"straight edges enclose the face (score {Cue:0.0})"),
        SpoofSign.Motion => string.Create(CultureInfo.InvariantCulture, $"the surroundings move with the face (flow ratio {Cue:0.00})"),
        _ => string.Create(CultureInfo.InvariantCulture, $"liveness score {Score:0.0}, at least {Threshold:0.0} is live"),
    };
}

/// <summary>A direction in which a head turns, as the person in front of the camera sees it.</summary>
internal enum TurnDirection
{
    Left,
    Right,
}
