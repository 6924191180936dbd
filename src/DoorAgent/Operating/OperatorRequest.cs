using System.Text.Json.Serialization;

namespace DoorAgent.Operating;

/// <summary>What may be asked of a running door.</summary>
internal enum OperatorVerb
{
    /// <summary>How the door is.</summary>
    Status,

    /// <summary>Unlock it once, as a grant does.</summary>
    Unlock,

    /// <summary>End an unlock now.</summary>
    Lock,

    /// <summary>Somebody has looked at an end without a stop.</summary>
    Acknowledge,

    /// <summary>Take the next badge that belongs to nobody, for an enrolment.</summary>
    NextBadge,

    /// <summary>Send the camera's frames, for an enrolment.</summary>
    Frames,
}

/// <summary>One question to a running door: one line of JSON on its socket.</summary>
/// <param name="Verb">What is asked.</param>
/// <param name="Seconds">With <see cref="OperatorVerb.NextBadge"/>: how long to wait, 1 to 300; with <see cref="OperatorVerb.Frames"/>: how long to send them, 1 to 600.</param>
internal sealed record OperatorRequest([property: JsonRequired] OperatorVerb Verb, double Seconds = 0)
{
    /// <summary>The longest wait for a badge, in seconds: nobody stands at a reader longer.</summary>
    public const double LongestWait = 300;

    /// <summary>The longest look through the camera, in seconds: an enrolment takes no longer.</summary>
    public const double LongestLook = 600;
}

/// <summary>A frame that follows its line as rows of interleaved B, G, R bytes.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
internal sealed record PictureSize(int Width, int Height);

/// <summary>The door's answer: one line of JSON.</summary>
internal sealed record OperatorAnswer
{
    /// <summary>Why not; null when it was done.</summary>
    public string? Refusal { get; init; }

    /// <summary>What was done, in words.</summary>
    public string? Done { get; init; }

    /// <summary>What to say to whoever waits, while the answer itself is still to come; null in the answer.</summary>
    public string? Notice { get; init; }

    /// <summary>The number of the badge that was taken.</summary>
    public string? Badge { get; init; }

    /// <summary>The frame whose bytes follow this line.</summary>
    public PictureSize? Picture { get; init; }

    /// <summary>Why the camera gives no frame.</summary>
    public string? CameraFault { get; init; }

    public DoorStatus? Status { get; init; }

    public static OperatorAnswer Refused(string why) => new() { Refusal = why };
}
