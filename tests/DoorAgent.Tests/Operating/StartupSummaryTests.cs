using DoorAgent.Decisions;
using DoorAgent.Encodings;
using DoorAgent.Hardware.Badges;
using DoorAgent.Liveness;
using DoorAgent.Matching;
using DoorAgent.Operating;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Operating;

public sealed class StartupSummaryTests
{
    [Theory]
    [InlineData("badge-and-face", true, "door-encoder")]
    [InlineData("face-only", true, "door-encoder")]
    [InlineData("badge-and-face", false, "mobilefacenet")]
    public void AProperlyConfiguredDoorHasNoWarning(string mode, bool isSimulated, string encoder) =>
        Assert.Empty(Warnings(mode, isSimulated, encoder));

    [Theory]
    [InlineData("badge-only")]
    [InlineData("badge-or-face")]
    public void AModeInWhichABadgeAloneOpensIsAWarning(string mode) =>
        Assert.StartsWith($"in mode {mode} a badge alone opens",
            Assert.Single(Warnings(mode, true, "door-encoder")), StringComparison.Ordinal);

    [Fact]
    public void TheBuiltInEncoderAtARealDoorIsASeparateWarning()
    {
        IEnumerable<string> warnings = Warnings("badge-only", false, "door-encoder");
        Assert.Equal(2, warnings.Count());
        Assert.Contains("dooragent models import", warnings.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void AcceptedEstimatesAreAWarning() => Assert.StartsWith("Matching:AcceptEstimates is true",
        Assert.Single(Warnings("badge-and-face", false, "mobilefacenet", acceptsEstimates: true)), StringComparison.Ordinal);

    [Theory]
    [InlineData("face-only")]
    [InlineData("badge-or-face")]
    public void TheBuiltInDetectorIsRefusedIfAFaceAloneOpensARealDoor(string mode)
    {
        string refusal = Assert.Single(Refusals(mode, false, "door-detector"));
        Assert.Contains("'dooragent models pull'", refusal, StringComparison.Ordinal);
        Assert.Contains("set Faces:Detector to yunet-n", refusal, StringComparison.Ordinal);
        Assert.Empty(Refusals(mode, true, "door-detector"));
        Assert.Empty(Refusals(mode, false, "yunet-n"));
    }

    [Theory]
    [InlineData("badge-and-face")]
    [InlineData("badge-only")]
    public void TheBuiltInDetectorIsAcceptedIfABadgeIsRequired(string mode) => Assert.Empty(Refusals(mode, false, "door-detector"));

    [Fact]
    public void TheLineFollowsTheNetworksInUse()
    {
        using FacePipeline reader = TestNetworks.BuiltIn();
        StartupSummary start = new("real hardware, face-only", "yunet-n with mobilefacenet", "webcam 0", []);
        Assert.Equal("real hardware, face-only, yunet-n with mobilefacenet, webcam 0", start.LineWith(null));
        Assert.Equal("real hardware, face-only, door-detector with door-encoder, webcam 0", start.LineWith(reader));
    }

    /// <summary>On turned heads whose t yunet-n measures as 0.4 to 1, it measures 0.1 to 0.4.</summary>
    [Theory]
    [InlineData("always")]
    [InlineData("doubt")]
    public void TheBuiltInDetectorIsRefusedWherePeopleAreAskedToTurn(string challenge)
    {
        string refusal = Assert.Single(Refusals("badge-and-face", false, "door-detector", challenge));
        Assert.Contains("set Faces:Detector to yunet-n", refusal, StringComparison.Ordinal);
        Assert.Empty(Refusals("badge-and-face", true, "door-detector", challenge));
        Assert.Empty(Refusals("badge-and-face", false, "yunet-n", challenge));
        Assert.Empty(Refusals("badge-only", false, "door-detector", challenge));
        Assert.Single(Refusals("face-only", false, "door-detector", challenge));
    }

    private static IEnumerable<string> Refusals(
        string mode, bool isSimulated, string detector, string challenge = LivenessOptions.FaceOnly) => StartupSummary.RefusalsOf(
        isSimulated, new DecisionOptions { Mode = mode, IKnowBadgesCanBeCopied = true },
        new BadgeOptions(), new MatchingOptions(), new LivenessOptions { Challenge = challenge }, detector);

    private static IEnumerable<string> Warnings(
        string mode, bool isSimulated, string encoder, bool acceptsEstimates = false) =>
        StartupSummary.WarningsOf(isSimulated,
            new DecisionOptions { Mode = mode, IKnowBadgesCanBeCopied = true }, new BadgeOptions(),
            new MatchingOptions { AcceptEstimates = acceptsEstimates }, encoder);
}
