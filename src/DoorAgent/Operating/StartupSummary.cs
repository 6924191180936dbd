using System.Collections.Immutable;
using DoorAgent.Decisions;
using DoorAgent.Encodings;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Devices;
using DoorAgent.Matching;
using DoorAgent.Networks;

namespace DoorAgent.Operating;

/// <summary>What a run says of its door at the start.</summary>
/// <param name="Kind">Real or simulated, and the mode.</param>
/// <param name="Networks">The networks that it begins with.</param>
/// <param name="Rest">The camera, and what else is to be known.</param>
/// <param name="Warnings">Said at the start and once a day, so that nobody forgets them.</param>
internal sealed record StartupSummary(string Kind, string Networks, string Rest, ImmutableArray<string> Warnings)
{
    /// <summary>The first line.</summary>
    public string Line => $"{Kind}, {Networks}, {Rest}";

    /// <summary>The same with the networks in use now: the gallery may have come to another encoder.</summary>
    public string LineWith(FacePipeline? inUse) => inUse is null ? Line : (this with { Networks = WordsOf(inUse) }).Line;

    public static StartupSummary Of(DoorDevices devices, DecisionOptions decisions, BadgeOptions badges, FacePipeline reader)
    {
        bool isSimulated = devices.Relay.IsSimulated;
        List<string> rest = [devices.Camera.Description];
        if (badges.Reader != BadgeOptions.Wiegand)
            rest.Add(devices.Reader.Description);
        if (devices.Inputs.IsDoorOpen is null)
            rest.Add("no door contact, so no door is ever seen forced or held open");
        if (decisions.NeedsPin)
            rest.Add("with a PIN after the badge");
        return new StartupSummary($"{(isSimulated ? "SIMULATED hardware" : "real hardware")}, {decisions.Mode}", WordsOf(reader), string.Join(", ", rest),
            [.. WarningsOf(isSimulated, decisions, badges, reader.EncoderId)]);
    }

    /// <summary>Why a door with such settings does not start, each as sentences with what to do.</summary>
    /// <param name="isSimulated">Whether nothing real is behind the door.</param>
    /// <param name="decisions">Checked options.</param>
    /// <param name="badges">Checked options.</param>
    /// <param name="matching">Checked options.</param>
    /// <param name="detector">Catalogue id of the detector in use.</param>
    public static IEnumerable<string> RefusalsOf(bool isSimulated, DecisionOptions decisions, BadgeOptions badges, MatchingOptions matching, string detector)
    {
        if (!isSimulated && decisions.AccessMode.Identifies() && detector == Catalogue.BuiltInDetector)
        {
            yield return $"In mode {decisions.Mode} a face alone opens, and the built-in detector is not good enough for that at a real door: it takes some faces seen "
                + "from the side for frontal ones, and these look like several people. 'dooragent models pull' (or 'dooragent models import DIR') brings yunet-n: "
                + "then set Faces:Detector to yunet-n; the gallery stays valid. Or set Decisions:Mode to badge-and-face.";
        }

        if (decisions.NeedsPin && !badges.HasKeypad)
        {
            yield return badges.Reader == BadgeOptions.Wiegand
                ? "Decisions:Pin is required and Badges:Keypad is none: nobody could ever type one. Set Badges:Keypad to 4-bit or 8-bit, as the reader sends its keys, or Decisions:Pin to off."
                : $"Decisions:Pin is required and Badges:Reader is {badges.Reader}, which has no keypad: nobody could ever type one. Set Decisions:Pin to off, or take a reader with a keypad ({BadgeOptions.Wiegand}, {BadgeOptions.Osdp}).";
        }

        if (!isSimulated && matching.Distance is not null)
            yield return "Matching:Distance is for simulated hardware and the command line only: a real door states its threshold as Matching:Fmr. Take it out of the configuration.";
    }

    /// <summary>What makes a door weaker than a door should be, each in a sentence.</summary>
    /// <param name="isSimulated">Whether nothing real is behind the door.</param>
    /// <param name="decisions">Checked options.</param>
    /// <param name="badges">Checked options.</param>
    /// <param name="encoder">Catalogue id of the encoder in use.</param>
    public static IEnumerable<string> WarningsOf(bool isSimulated, DecisionOptions decisions, BadgeOptions badges, string encoder) =>
        new[] { WarningOf(decisions, badges), WarningOf(isSimulated, encoder) }.OfType<string>();

    /// <summary>Of a mode in which no face is needed; null for another.</summary>
    public static string? WarningOf(DecisionOptions decisions, BadgeOptions badges) => decisions.AccessMode.OpensForBadgeAlone()
        ? $"in mode {decisions.Mode} {WithoutFace(decisions.NeedsPin, badges.TypedPrefix is not null)}. Decisions:Mode badge-and-face asks for the face too"
        : null;

    /// <summary>Of the built-in encoder at a real door; null for another, or where nothing is real.</summary>
    public static string? WarningOf(bool isSimulated, string encoder) => !isSimulated && encoder == Catalogue.BuiltInEncoder
        ? "the built-in encoder guards a real door, and it is made for a desk. Import a stronger one with 'dooragent models import DIR', and enrol with it"
        : null;

    private static string WordsOf(FacePipeline reader) => $"{reader.DetectorId} with {reader.EncoderId}";

    private static string WithoutFace(bool needsPin, bool isTyped) => (isTyped ? "a typed number" : "a badge")
        + (needsPin ? " and its PIN open without a face" : $" alone opens, and whoever {(isTyped ? "learns" : "copies")} one comes in");
}
