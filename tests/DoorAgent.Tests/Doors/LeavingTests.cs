using DoorAgent.Doors;
using DoorAgent.Events;

namespace DoorAgent.Tests.Doors;

/// <summary>The table of a badge at the exit reader in deploy/guide/modes-and-hours.md: each phase of the door.</summary>
public sealed class LeavingTests
{
    private const long Nora = 2;

    [Fact]
    public void ALockedDoorUnlocksForTheAccessTimeAndAnOpeningIsAnExit()
    {
        DoorScene scene = Leaving(new DoorScene()).Expect("RelayOn").Is(DoorPhase.Unlocked, true);
        Assert.Equal(RelayCommand.Energise(TimeSpan.FromSeconds(5)), scene.Relay);

        scene.Wait(1).Contact(true).Expect("ExitTaken").Is(DoorPhase.Open, true);
        Assert.Equal(Nora, scene.Last[0].PersonId);
        scene.Pass(1).Expect("RelayOff").Contact(false).Expect("DoorClosed");
    }

    [Fact]
    public void AnExtendedPersonGetsMoreTime() =>
        Assert.Equal(RelayCommand.Energise(TimeSpan.FromSeconds(15)), Leaving(new DoorScene(), isExtended: true).Relay);

    [Fact]
    public void AnExitThatIsNotTakenSaysSo()
    {
        DoorScene scene = Leaving(new DoorScene()).Pass(5).Expect("ExitNotTaken", "RelayOff").Is(DoorPhase.Locked, false);
        Assert.Equal(Nora, scene.Last[0].PersonId);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4.9)]
    public void AfterTheAccessTimeTheHandleOpensWithoutAnAlarmWhileTheShuntRuns(double seconds)
    {
        DoorScene scene = Leaving(new DoorScene()).Pass(5).Pass(seconds).Contact(true).Expect("ExitTaken").Is(DoorPhase.Open, false);
        Assert.Equal(Nora, scene.Last[0].PersonId);
    }

    [Fact]
    public void AfterTheShuntAnOpeningIsForced() => Leaving(new DoorScene()).Pass(10.1).Contact(true).Expect("DoorForced");

    [Fact]
    public void AnUnlockedDoorStaysUnlockedForTheTimeFromNowOnAndAtMostThirtySeconds()
    {
        DoorScene scene = DoorScene.Unlocked().Wait(3);
        Leaving(scene).Expect().Is(DoorPhase.Unlocked, true).Pass(4.9).Expect().Pass(0.2).Expect("ExitNotTaken", "RelayOff");
        for (int i = 0; i < 20; i++)
            Leaving(scene.Pass(2));
        Assert.True(scene.Steps.Count(step => step.Said.Any(said => said.Kind == DoorEventKind.RelayOff)) > 1);
    }

    [Fact]
    public void AGrantAfterwardsIsAnEntry()
    {
        DoorScene scene = Leaving(new DoorScene()).Wait(1).Grant();
        scene.Wait(1).Contact(true).Expect("AccessTaken");
        Assert.Equal(1, scene.Last[0].PersonId);
    }

    [Fact]
    public void AnOpenDoorStaysOpenAndItsTimersBeginAgain() =>
        Leaving(DoorScene.Opened().Pass(19)).Expect("GrantedDoorOpen").Is(DoorPhase.Open, false).Pass(19).Expect().Pass(1.1)
            .Expect("HeldOpenWarning");

    [Fact]
    public void AnAlarmStays()
    {
        Leaving(DoorScene.HeldOpen()).Expect("GrantedDoorOpen").Is(DoorPhase.HeldOpen, false);
        Leaving(DoorScene.Forced()).Expect("GrantedDoorOpen").Is(DoorPhase.Forced, false);
    }

    [Fact]
    public void WhereTheRelayDoesNotObeyTheHandleStillOpensWithoutAnAlarm()
    {
        DoorScene scene = Leaving(new DoorScene().Apply(new RelayFailed("stuck"))).Expect("Denied RelayFault");
        scene.Wait(0.5).Contact(true).Expect("ExitTaken");
        Assert.Equal(Nora, scene.Last[0].PersonId);
    }

    [Fact]
    public void TheExitButtonAfterwardsIsSomebodyUnknown()
    {
        DoorScene scene = Leaving(new DoorScene()).Pass(6).Exit().Expect("RequestToExit").Wait(1).Contact(true).Expect("ExitTaken");
        Assert.Null(scene.Last[0].PersonId);
    }

    [Fact]
    public void ASecondOpeningDuringTheShuntIsSomebodyUnknown()
    {
        DoorScene scene = Leaving(new DoorScene()).Wait(1).Contact(true).Wait(1).Contact(false).Wait(2).Contact(true).Expect("ExitTaken");
        Assert.Null(scene.Last[0].PersonId);
    }

    [Fact]
    public void AnOperatorsLockEndsTheWayOut() =>
        Leaving(new DoorScene()).Wait(1).Apply(new OperatorLocks()).Expect("ExitNotTaken", "RelayOff").Is(DoorPhase.Locked, false);

    [Fact]
    public void WithoutAContactNobodyKnowsWhetherThePersonLeft() =>
        Leaving(new DoorScene(isOpen: null)).Pass(5).Expect("RelayOff").Is(DoorPhase.Locked, false);

    [Fact]
    public void AStopCutsTheUnlockShort() => Leaving(new DoorScene()).Apply(new DoorStopping()).Expect("UnlockCutShort", "RelayOff");

    private static DoorScene Leaving(DoorScene scene, bool isExtended = false) => scene.Apply(new DoorLetsOut(Nora, isExtended));
}
