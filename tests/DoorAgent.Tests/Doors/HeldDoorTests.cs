using DoorAgent.Doors;
using DoorAgent.Hardware.Doors;

namespace DoorAgent.Tests.Doors;

/// <summary>The guide's table of a door that is held unlocked (modes-and-hours.md): each cell.</summary>
public sealed class HeldDoorTests
{
    [Fact]
    public void TheHoldOfALockedDoorEnergisesTheRelayForItsMaximum()
    {
        DoorScene scene = Held();

        Assert.Equal((RelayOrder.Hold, IRelay.Maximum), (scene.Relay.Order, scene.Relay.AtMost));
        scene.Is(DoorPhase.Unlocked, true);
    }

    [Fact]
    public void TheHoldOfAnUnlockedDoorGoesOnAfterTheAccessTime() =>
        DoorScene.Unlocked().Apply(new HoldBegins()).Expect().Pass(60).Expect().Is(DoorPhase.Unlocked, true);

    [Fact]
    public void TheHoldOfAnOpenDoorEnergisesTheRelayAndStopsTheOpenTimers() =>
        DoorScene.Opened().Pass(21).Apply(new HoldBegins()).Expect("RelayOn").Pass(600).Expect().Is(DoorPhase.Open, true);

    [Fact]
    public void TheHoldOfADoorInAnAlarmEnergisesTheRelayAndTheAlarmStaysUntilTheDoorCloses()
    {
        DoorScene held = DoorScene.HeldOpen().Apply(new HoldBegins()).Expect("RelayOn").Is(DoorPhase.HeldOpen, true);
        DoorScene forced = DoorScene.Forced().Apply(new HoldBegins()).Expect("RelayOn").Is(DoorPhase.Forced, true);

        held.Pass(100).Expect().Contact(false).Expect("Restored").Is(DoorPhase.Unlocked, true);
        forced.Pass(100).Expect().Contact(false).Expect("Restored").Is(DoorPhase.Unlocked, true);
    }

    [Fact]
    public void TheSameAgainHasNoEffect()
    {
        DoorScene scene = Held().Wait(3).Apply(new HoldBegins()).Expect();

        Assert.Equal(RelayOrder.None, scene.Relay.Order);
        Assert.Equal(RelayOrder.None, new DoorScene().Apply(new HoldEnds()).Expect().Relay.Order);
        DoorScene.Unlocked().Apply(new HoldEnds()).Expect().Is(DoorPhase.Unlocked, true);
    }

    [Fact]
    public void TheRelaysTimeBeginsAgainEveryTenSeconds()
    {
        DoorScene scene = Held();
        for (int renewal = 1; renewal <= 500; renewal++)
        {
            scene.Pass(9.9);
            Assert.Equal(RelayOrder.None, scene.Wait(0).Contact(false).Relay.Order);
            scene.Pass(0.1).Is(DoorPhase.Unlocked, true);
            Assert.Equal(RelayOrder.Hold, scene.Relay.Order);
        }
    }

    [Theory]
    [InlineData(29.9, true)]
    [InlineData(30, false)]
    [InlineData(500, false)]
    public void WithoutARenewalTheRelayIsOffThirtySecondsAfterTheLastOne(double seconds, bool isOn)
    {
        DoorScene scene = Held().Pass(10);

        Assert.Equal(isOn, scene.Wait(seconds).IsRelayOn);
    }

    [Fact]
    public void ALoopThatWorksAgainRenewsAHoldThatIsNotOver()
    {
        DoorScene scene = Held().Wait(500).Apply(new DoorTick()).Expect().Is(DoorPhase.Unlocked, true);

        Assert.Equal(RelayOrder.Hold, scene.Relay.Order);
    }

    [Fact]
    public void AnOverdueRenewalDoesNotWinAgainstTheEndOfTheHold()
    {
        DoorScene scene = Held().Wait(12).Apply(new HoldEnds()).Expect("RelayOff").Is(DoorPhase.Locked, false);

        Assert.Equal(RelayOrder.Release, scene.Relay.Order);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(29.9)]
    public void ABoltThatWaitsForTheDoorIsNotHeldOnByAnOverdueRenewal(double late)
    {
        DoorScene scene = Held(options => options.Relock = Relock.Close).Contact(true).Wait(late).Apply(new HoldEnds()).Expect()
            .Is(DoorPhase.Open, true);

        Assert.Equal(RelayOrder.None, scene.Relay.Order);
        Assert.Equal(IRelay.Maximum.TotalSeconds - late, scene.Machine.NextDue(scene.State)!.Value.TotalSeconds - scene.Now, 1e-6);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(500)]
    public void ABoltThatWouldWaitIsReleasedByAnEndOfTheHoldAfterTheRelaysMaximum(double late)
    {
        DoorScene scene = Held(options => options.Relock = Relock.Close).Contact(true).Wait(late).Apply(new HoldEnds()).Expect("RelayOff")
            .Is(DoorPhase.Open, false);

        Assert.Equal(RelayOrder.Release, scene.Relay.Order);
    }

    [Theory]
    [InlineData(Relock.Open, false)]
    [InlineData(Relock.Open, true)]
    [InlineData(Relock.Close, false)]
    [InlineData(Relock.Close, true)]
    internal void AHoldThatWaitsForItsRelayDoesNotUnlockInTheCallThatEndsIt(Relock relock, bool isLock)
    {
        DoorScene scene = Held(options => options.Relock = relock).Contact(true).Apply(new RelayFailed("stuck")).Apply(new RelayRecovered());

        scene.Wait(61).Apply(isLock ? new OperatorLocks() : new HoldEnds()).Expect().Is(DoorPhase.Open, false);
        Assert.Equal(RelayOrder.None, scene.Relay.Order);
    }

    [Fact]
    public void AGrantIsThatOfTheNextOpeningWithinTheAccessTime()
    {
        DoorScene scene = Held().Grant(person: 7).Expect();
        Assert.Equal(RelayOrder.None, scene.Relay.Order);

        scene.Wait(4).Contact(true).Expect("AccessTaken");
        Assert.Equal(7, scene.Last[0].PersonId);
        scene.Contact(false).Contact(true).Expect("AccessTaken");
        Assert.Null(scene.Last[0].PersonId);
    }

    [Fact]
    public void ALaterOpeningIsNobodys()
    {
        DoorScene scene = Held().Grant(person: 7).Pass(5).Contact(true).Expect("AccessTaken");

        Assert.Null(scene.Last[0].PersonId);
    }

    [Fact]
    public void TheGrantBeforeTheHoldIsThatOfTheFirstOpening()
    {
        DoorScene scene = DoorScene.Unlocked().Apply(new HoldBegins()).Wait(2).Contact(true).Expect("AccessTaken");

        Assert.Equal(1, scene.Last[0].PersonId);
    }

    [Fact]
    public void AGrantAtAnOpenDoorIsAnEventAndChangesNothing()
    {
        Held().Contact(true).Grant().Expect("GrantedDoorOpen").Is(DoorPhase.Open, true);
        DoorScene.HeldOpen().Apply(new HoldBegins()).Grant().Expect("GrantedDoorOpen").Is(DoorPhase.HeldOpen, true);
        DoorScene.Forced().Apply(new HoldBegins()).Grant().Expect("GrantedDoorOpen").Is(DoorPhase.Forced, true);
    }

    [Fact]
    public void AnUnlockByAnOperatorChangesNothing()
    {
        DoorScene scene = Held().Wait(1).Apply(new DoorGranted(null, false)).Expect();

        Assert.Equal(RelayOrder.None, scene.Relay.Order);
        scene.Pass(60).Expect().Is(DoorPhase.Unlocked, true);
    }

    [Fact]
    public void TheExitButtonIsAnEventAndTheRelayStaysOn()
    {
        Held(options => options.ExitUnlocks = true).Exit().Expect("RequestToExit").Pass(60).Expect().Is(DoorPhase.Unlocked, true);
        Held().Contact(true).Exit().Expect("RequestToExit").Is(DoorPhase.Open, true);
        DoorScene.HeldOpen().Apply(new HoldBegins()).Exit().Expect("RequestToExit").Is(DoorPhase.HeldOpen, true);
        DoorScene.Forced().Apply(new HoldBegins()).Exit().Expect("RequestToExit").Is(DoorPhase.Forced, true);
    }

    [Theory]
    [InlineData(Relock.Open)]
    [InlineData(Relock.Close)]
    [InlineData(Relock.Time)]
    internal void OpeningAndClosingIsNoAlarmAndDoesNotRelock(Relock relock)
    {
        DoorScene scene = Held(options => options.Relock = relock);
        for (int person = 0; person < 3; person++)
        {
            scene.Pass(100).Contact(true).Expect("AccessTaken").Is(DoorPhase.Open, true);
            scene.Pass(100).Expect().Contact(false).Expect("DoorClosed").Is(DoorPhase.Unlocked, true);
        }
    }

    [Fact]
    public void ADoorThatStandsOpenForADayRaisesNeitherWarningNorAlarm() =>
        Held().Contact(true).Pass(TimeSpan.FromHours(24).TotalSeconds).Expect().Is(DoorPhase.Open, true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheEndReleasesTheRelayAtOnce(bool isLock)
    {
        DoorScene scene = Held().Pass(25).Apply(isLock ? new OperatorLocks() : new HoldEnds()).Expect("RelayOff")
            .Is(DoorPhase.Locked, false);

        Assert.False(scene.State.IsHeld);
        scene.Pass(100).Expect().Is(DoorPhase.Locked, false);
        scene.Contact(true).Expect("DoorForced");
    }

    [Fact]
    public void AnOpeningWithinTheGraceOfTheEndIsAccessTaken() =>
        Held().Pass(25).Apply(new HoldEnds()).Wait(0.9).Contact(true).Expect("AccessTaken").Is(DoorPhase.Open, false);

    [Fact]
    public void AnOpenDoorStartsItsOpenTimersAtTheEnd() =>
        Held().Contact(true).Pass(3000).Apply(new HoldEnds()).Expect("RelayOff").Is(DoorPhase.Open, false)
            .Pass(19.9).Expect().Pass(0.2).Expect("HeldOpenWarning").Pass(10).Expect("HeldOpen")
            .Contact(false).Expect("Restored").Is(DoorPhase.Locked, false);

    [Fact]
    public void AMotorBoltWaitsForTheDoorToCloseWithinThirtySecondsOfTheLastRenewal()
    {
        static void Bolt(DoorOptions options) => options.Relock = Relock.Close;

        Held(Bolt).Contact(true).Pass(95).Apply(new HoldEnds()).Expect().Is(DoorPhase.Open, true)
            .Wait(3).Contact(false).Expect("RelayOff", "DoorClosed").Is(DoorPhase.Locked, false);
        Held(Bolt).Contact(true).Pass(95).Apply(new HoldEnds()).Pass(24.9).Expect("HeldOpenWarning").Is(DoorPhase.Open, true)
            .Pass(0.1).Expect("RelayOff").Is(DoorPhase.Open, false);
        Held(Bolt).Contact(true).Apply(new OperatorLocks()).Expect("RelayOff").Is(DoorPhase.Open, false);
    }

    [Fact]
    public void AnExtendedPersonOfTheHoldDoesNotLengthenTheTimersAfterwards() =>
        Held().Grant(isExtended: true).Contact(true).Apply(new HoldEnds()).Pass(20).Expect("HeldOpenWarning");

    [Fact]
    public void AnAlarmStaysOverTheEnd()
    {
        DoorScene.HeldOpen().Apply(new HoldBegins()).Apply(new HoldEnds()).Expect("RelayOff").Is(DoorPhase.HeldOpen, false)
            .Contact(false).Expect("Restored");
        DoorScene.Forced().Apply(new HoldBegins()).Apply(new OperatorLocks()).Expect("RelayOff").Is(DoorPhase.Forced, false)
            .Contact(false).Expect("Restored");
    }

    [Fact]
    public void AfterTheEndAGrantUnlocksForTheAccessTime() =>
        Held().Pass(55).Apply(new HoldEnds()).Wait(5).Grant().Expect("RelayOn").Is(DoorPhase.Unlocked, true)
            .Pass(5).Expect("AccessNotTaken", "RelayOff").Is(DoorPhase.Locked, false);

    [Fact]
    public void ARelayThatFailsIsSwitchedOffAndIsOnAgainAMinuteAfterItWorks()
    {
        DoorScene scene = Held().Pass(5).Apply(new RelayFailed("stuck")).Expect("RelayFault", "RelayOff");
        Assert.Equal(RelayOrder.Release, scene.Relay.Order);
        scene.Pass(20).Expect().Is(DoorPhase.Locked, false);

        scene.Apply(new RelayRecovered()).Expect("RelayRestored").Pass(59.9).Expect().Is(DoorPhase.Locked, false);
        scene.Pass(0.1).Expect("RelayOn").Is(DoorPhase.Unlocked, true);
    }

    [Fact]
    public void AnOpeningDuringTheRelaysFaultIsNotForced() =>
        Held().Apply(new RelayFailed("stuck")).Contact(true).Expect("AccessTaken").Is(DoorPhase.Open, false)
            .Contact(false).Expect("DoorClosed").Is(DoorPhase.Locked, false);

    [Fact]
    public void WhileTheHoldWaitsForItsRelayAGrantAndTheExitUnlockForTheAccessTime()
    {
        DoorScene scene = Held(options => options.ExitUnlocks = true).Apply(new RelayFailed("stuck")).Apply(new RelayRecovered());

        scene.Wait(1).Grant().Expect("RelayOn").Pass(5).Expect("AccessNotTaken", "RelayOff").Is(DoorPhase.Locked, false);
        scene.Exit().Expect("RequestToExit", "RelayOn").Pass(5).Expect("AccessNotTaken", "RelayOff").Is(DoorPhase.Locked, false);
        scene.Pass(60).Expect("RelayOn").Is(DoorPhase.Unlocked, true);
    }

    [Fact]
    public void AHoldThatBeginsDuringAFaultWaitsForTheRelay() =>
        new DoorScene().Apply(new RelayFailed("stuck")).Apply(new HoldBegins()).Expect().Is(DoorPhase.Locked, false)
            .Pass(30).Expect().Apply(new RelayRecovered()).Pass(60).Expect("RelayOn").Is(DoorPhase.Unlocked, true);

    [Fact]
    public void AStopCutsTheUnlockShortAndNothingRenewsIt()
    {
        DoorScene scene = Held().Pass(15).Apply(new DoorStopping()).Expect("UnlockCutShort", "RelayOff").Is(DoorPhase.Locked, false);

        Assert.Null(scene.Machine.NextDue(scene.State));
        scene.Wait(20).Apply(new HoldBegins()).Expect().Is(DoorPhase.Locked, false);
        Held().Contact(true).Apply(new DoorStopping()).Expect("RelayOff").Is(DoorPhase.Open, false);
    }

    [Fact]
    public void ADoorWithoutAContactIsHeldToo() =>
        new DoorScene(isOpen: null).Apply(new HoldBegins()).Expect("RelayOn").Pass(1000).Expect().Is(DoorPhase.Unlocked, true)
            .Apply(new HoldEnds()).Expect("RelayOff").Is(DoorPhase.Locked, false);

    private static DoorScene Held(Action<DoorOptions>? configure = null) =>
        new DoorScene(configure).Apply(new HoldBegins()).Expect("RelayOn").Is(DoorPhase.Unlocked, true);
}
