using DoorAgent.Decisions;
using DoorAgent.Encodings;
using DoorAgent.Hardware;

namespace DoorAgent;

/// <summary>What the first line of a run says of the door.</summary>
internal static class StartWords
{
    public static string Of(DoorDevices devices, DecisionOptions decisions, FaceReader reader)
    {
        List<string> words =
        [
            devices.Relay.IsSimulated ? "SIMULATED hardware" : "real hardware", decisions.Mode, $"{reader.DetectorId} with {reader.EncoderId}", devices.Camera.Description,
        ];
        if (devices.Inputs.IsDoorOpen is null)
            words.Add("no door contact, so no door is ever seen forced or held open");
        if (decisions.AccessMode.OpensForBadgeAlone())
            words.Add("WARNING: a badge alone opens, and whoever copies one comes in");
        return string.Join(", ", words);
    }
}
