using System.Collections.Immutable;
using DoorAgent.Decisions;
using DoorAgent.Encodings;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;
using DoorAgent.Models;

namespace DoorAgent;

/// <summary>What a run says of its door at the start.</summary>
/// <param name="Line">Of the first line.</param>
/// <param name="Warnings">Said at the start and once a day, so that nobody forgets them.</param>
internal sealed record StartWords(string Line, ImmutableArray<string> Warnings)
{
    public static StartWords Of(DoorDevices devices, DecisionOptions decisions, BadgeOptions badges, FaceReader reader)
    {
        List<string> words =
        [
            devices.Relay.IsSimulated ? "SIMULATED hardware" : "real hardware", decisions.Mode, $"{reader.DetectorId} with {reader.EncoderId}", devices.Camera.Description,
        ];
        if (badges.Reader != BadgeOptions.Wiegand)
            words.Add(devices.Reader.Description);
        if (devices.Inputs.IsDoorOpen is null)
            words.Add("no door contact, so no door is ever seen forced or held open");
        if (decisions.NeedsPin)
            words.Add("with a PIN after the badge");
        return new StartWords(string.Join(", ", words), [.. WarningsOf(devices.Relay.IsSimulated, decisions, badges, reader.EncoderId)]);
    }

    /// <summary>What makes a door weaker than a door should be, each in a sentence.</summary>
    /// <param name="isSimulated">Whether nothing real is behind the door.</param>
    /// <param name="decisions">Checked options.</param>
    /// <param name="badges">Checked options.</param>
    /// <param name="encoder">Catalogue id of the encoder in use.</param>
    public static IEnumerable<string> WarningsOf(bool isSimulated, DecisionOptions decisions, BadgeOptions badges, string encoder)
    {
        if (decisions.AccessMode.OpensForBadgeAlone())
            yield return $"in mode {decisions.Mode} {WithoutFace(decisions.NeedsPin, badges.TypedPrefix is not null)}. Decisions:Mode badge-and-face asks for the face too";
        if (!isSimulated && encoder == Catalogue.BuiltInEncoder)
            yield return "the built-in encoder guards a real door, and it is made for a desk. Import a stronger one with 'dooragent models import DIR', and enrol with it";
    }

    private static string WithoutFace(bool needsPin, bool isTyped) => (isTyped ? "a typed number" : "a badge")
        + (needsPin ? " and its PIN open without a face" : $" alone opens, and whoever {(isTyped ? "learns" : "copies")} one comes in");
}
