using DoorAgent.Decisions;
using DoorAgent.Encodings;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;

namespace DoorAgent;

/// <summary>What the first line of a run says of the door.</summary>
internal static class StartWords
{
    public static string Of(DoorDevices devices, DecisionOptions decisions, BadgeOptions badges, FaceReader reader)
    {
        List<string> words =
        [
            devices.Relay.IsSimulated ? "SIMULATED hardware" : "real hardware", decisions.Mode, $"{reader.DetectorId} with {reader.EncoderId}", devices.Camera.Description,
        ];
        if (devices.Inputs.IsDoorOpen is null)
            words.Add("no door contact, so no door is ever seen forced or held open");
        if (decisions.AccessMode.OpensForBadgeAlone())
            words.Add(Warning(decisions.NeedsPin, badges.TypedPrefix is not null));
        else if (decisions.NeedsPin)
            words.Add("with a PIN after the badge");
        return string.Join(", ", words);
    }

    private static string Warning(bool needsPin, bool isTyped) => "WARNING: " + (isTyped ? "a typed number" : "a badge")
        + (needsPin ? " and its PIN open without a face" : $" alone opens, and whoever {(isTyped ? "learns" : "copies")} one comes in");
}
