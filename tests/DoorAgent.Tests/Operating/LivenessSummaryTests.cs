using DoorAgent.Decisions;
using DoorAgent.Hardware;
using DoorAgent.Liveness;
using DoorAgent.Operating;

namespace DoorAgent.Tests.Operating;

public sealed class LivenessSummaryTests
{
    private static readonly string[] All = ["minifasnet-v2", "minifasnet-v1se", "minifasnet-v2se"];

    [Theory]
    [InlineData("Full")]
    [InlineData("Pair", "minifasnet-v2se")]
    [InlineData("Cues", "minifasnet-v1se")]
    [InlineData("Cues", "minifasnet-v2")]
    [InlineData("Cues", "minifasnet-v2", "minifasnet-v1se", "minifasnet-v2se")]
    public void TheNetworksAtHandDecideWhatJudges(string strength, params string[] missing)
    {
        LivenessSummary summary = Door("badge-and-face").With(missing);
        Assert.Equal(strength, $"{summary.Strength}");
        Assert.Equal(missing.Length == 0 ? null : $"'dooragent models pull {string.Join(' ', missing)}' brings what is missing, for the "
            + "next start", summary.Remedy);
        Assert.Equal(missing.Length > 0, summary.Words!.Contains("weaker", StringComparison.Ordinal));
        Assert.Equal(LivenessStrength.Off, Door("badge-and-face", mode: "off").With(missing).Strength);
        Assert.Equal(LivenessStrength.Cues, Door("badge-and-face", mode: "cues").With(missing).Strength);
    }

    [Fact]
    public void WithoutAFaceThereIsNothingToSay()
    {
        LivenessSummary summary = Door("badge-only", challenge: "always", green: null).With(All);
        Assert.Null(summary.Words);
        Assert.Empty(summary.Warnings());
        Assert.Empty(summary.Refusals());
    }

    [Theory]
    [InlineData("face-only", "face-only")]
    [InlineData("badge-or-face", "face-only")]
    [InlineData("badge-and-face", "always")]
    [InlineData("badge-and-face", "doubt")]
    [InlineData("face-only", "doubt")]
    public void ATurnOfTheHeadThatNothingCanShowIsRefusedAtEveryDoor(string mode, string challenge)
    {
        foreach (bool isSimulated in new[] { true, false })
        {
            string refusal = Door(mode, challenge: challenge, green: null, isSimulated: isSimulated).With([]).Refusals().First();
            Assert.Contains(ChallengeWiring.Wiring, refusal, StringComparison.Ordinal);
            Assert.Contains("set Liveness:Challenge to off", refusal, StringComparison.Ordinal);
            Assert.StartsWith(challenge == "face-only" ? "Decisions:Mode " : "Liveness:Challenge ", refusal, StringComparison.Ordinal);
        }

        Assert.Empty(Door(mode, challenge: challenge, isSimulated: true).With(All).Refusals());
        Assert.Empty(Door(mode, challenge: challenge, green: null, display: "ssd1306@/dev/i2c-1", isSimulated: true).With(All).Refusals());
    }

    [Theory]
    [InlineData("badge-and-face", "face-only", "on")]
    [InlineData("badge-only", "always", "on")]
    [InlineData("face-only", "off", "on")]
    [InlineData("face-only", "face-only", "off")]
    public void WhereNobodyIsAskedNothingNeedsToBeShown(string mode, string challenge, string liveness) =>
        Assert.Empty(Door(mode, challenge: challenge, mode: liveness, green: null, isSimulated: true).With(All).Refusals());

    [Theory]
    [InlineData("face-only")]
    [InlineData("badge-or-face")]
    public void ARealDoorThatAFaceAloneOpensNeedsThePairAndTheTurn(string mode)
    {
        Assert.Empty(Door(mode).With([]).Refusals());
        Assert.Empty(Door(mode).With(["minifasnet-v2se"]).Refusals());
        Assert.Empty(Door(mode, challenge: "always").With([]).Refusals());
        Lacks("'dooragent models pull minifasnet-v1se'", Door(mode).With(["minifasnet-v1se"]));
        Lacks("Liveness:Mode is cues", Door(mode, mode: "cues").With([]));
        Lacks("'dooragent config unset Liveness:Mode'", Door(mode, mode: "off").With([]));
        Lacks("Liveness:Challenge is off", Door(mode, challenge: "off").With([]));
        Lacks("'dooragent config unset Liveness:Challenge'", Door(mode, challenge: "doubt").With([]));
        Lacks("Wire a light", Door(mode, challenge: "off", green: null).With([]));
        Assert.Empty(Door(mode, isSimulated: true).With(All).Refusals());
        // The settings alone do not say which networks there are.
        Assert.Empty(Door(mode).Refusals());
    }

    [Fact]
    public void ABadgeMakesWeakLivenessAWarningAndNoRefusal()
    {
        LivenessSummary door = Door("badge-and-face", mode: "off", green: null).With(All);
        Assert.Empty(door.Refusals());
        Assert.Contains("liveness off, so that pictures count as people", Assert.Single(door.Warnings()), StringComparison.Ordinal);
        Assert.Contains("cues alone", Assert.Single(Door("badge-and-face").With(All).Warnings()), StringComparison.Ordinal);
        Assert.Contains("pull minifasnet-v2se'", Assert.Single(Door("badge-and-face").With(["minifasnet-v2se"]).Warnings()),
            StringComparison.Ordinal);
        Assert.Empty(Door("badge-and-face").With([]).Warnings());
        Assert.Empty(Door("badge-and-face", isSimulated: true).With(All).Warnings());
    }

    [Fact]
    public void TheKeyReplacesTheRefusalByAWarningWithTheWayBack()
    {
        LivenessSummary lacking = Door("face-only", challenge: "off", green: null, isAccepted: true).With(All);
        Assert.Empty(lacking.Refusals());
        string warning = Assert.Single(lacking.Warnings());
        Assert.StartsWith("a picture of somebody enrolled may open this door", warning, StringComparison.Ordinal);
        foreach (string way in new[] { $"'dooragent models pull {string.Join(' ', All)}'", "Wire a light", "'dooragent config unset "
            + "Liveness:Challenge'", "'dooragent config unset Decisions:IKnowPicturesOpenThisDoor'" })
            Assert.Contains(way, warning, StringComparison.Ordinal);
        Assert.Contains("nothing needs it", Assert.Single(Door("face-only", isAccepted: true).With([]).Warnings()), StringComparison.Ordinal);
        // The pair without the third network is a separate matter.
        Assert.Equal(2, Door("face-only", challenge: "off", isAccepted: true).With(["minifasnet-v2se"]).Warnings().Count());
    }

    [Fact]
    public void TheKeyDoesNotExcuseATurnThatNothingCanShow() =>
        Assert.Single(Door("face-only", green: null, isAccepted: true).With([]).Refusals());

    [Fact]
    public void ASimulatedDoorWithoutTheTurnIsWarnedAbout()
    {
        Assert.Contains("Liveness:Challenge is off",
            Assert.Single(Door("face-only", challenge: "off", isSimulated: true).With(All).Warnings()),
            StringComparison.Ordinal);
        Assert.Empty(Door("face-only", challenge: "off", mode: "off", isSimulated: true).With(All).Warnings());
    }

    private static void Lacks(string words, LivenessSummary door)
    {
        string refusal = Assert.Single(door.Refusals());
        Assert.StartsWith("Decisions:Mode is ", refusal, StringComparison.Ordinal);
        Assert.Contains(words, refusal, StringComparison.Ordinal);
        Assert.Contains("set Decisions:IKnowPicturesOpenThisDoor to true", refusal, StringComparison.Ordinal);
    }

    private static LivenessSummary Door(string access, string mode = "on", string challenge = "face-only", int? green = 5,
        string? display = null, bool isSimulated = false, bool isAccepted = false) => new(isSimulated,
        new DecisionOptions { Mode = access, IKnowBadgesCanBeCopied = true, IKnowPicturesOpenThisDoor = isAccepted },
        new LivenessOptions { Mode = mode, Challenge = challenge },
        new HardwareOptions { Kind = isSimulated ? "simulated" : "gpio", Contact = "none", Green = green, Display = display });
}
