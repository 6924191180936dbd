using DoorAgent.Decisions;
using DoorAgent.Hardware;
using DoorAgent.Liveness;
using DoorAgent.Networks;

namespace DoorAgent.Operating;

/// <summary>Summarises how well a door tells people from pictures: what judges, why the door must not start, and what is weaker than it
/// could be. Pure.</summary>
/// <param name="IsSimulated">Whether the hardware is simulated.</param>
/// <param name="Decisions">Checked options.</param>
/// <param name="Liveness">Checked options.</param>
/// <param name="Hardware">Checked options.</param>
internal sealed record LivenessSummary(
    bool IsSimulated, DecisionOptions Decisions, LivenessOptions Liveness, HardwareOptions Hardware)
{
    private const string ModeKey = $"{nameof(Liveness)}:{nameof(LivenessOptions.Mode)}";
    private const string ChallengeKey = $"{nameof(Liveness)}:{nameof(LivenessOptions.Challenge)}";
    private const string AcceptedKey = $"{nameof(Decisions)}:{nameof(DecisionOptions.IKnowPicturesOpenThisDoor)}";

    /// <summary>What judges; null while the networks are unknown, so that only the settings count.</summary>
    public LivenessStrength? Strength { get; init; }

    /// <summary>Ids of the liveness networks that are missing.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Returns the summary with the networks that a start would find.</summary>
    /// <param name="missing">Ids of the liveness networks that are missing.</param>
    public LivenessSummary With(IReadOnlyList<string> missing) => this with
    {
        Missing = missing,
        Strength = !Liveness.IsOn ? LivenessStrength.Off
            : !Liveness.UsesNetworks || Catalogue.Liveness.Take(2).Any(missing.Contains) ? LivenessStrength.Cues
            : missing.Count > 0 ? LivenessStrength.Pair : LivenessStrength.Full,
    };

    /// <summary>Whether a face counts at this door.</summary>
    public bool TrustsFaces => Decisions.AccessMode != AccessMode.BadgeOnly;

    /// <summary>Whether people are asked to turn their head, at least sometimes.</summary>
    public bool AsksForTurn => ChallengeWiring.Asks(Decisions, Liveness);

    /// <summary>Whether people would be asked to turn their head, and nothing at the door could show them the direction.</summary>
    public bool CannotShowTurn => ChallengeWiring.RefusalOf(Decisions, Liveness, Hardware) is not null;

    /// <summary>What judges, as it follows the word liveness, with the way to the stronger check where there is one; null where no face
    /// counts.</summary>
    public string? Words => !TrustsFaces || Strength is null ? null : Remedy is { } remedy ? $"{Judge} (weaker: {remedy})" : Judge;

    /// <summary>What judges, as it follows the word liveness.</summary>
    public string Judge => Strength switch
    {
        LivenessStrength.Full => "by all three networks",
        LivenessStrength.Pair => "by two of three networks",
        LivenessStrength.Cues => "by cues alone",
        _ => "off, so that pictures count as people",
    };

    /// <summary>The step to the strongest check; null where it is in use.</summary>
    public string? Remedy => Strength switch
    {
        _ when Liveness.Mode != LivenessOptions.On => $"'dooragent config unset {ModeKey}' turns the check on with all that it has",
        LivenessStrength.Full or null => null,
        _ => $"'dooragent models pull {string.Join(' ', Missing)}' brings what is missing, for the next start",
    };

    /// <summary>Whether a start is refused because a picture may open the door.</summary>
    public bool IsRefusedForPictures => NeedsProof && !Decisions.IKnowPicturesOpenThisDoor && Lacks().Length > 0;

    /// <summary>Returns why a door with these settings and networks must not start; each message has the next steps.</summary>
    public IEnumerable<string> Refusals()
    {
        if (ChallengeWiring.RefusalOf(Decisions, Liveness, Hardware) is { } unseen)
        {
            yield return unseen
                + (NeedsProof && !Decisions.IKnowPicturesOpenThisDoor ? $" At this door that needs {AcceptedKey} too." : "");
        }

        if (IsRefusedForPictures && Lacks() is var lacks)
        {
            yield return $"Decisions:Mode is {Decisions.Mode}, so that a face alone opens, and a picture of a face may too: "
                + $"{Join(lacks.Select(lack => lack.What))}. {Sentences(lacks)} Or set {AcceptedKey} to true if it is accepted that "
                + "pictures open the door, or Decisions:Mode to badge-and-face.";
        }
    }

    /// <summary>The risk of a picture where the door lacks something against pictures that it can have; null where it lacks
    /// nothing.</summary>
    public string? PictureRisk => NeedsProof && !CannotShowTurn && Lacks() is { Length: > 0 } lacks
        ? $"A face alone opens the door, and a picture of a face may too: {Join(lacks.Select(lack => lack.What))}. {Sentences(lacks)}"
        : null;

    /// <summary>Returns what is weaker than it could be, each with the way to the stronger check.</summary>
    public IEnumerable<string> Warnings()
    {
        if (!TrustsFaces)
            yield break;
        (string What, string Remedy)[] accepted = NeedsProof && Decisions.IKnowPicturesOpenThisDoor ? Lacks() : [];
        if (accepted.Length > 0)
        {
            yield return $"a picture of somebody enrolled may open this door, which {AcceptedKey} accepts: "
                + $"{Join(accepted.Select(lack => lack.What))}. {Sentences(accepted)} Then 'dooragent config unset {AcceptedKey}' makes "
                + "sure that it stays so";
        }
        else if (NeedsProof && Decisions.IKnowPicturesOpenThisDoor && Strength is not null)
        {
            yield return $"{AcceptedKey} is true, and nothing needs it: the networks and the turn of the head are there. "
                + $"'dooragent config unset {AcceptedKey}' makes sure that the door never starts without them";
        }

        bool isSaid = accepted.Length > 0 && Strength < LivenessStrength.Pair;
        if (!IsSimulated && !isSaid && Strength is not null && Remedy is not null)
            yield return Weaker;
        // At a real door the refusal or the warning above says it.
        if (Identifies && !NeedsProof && Liveness.IsOn && !AsksEverybody)
        {
            yield return $"{ChallengeKey} is {Liveness.Challenge} where a face alone opens: a video of somebody enrolled may be taken for "
                + $"them. {TurnRemedy}";
        }
    }

    /// <summary>The warning about a check that could be stronger.</summary>
    public string Weaker => $"liveness {Words}";

    private bool Identifies => Decisions.AccessMode.Identifies();

    /// <summary>Whether a start needs proof that a face is no picture: where a face alone opens a real door.</summary>
    private bool NeedsProof => !IsSimulated && Identifies;

    private bool AsksEverybody => AsksForTurn && Liveness.Challenge is LivenessOptions.FaceOnly or LivenessOptions.Always;

    private string TurnRemedy => (Hardware.CanShowDirections ? "" : $"{ChallengeWiring.Wiring}; then ")
        + $"'dooragent config unset {ChallengeKey}' asks people to turn their head";

    /// <summary>What a door lacks whose face alone opens, each with the way to it.</summary>
    private (string What, string Remedy)[] Lacks()
    {
        List<(string, string)> lacks = [];
        if (Liveness.Mode != LivenessOptions.On)
            lacks.Add(($"{ModeKey} is {Liveness.Mode}", Remedy!));
        else if (Strength < LivenessStrength.Pair)
            lacks.Add(($"the liveness networks {Join(Catalogue.Liveness.Take(2))} are not both there", Remedy!));
        if (Liveness.IsOn && !AsksEverybody)
            lacks.Add(($"{ChallengeKey} is {Liveness.Challenge}", TurnRemedy));
        return [.. lacks];
    }

    private static string Join(IEnumerable<string> parts) => string.Join(" and ", parts);

    private static string Sentences(IEnumerable<(string What, string Remedy)> lacks) =>
        string.Join(' ', lacks.Select(lack => $"{lack.Remedy}."));
}
