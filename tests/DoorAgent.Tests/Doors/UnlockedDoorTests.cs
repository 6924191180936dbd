using DoorAgent.Doors;

namespace DoorAgent.Tests.Doors;

/// <summary>The table of behaviour.md, section 3: column "Unlocked".</summary>
public sealed class UnlockedDoorTests
{
    [Fact]
    public void AGrantRestartsTheAccessTime() =>
        DoorScene.Unlocked().Pass(4).Grant().Expect().Pass(4.9).Expect().Is(DoorPhase.Unlocked, true).Pass(0.2).Expect("AccessNotTaken",
            "RelayOff");

    [Fact]
    public void GrantsGiveAtMostThirtySecondsInAll()
    {
        DoorScene scene = DoorScene.Unlocked();
        for (int i = 0; i < 7; i++)
            scene.Pass(4).Grant();

        scene.Pass(1.9).Expect().Is(DoorPhase.Unlocked, true).Pass(0.2).Expect("AccessNotTaken", "RelayOff").Is(DoorPhase.Locked, false);
    }

    [Fact]
    public void TheExitButtonStartsTheShuntAndGivesNoTime() =>
        DoorScene.Unlocked().Pass(4).Exit().Expect("RequestToExit").Pass(1).Expect("AccessNotTaken", "RelayOff").Pass(4).Contact(true)
            .Expect("ExitTaken");

    [Fact]
    public void AnOpeningIsAccessTakenByThePersonGranted() => Assert.Equal(1, DoorScene.Opened().Is(DoorPhase.Open, true).Last[0].PersonId);

    [Fact]
    public void WithRelockOpenTheRelayIsReleasedHalfASecondAfterTheOpening() =>
        DoorScene.Opened().Pass(0.49).Expect().Is(DoorPhase.Open, true).Pass(0.02).Expect("RelayOff").Is(DoorPhase.Open, false);

    [Fact]
    public void WithRelockTimeTheRelayIsReleasedAfterTheAccessTime() =>
        DoorScene.Opened(options => options.Relock = Relock.Time).Pass(3.9).Expect().Is(DoorPhase.Open, true).Pass(0.2).Expect("RelayOff")
            .Is(DoorPhase.Open, false);

    [Fact]
    public void WithRelockCloseTheRelayIsReleasedWhenTheDoorCloses() =>
        DoorScene.Opened(options => options.Relock = Relock.Close).Pass(10).Expect().Is(DoorPhase.Open, true).Contact(false)
            .Expect("RelayOff", "DoorClosed").Is(DoorPhase.Locked, false);

    [Fact]
    public void WithRelockCloseTheRelayIsStillReleasedAfterThirtySeconds() =>
        DoorScene.Opened(options => options.Relock = Relock.Close).Pass(28.9).Expect("HeldOpenWarning").Is(DoorPhase.Open, true)
            .Pass(0.2).Expect("RelayOff").Is(DoorPhase.Open, false);

    [Fact]
    public void AClosingContactStaysUnlockedBecauseRelockCloseActsOnlyAfterAnOpening() =>
        DoorScene.Unlocked(options => options.Relock = Relock.Close).Contact(false).Expect().Is(DoorPhase.Unlocked, true);

    [Fact]
    public void TheEndOfTheAccessTimeIsAccessNotTaken() =>
        Assert.Equal(1, DoorScene.Unlocked().Pass(5).Expect("AccessNotTaken", "RelayOff").Is(DoorPhase.Locked, false).Last[0].PersonId);

    [Fact]
    public void WithoutAContactTheAccessTimeEndsInLockedAndNobodyKnowsWhetherItWasTaken() =>
        new DoorScene(isOpen: null).Grant().Expect("RelayOn").Contact(true).Expect().Pass(5).Expect("RelayOff").Is(DoorPhase.Locked, false);

    [Fact]
    public void ARelayErrorIsAnAlarmAndTheRelayIsReleasedEverySecond()
    {
        DoorScene scene = DoorScene.Unlocked().Wait(1).Apply(new RelayFailed("stuck")).Expect("RelayFault", "Denied RelayFault",
            "RelayOff");

        for (int i = 0; i < 3; i++)
        {
            scene.Wait(1).Apply(new DoorTick()).Expect();
            Assert.Equal(RelayCommand.Release, scene.Relay);
            scene.Apply(new RelayFailed("stuck")).Expect();
        }

        scene.Apply(new RelayRecovered()).Expect("RelayRestored");
        Assert.Null(scene.Machine.NextDue(scene.State));
    }

    [Fact]
    public void ShutdownCutsTheUnlockShort()
    {
        DoorScene scene = DoorScene.Unlocked().Wait(1).Apply(new DoorStopping()).Expect("UnlockCutShort", "RelayOff")
            .Is(DoorPhase.Locked, false);

        Assert.Equal(RelayCommand.Release, scene.Relay);
    }

    [Fact]
    public void ALateTickDoesWhatWasDueInItsOrder() =>
        DoorScene.Unlocked().Wait(1).Contact(true).Wait(60).Apply(new DoorTick()).Expect("RelayOff", "HeldOpenWarning", "HeldOpen");
}
