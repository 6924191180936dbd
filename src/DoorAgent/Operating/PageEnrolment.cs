using System.Text.Json.Serialization;

namespace DoorAgent.Operating;

/// <summary>An order to enrol a person with the door's camera, and with the next card at the reader.</summary>
/// <param name="Name">The name of the new person.</param>
internal sealed record EnrolmentOrder([property: JsonRequired] string Name)
{
    /// <summary>Whether the person has agreed, which is recorded with the day. Without it nobody is enrolled.</summary>
    public bool HasConsented { get; init; }

    /// <summary>Where the consent is, such as the number of a form.</summary>
    public string ConsentNote { get; init; } = "";

    /// <summary>Whether the next card without an owner at the reader becomes the person's.</summary>
    public bool TakesBadge { get; init; } = true;

    /// <summary>Whether the door stays unlocked longer for the person.</summary>
    public bool IsExtended { get; init; }

    /// <summary>How many pictures are taken, 3 to 10.</summary>
    public int Pictures { get; init; } = 5;
}

/// <summary>The steps of an enrolment.</summary>
internal enum EnrolmentStep
{
    /// <summary>The person presents the new card at the reader.</summary>
    Badge,

    /// <summary>The person looks into the camera.</summary>
    Pictures,

    /// <summary>Pictures and liveness are judged, and everything is written.</summary>
    Judging,

    /// <summary>The person is enrolled.</summary>
    Done,

    /// <summary>Nothing was written.</summary>
    Failed,
}

/// <summary>How far an enrolment is.</summary>
/// <param name="Name">The person.</param>
/// <param name="Step">The present step.</param>
/// <param name="Taken">How many pictures were taken.</param>
/// <param name="Wanted">How many are to be taken.</param>
internal sealed record EnrolmentState(string Name, EnrolmentStep Step, int Taken, int Wanted)
{
    /// <summary>What was found in the last frame or card, or how it ended.</summary>
    public string Words { get; init; } = "";

    /// <summary>What the person should do now; empty for nothing.</summary>
    public string Advice { get; init; } = "";

    /// <summary>Seconds left for the present step.</summary>
    public double? SecondsLeft { get; init; }

    /// <summary>The new card: format and last two digits.</summary>
    public string? BadgeHint { get; init; }
}
