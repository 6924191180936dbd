using DoorAgent.Modes;

namespace DoorAgent.Tests.Modes;

/// <summary>The guide's table of a lockdown of the fleet (modes-and-hours.md): each cell.</summary>
public sealed class GroupLockdownTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly GroupLockdown Order = new(ModeScene.Monday.ToUniversalTime(), ModeScene.Monday.AddHours(2).ToUniversalTime(), "fire");

    private const string Began = "FleetLockdownStarted since 2026-03-02 12:00 until 2026-03-02 14:00: fire";

    [Fact]
    public void TheLockdownBeginsFromEachModeAndEndsWhatUnlocks()
    {
        Read(new ModeScene()).Is(DoorMode.Lockdown, Began);
        Read(new ModeScene(hasHours: false).Unlock()).Is(DoorMode.Lockdown, "HoldEnded a lockdown of the fleet begins", Began);
        Read(new ModeScene().Open()).Is(DoorMode.Lockdown, "HoldEnded a lockdown of the fleet begins", Began);
        Read(new ModeScene().LockDown()).Is(DoorMode.Lockdown, Began);
    }

    [Fact]
    public void ANewerManifestWithTheSameLockdownChangesNothingAndOneWithAnotherEndIsANewOrder()
    {
        ModeScene scene = Read(Read(new ModeScene())).Is(DoorMode.Lockdown);
        Read(scene, Order with { Until = Order.Until.AddHours(1) })
            .Is(DoorMode.Lockdown, "FleetLockdownStarted since 2026-03-02 12:00 until 2026-03-02 15:00: fire");
        Watch(scene.Wait(2 * Hour)).Is(DoorMode.Lockdown);
        Watch(scene.Wait(Hour)).Is(DoorMode.Normal, "FleetLockdownEnded its time is over");
    }

    [Fact]
    public void ANewerManifestWithoutALockdownEndsTheOneOfTheFleetAndNoOther()
    {
        Read(Read(new ModeScene()), null).Is(DoorMode.Normal, "FleetLockdownEnded the office ended it");
        Read(Read(new ModeScene().LockDown()), null).Is(DoorMode.Lockdown, "FleetLockdownEnded the office ended it");
        Read(new ModeScene().LockDown(), null).Is(DoorMode.Lockdown);
    }

    [Fact]
    public void TheLockdownEndsAtItsTimeAndUnlocksNothing()
    {
        ModeScene scene = Read(new ModeScene().Open());
        Watch(scene.Wait((2 * Hour) - TimeSpan.FromTicks(1))).Is(DoorMode.Lockdown);
        Watch(scene.Wait(TimeSpan.FromTicks(1))).Is(DoorMode.Normal, "FleetLockdownEnded its time is over");
        scene.Look().Is(DoorMode.Normal);
        Assert.Equal("the fleet", scene.State.Hours!.SuspendedBy);
        // The manifest stays where it is after the end.
        Read(scene).Is(DoorMode.Normal);
    }

    [Fact]
    public void TheEndOfOneLockdownLeavesTheOther()
    {
        Watch(Read(new ModeScene().LockDown()).Wait(2 * Hour)).Is(DoorMode.Lockdown, "FleetLockdownEnded its time is over");
        Read(new ModeScene().LockDown()).Normal().Is(DoorMode.Lockdown, "LockdownEnded emil");
        Read(new ModeScene()).LockDown().Is(DoorMode.Lockdown, "LockdownStarted adam");
    }

    [Fact]
    public void AnOrderAtTheDoorNeitherEndsNorUnlocks()
    {
        ModeScene scene = Read(new ModeScene()).Normal().Is(DoorMode.Lockdown).Lock().Is(DoorMode.Lockdown).Granted().Is(DoorMode.Lockdown);
        scene.Unlock().Is(DoorMode.Lockdown);
        Assert.Contains("by the fleet, since 2026-03-02 12:00 until 14:00: fire. The fleet's office", scene.Refusal, StringComparison.Ordinal);
        Assert.Contains("--even-fleet", scene.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void RootEndsTheLockdownAtThisDoorAndTheSameOrderDoesNotBeginAgain()
    {
        ModeScene scene = Read(new ModeScene()).Apply(new GroupOverridden("user 0"))
            .Is(DoorMode.Normal, "FleetLockdownOverridden user 0", "FleetLockdownEnded at this door only, user 0");
        Read(scene).Is(DoorMode.Normal);
        Read(new ModeScene(before: scene.State.Lasting)).Is(DoorMode.Normal);
        Read(scene, Order with { Until = Order.Until.AddHours(1) }).Is(DoorMode.Lockdown,
            "FleetLockdownStarted since 2026-03-02 12:00 until 2026-03-02 15:00: fire");
        new ModeScene().Apply(new GroupOverridden("user 0")).Is(DoorMode.Normal);
    }

    [Fact]
    public void AnEndedOrderEndsOnceOnly() =>
        Read(Read(new ModeScene()).Apply(new GroupOverridden("user 0")), null).Is(DoorMode.Normal);

    [Fact]
    public void TheLockdownSurvivesARestartAlsoWhereTheManifestCannotBeRead()
    {
        LastingMode lasting = Read(new ModeScene()).State.Lasting;
        ModeScene scene = new ModeScene(before: lasting).Is(DoorMode.Lockdown, "FleetLockdownStarted continues, "
            + "since 2026-03-02 12:00 until 2026-03-02 14:00: fire");
        scene.Open().Is(DoorMode.Lockdown).Granted().Is(DoorMode.Lockdown);
        Watch(scene.Wait(2 * Hour)).Is(DoorMode.Normal, "FleetLockdownEnded its time is over").Look().Is(DoorMode.Normal);
    }

    [Fact]
    public void WhileTheClockIsNotSetNoLockdownIsOver()
    {
        ModeScene scene = new() { Wall = ModeScene.Monday.AddYears(1) };
        Read(scene, Order, isClockSet: false);
        Assert.Equal(DoorMode.Lockdown, scene.State.Mode);
        Watch(scene, isClockSet: false).Is(DoorMode.Lockdown);
        Watch(scene).Is(DoorMode.Normal, "FleetLockdownEnded its time is over");
    }

    [Fact]
    public void HoursThatBeginInTheLockdownDoNotUnlockTheDoorAtItsEnd()
    {
        ModeScene scene = Watch(Read(new ModeScene()).Open().Is(DoorMode.Lockdown).Wait(2 * Hour)).Look().Is(DoorMode.Normal);
        scene.Close().Is(DoorMode.Normal);
        scene.ChangeAt = null;
        scene.Open().Is(DoorMode.Unlocked, "HeldUnlocked by the hours shop");
    }

    [Fact]
    public void TheWordsNameBothLockdowns()
    {
        string Words(ModeScene scene) => ModeWords.Of(scene.State, "shop", null, scene.Wall);
        Assert.Equal("lockdown by the fleet, since 2026-03-02 12:00 until 14:00: fire", Words(Read(new ModeScene())));
        Assert.Equal("lockdown since 2026-03-02 12:00, adam; and by the fleet, since 2026-03-02 12:00 until 14:00: fire",
            Words(Read(new ModeScene().LockDown())));
    }

    private static ModeScene Read(ModeScene scene) => Read(scene, Order);

    private static ModeScene Read(ModeScene scene, GroupLockdown? order, bool isClockSet = true) =>
        scene.Apply(new GroupRead(order, isClockSet));

    private static ModeScene Watch(ModeScene scene, bool isClockSet = true) => scene.Apply(new GroupWatched(isClockSet));
}
