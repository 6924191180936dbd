using DoorAgent.Diagnostics;
using DoorAgent.Diagnostics.Checks;

namespace DoorAgent.Tests.Diagnostics.Checks;

public sealed class SpoofingCheckTests : IDisposable
{
    private readonly SomeDoor _door = new();

    public void Dispose() => _door.Dispose();

    [Fact]
    public async Task MissingNetworksAreAWarningWithTheCommandThatBringsThem() => (await _door.FindAsync<SpoofingCheck>())
        .Has(FindingLevel.Warning, "liveness by cues alone", "'dooragent models pull minifasnet-v2 minifasnet-v1se minifasnet-v2se'");

    [Fact]
    public async Task ALivenessCheckThatIsOffIsAWarning() => (await _door.FindRealAsync<SpoofingCheck>("Liveness:Mode=off"))
        .Has(FindingLevel.Warning, "pictures count as people", "dooragent config unset Liveness:Mode");

    [Fact]
    public async Task ADoorThatLooksAtNoFaceNeedsNoLiveness()
    {
        IReadOnlyList<Finding> found = await _door.FindAsync<SpoofingCheck>(
            "Decisions:Mode=badge-only", "Decisions:IKnowBadgesCanBeCopied=true");
        found.AreAllOk();
        Assert.Contains("badge-only", Assert.Single(found).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatAStartRefusesIsAFault()
    {
        (await _door.FindAsync<SpoofingCheck>("Decisions:Mode=face-only"))
            .Has(FindingLevel.Fault, "nothing at the door can show", "Hardware:LeftLight");
        (await _door.FindRealAsync<SpoofingCheck>("Decisions:Mode=face-only", "Hardware:Green=5"))
            .Has(FindingLevel.Fault, "a picture of a face may too", "dooragent models pull");
    }

    [Fact]
    public async Task AcceptedPicturesAreAWarningWithTheWayBack() => (await _door.FindRealAsync<SpoofingCheck>(
        "Decisions:Mode=face-only", "Hardware:Green=5", "Decisions:IKnowPicturesOpenThisDoor=true"))
        .Has(FindingLevel.Warning, "may open this door", "dooragent config unset Decisions:IKnowPicturesOpenThisDoor");

    [Fact]
    public async Task ARunningDoorWithAnotherCheckNeedsARestart()
    {
        _door.Running = _door.Status() with { Liveness = "by all three networks" };
        (await _door.FindAsync<SpoofingCheck>()).Has(
            FindingLevel.Warning, "the running door was started with another check", "restart dooragent");
    }

    [Fact]
    public async Task AWrongSettingIsLeftToTheCheckOfTheConfiguration() =>
        (await _door.FindAsync<SpoofingCheck>("Liveness:Strictness=9")).Has(FindingLevel.Warning, "skipped", "doctor");
}
