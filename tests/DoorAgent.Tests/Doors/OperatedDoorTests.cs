using DoorAgent.Doors;

namespace DoorAgent.Tests.Doors;

/// <summary>The table of behaviour.md, section 3: row "operator unlock / lock".</summary>
public sealed class OperatedDoorTests
{
    [Fact]
    public void AnUnlockIsAGrantWithoutAPerson()
    {
        DoorScene scene = new DoorScene().Apply(new DoorGranted(null, false)).Expect("RelayOn").Is(DoorPhase.Unlocked, true);

        Assert.Null(scene.State.PersonId);
        scene.Pass(5).Expect("AccessNotTaken", "RelayOff").Is(DoorPhase.Locked, false);
    }

    [Fact]
    public void ALockOfALockedDoorDoesNothing() => new DoorScene().Apply(new OperatorLocks()).Expect().Is(DoorPhase.Locked, false);

    [Fact]
    public void ALockEndsAnUnlockAtOnceAndAnOpeningWithinTheGraceIsStillAccessTaken()
    {
        DoorScene scene = DoorScene.Unlocked().Wait(1).Apply(new OperatorLocks()).Expect("AccessNotTaken", "RelayOff").Is(DoorPhase.Locked, false);

        scene.Wait(0.5).Contact(true).Expect("AccessTaken");
    }

    [Fact]
    public void ALockOfAnOpenDoorReleasesTheRelayAndTheDoorStaysOpen() =>
        DoorScene.Opened(options => options.Relock = Relock.Close).Is(DoorPhase.Open, true).Apply(new OperatorLocks()).Expect("RelayOff")
            .Is(DoorPhase.Open, false);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void InAnAlarmBothAreEventsOnly(bool isForced)
    {
        DoorPhase phase = isForced ? DoorPhase.Forced : DoorPhase.HeldOpen;
        DoorScene scene = isForced ? DoorScene.Forced() : DoorScene.HeldOpen();

        scene.Apply(new DoorGranted(null, false)).Expect("GrantedDoorOpen").Is(phase, false);
        scene.Apply(new OperatorLocks()).Expect().Is(phase, false);
    }
}
