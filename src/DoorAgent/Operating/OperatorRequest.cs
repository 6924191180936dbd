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

    /// <summary>Take the next badge that belongs to nobody, for an enrolment.</summary>
    NextBadge,
}

/// <summary>One question to a running door: one line of JSON on its socket.</summary>
/// <param name="Verb">What is asked.</param>
/// <param name="Seconds">With <see cref="OperatorVerb.NextBadge"/>: how long to wait, 1 to 300.</param>
internal sealed record OperatorRequest([property: JsonRequired] OperatorVerb Verb, double Seconds = 0)
{
    /// <summary>The longest wait for a badge, in seconds: nobody stands at a reader longer.</summary>
    public const double LongestWait = 300;
}

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

    public DoorStatus? Status { get; init; }

    public static OperatorAnswer Refused(string why) => new() { Refusal = why };
}
