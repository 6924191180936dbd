using System.Collections.Immutable;
using DoorAgent.Decisions;
using DoorAgent.Encodings;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Devices;
using DoorAgent.Liveness;
using DoorAgent.Matching;
using DoorAgent.Networks;

namespace DoorAgent.Operating;

/// <summary>Summarises the door at the start of a run.</summary>
/// <param name="Kind">Real or simulated, and the mode.</param>
/// <param name="Networks">The networks of the start.</param>
/// <param name="Rest">The camera and other noteworthy facts.</param>
/// <param name="Warnings">Warnings, recorded at the start and once a day as a reminder.</param>
internal sealed record StartupSummary(string Kind, string Networks, string Rest, ImmutableArray<string> Warnings)
{
    private const string SettingsWord = ", settings ";

    /// <summary>The summary as a line.</summary>
    public string Line => $"{Kind}, {Networks}, {Rest}{(Settings is null ? "" : SettingsWord + Settings)}";

    /// <summary>Returns the summary with the networks in use now: the gallery may have changed to another encoder.</summary>
    public string LineWith(FacePipeline? inUse) => inUse is null ? Line : (this with { Networks = NamesOf(inUse) }).Line;

    /// <summary>Digest of the settings, which the next start compares with its own; null where nobody asks.</summary>
    public string? Settings { get; init; }

    /// <summary>What judges liveness; null where no face counts.</summary>
    public LivenessSummary? Liveness { get; init; }

    /// <summary>Returns the digest of the settings at the end of a line; null where a line has none.</summary>
    public static string? SettingsIn(string? line) =>
        line?.LastIndexOf(SettingsWord, StringComparison.Ordinal) is >= 0 and var at ? line[(at + SettingsWord.Length)..] : null;

    public static StartupSummary Of(
        DoorDevices devices, DecisionOptions decisions, BadgeOptions badges, MatchingOptions matching, FacePipeline pipeline,
        LivenessSummary liveness)
    {
        bool isSimulated = devices.Relay.IsSimulated;
        List<string> rest = [devices.Camera.Description];
        if (liveness.TrustsFaces)
            rest.Insert(0, $"liveness {liveness.Words}");
        if (badges.Reader != BadgeOptions.Wiegand)
            rest.Add(devices.Reader.Description);
        if (devices.ExitReader is { } exit)
            rest.Add($"at the exit: {exit.Description}");
        if (devices.Inputs.IsDoorOpen is null)
            rest.Add("no door contact, so that a forced or held-open door is not detected");
        if (decisions.NeedsPin)
            rest.Add("with a PIN after the badge");
        string kind = $"{(isSimulated ? "SIMULATED hardware" : "real hardware")}, {decisions.Mode}";
        return new StartupSummary(kind, NamesOf(pipeline), string.Join(", ", rest),
            [.. WarningsOf(isSimulated, decisions, badges, matching, pipeline.EncoderId), .. liveness.Warnings()])
        {
            Liveness = liveness.TrustsFaces ? liveness : null,
        };
    }

    /// <summary>Returns why a door with these settings must not start; each message has the next step.</summary>
    /// <param name="isSimulated">Whether the hardware is simulated.</param>
    /// <param name="decisions">Checked options.</param>
    /// <param name="badges">Checked options.</param>
    /// <param name="matching">Checked options.</param>
    /// <param name="liveness">Checked options.</param>
    /// <param name="detector">Catalogue id of the detector in use.</param>
    public static IEnumerable<string> RefusalsOf(
        bool isSimulated, DecisionOptions decisions, BadgeOptions badges, MatchingOptions matching, LivenessOptions liveness,
        string detector)
    {
        bool isBuiltIn = Catalogue.Embedded.IsOrWas(detector, Catalogue.BuiltInDetector);
        if (!isSimulated && decisions.AccessMode.Identifies() && isBuiltIn)
        {
            yield return $"In mode {decisions.Mode} a face alone opens, and the built-in detector is not good enough for that "
                + "at a real door: it takes some faces seen from the side for frontal ones, and these look like several people. "
                + "'dooragent models pull' (or 'dooragent models import DIR') brings yunet-n: then set Faces:Detector to yunet-n; "
                + "the gallery stays valid. Or set Decisions:Mode to badge-and-face.";
        }
        else if (!isSimulated && ChallengeWiring.Asks(decisions, liveness) && isBuiltIn)
        {
            yield return $"Liveness:Challenge is {liveness.Challenge}, and the built-in detector finds the nose of some turned heads too "
                + "near the middle: these people could not turn far enough. 'dooragent models pull' (or 'dooragent models import DIR') brings "
                + "yunet-n: then set Faces:Detector to yunet-n; the gallery stays valid. Or set Liveness:Challenge to off.";
        }

        if (decisions.NeedsPin && !badges.HasKeypad)
        {
            yield return badges.Reader == BadgeOptions.Wiegand
                ? "Decisions:Pin is required and Badges:Keypad is none: nobody could ever type one. Set Badges:Keypad to 4-bit or 8-bit, "
                    + "as the reader sends its keys, or Decisions:Pin to off."
                : $"Decisions:Pin is required and Badges:Reader is {badges.Reader}, which has no keypad: nobody could ever type one. "
                    + $"Set Decisions:Pin to off, or use a reader with a keypad ({BadgeOptions.Wiegand}, {BadgeOptions.Osdp}).";
        }

        if (!isSimulated && matching.Distance is not null)
        {
            yield return "Matching:Distance is for simulated hardware and the command line only: a real door states its threshold as "
                + "Matching:Fmr. Remove Matching:Distance from the configuration.";
        }
    }

    /// <summary>Returns warnings about settings that weaken the door.</summary>
    /// <param name="isSimulated">Whether the hardware is simulated.</param>
    /// <param name="decisions">Checked options.</param>
    /// <param name="badges">Checked options.</param>
    /// <param name="matching">Checked options.</param>
    /// <param name="encoder">Catalogue id of the encoder in use.</param>
    public static IEnumerable<string> WarningsOf(
        bool isSimulated, DecisionOptions decisions, BadgeOptions badges, MatchingOptions matching, string encoder) =>
        new[] { WarningOf(decisions, badges), WarningOf(isSimulated, encoder), NoteOfFormer(encoder), WarningOf(matching) }.OfType<string>();

    /// <summary>Returns a warning about thresholds beyond the measured table; null where only measured ones are allowed.</summary>
    public static string? WarningOf(MatchingOptions matching) => matching.AcceptEstimates
        ? "Matching:AcceptEstimates is true: where a gallery needs a smaller rate than the encoder's table has measured, the threshold is "
            + "an estimate, and nobody has counted how often it is wrong"
        : null;

    /// <summary>Returns a warning about a mode that needs no face; null for another mode.</summary>
    public static string? WarningOf(DecisionOptions decisions, BadgeOptions badges) => decisions.AccessMode.OpensForBadgeAlone()
        ? $"in mode {decisions.Mode} {WithoutFace(decisions.NeedsPin, badges.TypedPrefix is not null)}. "
            + "Decisions:Mode badge-and-face requires the face too"
        : null;

    /// <summary>Returns a warning about the built-in encoder at a real door; null for another encoder or simulated hardware.</summary>
    public static string? WarningOf(bool isSimulated, string encoder) =>
        !isSimulated && Catalogue.Embedded.IsOrWas(encoder, Catalogue.BuiltInEncoder)
        ? "the built-in encoder guards a real door, but is meant for tests at a desk. Import a stronger one with "
            + "'dooragent models import DIR', and enrol with it"
        : null;

    /// <summary>Returns what to do about a gallery whose encoder was built in before; null for every other encoder.</summary>
    public static string? NoteOfFormer(string encoder) => encoder != Catalogue.BuiltInEncoder
        && Catalogue.Embedded.IsOrWas(encoder, Catalogue.BuiltInEncoder)
        ? $"the gallery's encoder is {encoder}, which an earlier version had built in, and the door goes on with it. The built-in one of "
            + $"today makes fewer errors: 'dooragent people re-encode --encoder {Catalogue.BuiltInEncoder}' changes to it from kept faces, "
            + "and names everybody of whom new pictures are needed"
        : null;

    private static string NamesOf(FacePipeline pipeline) => $"{pipeline.DetectorId} with {pipeline.EncoderId}";

    private static string WithoutFace(bool needsPin, bool isTyped) => (isTyped ? "a typed number" : "a badge")
        + (needsPin ? " and its PIN open without a face" : $" alone opens, and anybody who {(isTyped ? "learns" : "copies")} one comes in");
}
