using DoorAgent.Hardware;
using DoorAgent.Liveness;

namespace DoorAgent.Decisions;

/// <summary>Whether a door that asks for a turn of the head can show the direction: what a person cannot see they cannot answer.
/// Pure.</summary>
internal static class ChallengeWiring
{
    /// <summary>Whether these settings ever ask for a turn of the head.</summary>
    public static bool Asks(DecisionOptions decisions, LivenessOptions liveness) => liveness.MayChallenge
        && (liveness.Challenge == LivenessOptions.FaceOnly
            ? decisions.AccessMode.Identifies() : decisions.AccessMode != AccessMode.BadgeOnly);

    /// <summary>What to wire where nothing can show the direction.</summary>
    public const string Wiring = "Wire a light to the left and one to the right of the camera (Hardware:LeftLight, Hardware:RightLight), "
        + "the reader's green light (Hardware:Green), or a display (Hardware:Display)";

    /// <summary>Returns why a door with these settings must not start, with what to wire; null where the direction can be shown, or is
    /// never asked for.</summary>
    public static string? RefusalOf(DecisionOptions decisions, LivenessOptions liveness, HardwareOptions hardware) =>
        !Asks(decisions, liveness) || hardware.CanShowDirections ? null
            : $"{CauseOf(decisions, liveness)}, and nothing at the door can show to which side a person must turn (a buzzer alone cannot). "
                + $"{Wiring}. Or set Liveness:Challenge to off, which lets a good picture open the door.";

    // The setting that an installer just chose comes first: the mode where only the mode makes the door ask.
    private static string CauseOf(DecisionOptions decisions, LivenessOptions liveness) =>
        (liveness.Challenge == LivenessOptions.FaceOnly ? $"Decisions:Mode is {decisions.Mode} and " : "")
        + $"Liveness:Challenge is {liveness.Challenge}";
}
