using DoorAgent.Doors;

namespace DoorAgent.Tests.Doors;

/// <summary>The table of behaviour.md, section 3: power-up, and the column "Locked".</summary>
public sealed class LockedDoorTests
{
    [Fact]
    public void AtPowerUpAClosedDoorIsLockedWithoutARelayCommand()
    {
        DoorScene scene = new DoorScene().Expect().Is(DoorPhase.Locked, false);

        Assert.Equal(RelayOrder.None, scene.Relay.Order);
    }

    [Fact]
    public void AtPowerUpAnOpenDoorIsOpenNotForcedAndTheWarningTimerRuns() =>
        new DoorScene(isOpen: true).Expect("DoorOpenAtStart").Is(DoorPhase.Open, false)
            .Pass(19.9).Expect().Pass(0.2).Expect("HeldOpenWarning").Pass(10).Expect("HeldOpen").Contact(false).Expect("Restored");

    [Fact]
    public void AGrantUnlocksForTheAccessTime()
    {
        DoorScene scene = new DoorScene().Grant().Expect("RelayOn").Is(DoorPhase.Unlocked, true);

        Assert.Equal(RelayCommand.Energise(TimeSpan.FromSeconds(5)), scene.Relay);
    }

    [Fact]
    public void AGrantForAnExtendedPersonUnlocksLonger() =>
        Assert.Equal(RelayCommand.Energise(TimeSpan.FromSeconds(15)), new DoorScene().Grant(isExtended: true).Relay);

    [Fact]
    public void TheExitButtonStartsTheShuntAndDoesNotUnlock() => new DoorScene().Exit().Expect("RequestToExit").Is(DoorPhase.Locked, false);

    [Fact]
    public void WhereTheExitUnlocksTheButtonDoesSoForTheAccessTime()
    {
        DoorScene scene = new DoorScene(options => options.ExitUnlocks = true).Exit().Expect("RequestToExit", "RelayOn")
            .Is(DoorPhase.Unlocked, true);

        Assert.Equal(RelayCommand.Energise(TimeSpan.FromSeconds(5)), scene.Relay);
        Assert.Null(scene.State.PersonId);
    }

    [Fact]
    public void AnOpeningIsForced() => new DoorScene().Contact(true).Expect("DoorForced").Is(DoorPhase.Forced, false);

    [Theory]
    [InlineData(1, "AccessTaken")]
    [InlineData(1.001, "DoorForced")]
    public void TheGraceAfterTheRelayLetGoLastsOneSecond(double seconds, string word) =>
        DoorScene.Unlocked().Pass(5).Pass(seconds).Contact(true).Expect(word);

    [Fact]
    public void AnOpeningWithinTheGraceAfterTheRelayLetGoIsAccessTaken() =>
        DoorScene.Unlocked().Pass(5).Expect("AccessNotTaken", "RelayOff").Pass(0.9).Contact(true).Expect("AccessTaken")
            .Is(DoorPhase.Open, false);

    [Fact]
    public void AnOpeningAfterTheGraceIsForced() => DoorScene.Unlocked().Pass(5).Pass(1.1).Contact(true).Expect("DoorForced");

    [Fact]
    public void AnOpeningWhileTheShuntRunsIsAnExit() =>
        new DoorScene().Exit().Pass(9.9).Contact(true).Expect("ExitTaken").Is(DoorPhase.Open, false);

    [Fact]
    public void AnOpeningAfterTheShuntIsForced() => new DoorScene().Exit().Pass(10).Contact(true).Expect("DoorForced");

    [Fact]
    public void AClosingContactRaisesNothing() => new DoorScene().Contact(false).Expect().Is(DoorPhase.Locked, false);

    [Fact]
    public void NothingIsDueAndATickDoesNothing()
    {
        DoorScene scene = new DoorScene().Wait(10_000).Apply(new DoorTick()).Expect().Is(DoorPhase.Locked, false);

        Assert.Null(scene.Machine.NextDue(scene.State));
    }

    [Fact]
    public void ARelayThatFailsToUnlockIsAnAlarmAndADenialAndIsReleasedEverySecond()
    {
        DoorScene scene = new DoorScene().Grant(7).Apply(new RelayFailed("input/output error"));

        scene.Expect("RelayFault", "Denied RelayFault", "RelayOff").Is(DoorPhase.Locked, false);
        Assert.Equal((RelayCommand.Release, 7L), (scene.Relay, scene.Last[1].PersonId!.Value));
        scene.Apply(new RelayFailed("again")).Expect();
        Assert.Equal(RelayCommand.None, scene.Relay);
        scene.Wait(0.9).Apply(new DoorTick());
        Assert.Equal(RelayCommand.None, scene.Relay);
        scene.Wait(0.1).Apply(new DoorTick()).Expect();
        Assert.Equal(RelayCommand.Release, scene.Relay);
    }

    [Fact]
    public void WhileTheRelayIsAtFaultAGrantIsDenied()
    {
        DoorScene scene = new DoorScene().Apply(new RelayFailed("gone")).Expect("RelayFault").Wait(0.5).Grant().Expect("Denied RelayFault");

        Assert.Equal(RelayCommand.None, scene.Is(DoorPhase.Locked, false).Relay);
    }

    [Fact]
    public void WhileTheRelayIsAtFaultTheExitButtonDoesNotUnlock() =>
        new DoorScene(options => options.ExitUnlocks = true).Apply(new RelayFailed("gone")).Exit().Expect("RequestToExit")
            .Is(DoorPhase.Locked, false);

    [Fact]
    public void AWorkingRelayIsRestoredOnceAndUnlocks()
    {
        DoorScene scene = new DoorScene().Apply(new RelayFailed("gone")).Apply(new RelayRecovered()).Expect("RelayRestored");

        scene.Apply(new RelayRecovered()).Expect().Grant().Expect("RelayOn");
    }

    [Fact]
    public void ShutdownReleasesTheRelayWithoutAnEvent()
    {
        DoorScene scene = new DoorScene().Apply(new DoorStopping()).Expect();

        Assert.Equal(RelayCommand.Release, scene.Relay);
        scene.Grant().Expect().Exit().Expect().Contact(true).Expect().Apply(new DoorStopping()).Expect().Is(DoorPhase.Locked, false);
    }
}
