using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Hardware.Badges;
using DoorAgent.Schedules;

using static DoorAgent.Tests.Decisions.PolicyScene;

namespace DoorAgent.Tests.Decisions;

/// <summary>The table of the exit reader in deploy/guide/modes-and-hours.md: a door locks nobody in.</summary>
public sealed class ExitReaderTests
{
    [Theory]
    [InlineData("badge-and-face")]
    [InlineData("face-only")]
    [InlineData("badge-or-face")]
    [InlineData("badge-only")]
    public void AKnownBadgeOpensTheWayOutInEveryMode(string mode)
    {
        PolicyScene scene = Leave(new PolicyScene(options => options.Mode = mode), AdamsBadge).Expect("ExitGranted");

        Assert.Equal((Adam, AdamsBadge.Hint, false), (scene.Last[0].PersonId, scene.Last[0].BadgeHint, scene.Last[0].IsAlarm()));
        Assert.Null(scene.State.Attempt);
    }

    [Fact]
    public void NoPinIsAskedForOnTheWayOut() => Leave(PolicyScene.WithPin(), NorasBadge).Expect("ExitGranted");

    [Fact]
    public void NoCameraIsNeededOnTheWayOut() =>
        Leave(new PolicyScene().Apply(new CameraChanged("silent")), AdamsBadge).Expect("ExitGranted");

    [Theory]
    [InlineData(DenyReason.OutsideSchedule)]
    [InlineData(DenyReason.OutsideValidity)]
    [InlineData(DenyReason.ClockNotSet)]
    public void HoursAndDatesLockNobodyInAndAreOnRecord(object reason)
    {
        PolicyScene scene = new() { AdamIsNotAllowed = new Refusal((DenyReason)reason, "until Sat") };
        Leave(scene, AdamsBadge).Expect($"ExitGranted {reason}");
        Assert.Equal(("until Sat", false), (scene.Last[0].Detail, scene.Last[0].IsAlarm()));
    }

    [Fact]
    public void ADisabledPersonIsNotLockedIn()
    {
        PolicyScene scene = new() { Gallery = GalleryOf(adamIsEnabled: false) };
        Leave(scene, AdamsBadge).Expect("ExitGranted PersonDisabled");
    }

    [Fact]
    public void ALockoutLocksNobodyIn()
    {
        PolicyScene scene = new();
        for (int i = 0; i < 3; i++)
            scene.Wait(3).Read(AdamsBadge).Frames(15, Adam, false);
        Leave(scene.Wait(3).Read(AdamsBadge).Expect("Denied LockedOut"), AdamsBadge).Expect("ExitGranted");
    }

    [Fact]
    public void AReportedBadgeOpensTheWayOutWithAnAlarm()
    {
        foreach (Badge reported in new[] { BlockedBadge, LostBadge })
        {
            PolicyScene scene = Leave(new PolicyScene(), reported).Expect("ExitGranted BadgeBlocked");
            Assert.True(scene.Last[0].IsAlarm());
        }
    }

    [Fact]
    public void AnUnknownBadgeOpensNothingAndIsCounted()
    {
        PolicyScene scene = Leave(new PolicyScene(), Badge.Of("H10301", 9, 9)).Expect("Denied UnknownBadge");
        Assert.Equal("at the exit reader", scene.Last[0].Detail);
        Assert.Single(scene.State.UnknownBadges.Failures);
    }

    [Fact]
    public void UnknownBadgesAreNotAnsweredForAWhileAndAKnownOneIs()
    {
        PolicyScene scene = new();
        for (uint card = 0; card < 10; card++)
            Leave(scene, Badge.Of("H10301", 9, card));
        Leave(scene, Badge.Of("H10301", 9, 77)).Expect();
        Leave(scene, AdamsBadge).Expect("ExitGranted");
    }

    [Fact]
    public void WithoutAGalleryNoBadgeIsKnown() => Leave(new PolicyScene { Gallery = null }, AdamsBadge).Expect("Denied GalleryMissing");

    [Fact]
    public void TheSameBadgeWithinTwoSecondsIsTheSameRead()
    {
        PolicyScene scene = Leave(new PolicyScene(), AdamsBadge).Expect("ExitGranted");
        Leave(scene, AdamsBadge, after: 1).Expect();
        Leave(scene, AdamsBadge).Expect("ExitGranted");
    }

    [Fact]
    public void AReadAtOneReaderIsNoRepeatedReadAtTheOther()
    {
        PolicyScene scene = Leave(new PolicyScene(), AdamsBadge).Expect("ExitGranted");
        scene.Wait(1).Read(AdamsBadge).Expect("AttemptOpened");
    }

    [Fact]
    public void AnAttemptAtTheEntryGoesOnWhileSomebodyLeaves()
    {
        PolicyScene scene = new PolicyScene().Read(AdamsBadge).Frames(2, Adam, true);
        Leave(scene, NorasBadge, after: 0.1).Expect("ExitGranted");
        scene.Frames(1, Adam, true).Expect("Granted");
    }

    [Fact]
    public void AnOperatorWhoWaitsForABadgeGetsNoneOfTheExitReader()
    {
        PolicyScene scene = new PolicyScene().Apply(new BadgeAwaited(At(1e9)));
        Leave(scene, Badge.Of("H10301", 9, 9)).Expect("Denied UnknownBadge");
        Assert.Null(scene.Taken);
    }

    [Fact]
    public void TheExitReadersFaultsHaveTheirOwnAlarm()
    {
        PolicyScene scene = new();
        for (int i = 0; i < 4; i++)
            scene.Wait(1).Apply(Fault(ReaderSide.Exit)).Expect("ReaderFault");
        Assert.StartsWith("at the exit reader: wrong parity", scene.Last[0].Detail, StringComparison.Ordinal);
        // Four faults at one reader and one at the other are no noise.
        scene.Apply(Fault(ReaderSide.Entry)).Expect("ReaderFault");
        scene.Apply(Fault(ReaderSide.Exit)).Expect("ReaderFault", "ExitLineNoise");
        scene.Pass(61).Expect("ExitLineRestored");
    }

    [Fact]
    public void BothReadersCanBeNoisyAndEachCalmsByItself()
    {
        PolicyScene scene = new();
        for (int i = 0; i < 5; i++)
            scene.Apply(Fault(ReaderSide.Entry)).Wait(1).Apply(Fault(ReaderSide.Exit));
        scene.Pass(61).Expect("LineRestored", "ExitLineRestored");
    }

    [Fact]
    public void TheLossOfEachReaderIsReportedByItself()
    {
        PolicyScene scene = new PolicyScene().Apply(new ReaderChanged("unplugged") { Side = ReaderSide.Exit }).Expect("ExitReaderOffline");
        Assert.Equal((null, "unplugged"), (scene.State.ReaderFault, scene.State.ExitReaderFault));
        scene.Apply(new ReaderChanged("unplugged")).Expect("ReaderOffline");
        scene.Apply(new ReaderChanged(null) { Side = ReaderSide.Exit }).Expect("ExitReaderRestored");
        scene.Apply(new ReaderChanged(null)).Expect("ReaderRestored");
    }

    [Fact]
    public void AfterTheStopNobodyIsLetOutByTheRelay()
    {
        PolicyScene scene = new PolicyScene().Apply(new AccessStopping());
        Leave(scene, AdamsBadge).Expect();
    }

    private static ReaderFaulted Fault(ReaderSide side) => new(ReadFault.Parity, 26) { Side = side };

    private static PolicyScene Leave(PolicyScene scene, Badge badge, double after = 3) =>
        scene.Wait(after).Apply(new BadgePresented(badge, At(scene.Now)) { Side = ReaderSide.Exit });
}
