using DoorAgent.Doors;

namespace DoorAgent.Tests.Doors;

/// <summary>The table of behaviour.md, section 3: column "Open".</summary>
public sealed class OpenDoorTests
{
    [Fact]
    public void AGrantLeavesTheRelayOffAndRestartsTheTimers()
    {
        DoorScene scene = DoorScene.Opened().Pass(19).Grant(2).Expect("GrantedDoorOpen").Is(DoorPhase.Open, false);

        Assert.Equal((RelayCommand.None, 2L), (scene.Relay, scene.Last[0].PersonId!.Value));
        scene.Pass(19.9).Expect().Pass(0.2).Expect("HeldOpenWarning").Pass(10).Expect("HeldOpen");
    }

    [Fact]
    public void ThePersonGrantedLastHoldsTheDoorOpen()
    {
        DoorScene scene = DoorScene.Opened().Pass(19).Grant(2).Pass(20.1).Expect("HeldOpenWarning");
        Assert.Equal(2L, scene.Last[0].PersonId);

        scene.Pass(10).Expect("HeldOpen");
        Assert.Equal(2L, scene.Last[0].PersonId);
    }

    [Fact]
    public void AGrantForSomebodyWhoIsNotExtendedGivesTheShorterTimers() =>
        new DoorScene().Grant(isExtended: true).Contact(true).Pass(10).Grant(2).Pass(19.9).Expect().Pass(0.2).Expect("HeldOpenWarning");

    [Fact]
    public void AGrantAfterTheWarningTakesTheWarningBack() =>
        DoorScene.Opened().Pass(25).Grant().Expect("GrantedDoorOpen").Pass(19).Expect().Pass(2).Expect("HeldOpenWarning");

    [Fact]
    public void AGrantForAnExtendedPersonGivesTheLongerTimers() =>
        DoorScene.Opened().Pass(10).Grant(2, isExtended: true).Pass(44.9).Expect().Pass(0.2).Expect("HeldOpenWarning").Pass(14.9)
            .Expect("HeldOpen");

    [Fact]
    public void TheExitButtonRestartsTheTimers() =>
        DoorScene.Opened().Pass(25).Exit().Expect("RequestToExit").Pass(19.9).Expect().Pass(0.2).Expect("HeldOpenWarning");

    [Fact]
    public void AnOpenContactAgainRaisesNothing() => DoorScene.Opened().Wait(0.1).Contact(true).Expect().Is(DoorPhase.Open, true);

    [Fact]
    public void AClosingContactReleasesTheRelayAndLocks() =>
        DoorScene.Opened().Wait(0.2).Contact(false).Expect("RelayOff", "DoorClosed").Is(DoorPhase.Locked, false);

    [Fact]
    public void AClosingContactAfterRelockLocks() =>
        DoorScene.Opened().Pass(3).Contact(false).Expect("DoorClosed").Is(DoorPhase.Locked, false);

    [Fact]
    public void OpenForTooLongIsAWarningAndThenAnAlarm() =>
        DoorScene.Opened().Pass(19.9).Expect("RelayOff").Pass(0.2).Expect("HeldOpenWarning").Is(DoorPhase.Open, false)
            .Pass(9.8).Expect().Pass(0.2).Expect("HeldOpen").Is(DoorPhase.HeldOpen, false);

    [Fact]
    public void ExtendedPeopleHaveLongerTimers() =>
        new DoorScene().Grant(isExtended: true).Contact(true).Pass(44.9).Expect("RelayOff").Pass(0.2).Expect("HeldOpenWarning").Pass(15)
            .Expect("HeldOpen");

    [Fact]
    public void ARelayThatIsNotReleasedIsAnAlarmAndTheDoorStaysOpen() =>
        DoorScene.Opened().Pass(1).Expect("RelayOff").Apply(new RelayFailed("stuck")).Expect("RelayFault").Is(DoorPhase.Open, false);

    [Fact]
    public void AnAlarmWhileTheRelayIsStillOnReleasesIt() =>
        DoorScene.Opened(options => (options.Relock, options.AlarmAfter, options.WarnAfter) = (Relock.Close, TimeSpan.FromSeconds(8),
            TimeSpan.FromSeconds(6)))
            .Pass(7.9).Is(DoorPhase.Open, true).Pass(0.2).Expect("RelayOff", "HeldOpen").Is(DoorPhase.HeldOpen, false);

    [Fact]
    public void ShutdownReleasesTheRelay() => DoorScene.Opened().Apply(new DoorStopping()).Expect("RelayOff").Is(DoorPhase.Open, false);
}
