using CsCheck;
using DoorAgent.Events;
using DoorAgent.Modes;

namespace DoorAgent.Tests.Modes;

/// <summary>Properties that hold after any orders, hours, grants and restarts.</summary>
public sealed class ModeRulePropertyTests
{
    private static readonly Gen<Action<ModeScene>> Inputs = Gen.Frequency(
        (3, Gen.Int[1, 12].Select(hours => (Action<ModeScene>)(scene => scene.Unlock(hours)))),
        (2, Gen.Const((Action<ModeScene>)(scene => scene.LockDown()))),
        (3, Gen.Const((Action<ModeScene>)(scene => scene.Normal()))),
        (2, Gen.Const((Action<ModeScene>)(scene => scene.Lock()))),
        (4, Gen.Const((Action<ModeScene>)(scene => scene.Granted()))),
        (4, Gen.Const((Action<ModeScene>)(scene => scene.Open()))),
        (4, Gen.Const((Action<ModeScene>)(scene => scene.Close()))),
        (2, Gen.Int[0, 5].Select(hours => (Action<ModeScene>)(scene => scene.Apply(new GroupRead(
            hours == 0 ? null : new GroupLockdown(scene.Wall, scene.Wall.AddHours(hours), "fire"), IsClockSet: true))))),
        (2, Gen.Const((Action<ModeScene>)(scene => scene.Apply(new GroupWatched(IsClockSet: true))))),
        (1, Gen.Const((Action<ModeScene>)(scene => scene.Apply(new GroupOverridden("root"))))),
        (4, Gen.Double[0, 6].Select(hours => (Action<ModeScene>)(scene => scene.Wait(TimeSpan.FromHours(hours))))));

    [Fact]
    public void OnlyTheOrderNormalEndsTheDoorsLockdownAndTheModeIsNormalThen() => EveryDay((scene, before) =>
    {
        if (before.Lockdown is not null && scene.State.Lockdown is null)
            Assert.Equal(DoorEventKind.LockdownEnded, scene.Last.Single().Kind);
        if (before.Mode == DoorMode.Lockdown && scene.State.Mode != DoorMode.Lockdown)
            Assert.Equal(DoorMode.Normal, scene.State.Mode);
    });

    [Fact]
    public void NothingAtTheDoorButRootEndsALockdownOfTheFleet() => EveryDay((scene, before) =>
    {
        if (before.Group is { IsInForce: true } group && scene.State.Group is not { IsInForce: true })
        {
            Assert.Equal(DoorEventKind.FleetLockdownEnded, scene.Last[^1].Kind);
            Assert.True(scene.Wall >= group.Until || scene.Last is [{ Kind: DoorEventKind.FleetLockdownOverridden }, _]
                || scene.Last[0].Detail == "the office ended it");
        }
    });

    [Fact]
    public void TheOrderNormalGivesTheModeNormalButInALockdownOfTheFleetAndOnlyANewOrderOrNewHoursUnlock() => EveryDay((scene, _) =>
    {
        DoorMode normal = scene.State.Group is { IsInForce: true } ? DoorMode.Lockdown : DoorMode.Normal;
        Assert.Equal(normal, scene.Normal().State.Mode);
        Assert.Equal(normal, scene.Granted().Look().State.Mode);
    });

    [Fact]
    public void HoldsAndLockdownsBeginAndEndInTurn() => EveryDay(null, all =>
    {
        Assert.True(InTurn(all, DoorEventKind.LockdownStarted, DoorEventKind.LockdownEnded));
        // A new order while the door is held is another begin without an end.
        foreach ((DoorEventKind? one, DoorEventKind? next) in Pairs(all.Where(raised => raised.Detail?.Contains("suspended", StringComparison.Ordinal) != true),
            DoorEventKind.HeldUnlocked, DoorEventKind.HoldEnded))
            Assert.False(one == DoorEventKind.HoldEnded && next == DoorEventKind.HoldEnded);
    });

    [Fact]
    public void AnUnlockNeverOutlivesTwelveHoursWithoutHours() => EveryDay((scene, _) =>
    {
        if (!scene.AreHoursOpen && scene.State.Mode != DoorMode.Lockdown)
            Assert.Equal(DoorMode.Normal, scene.Wait(ModeRule.LongestUnlock).State.Mode);
    });

    [Fact]
    public void AfterARestartADoorIsInLockdownExactlyWhereItWasAndHeldByHoursAtMost() => EveryDay((scene, _) =>
    {
        ModeScene again = new(firstPersonIn: true, before: scene.State.Lasting) { Wall = scene.Wall };
        Assert.Equal(scene.State.Mode == DoorMode.Lockdown ? DoorMode.Lockdown : DoorMode.Normal, again.Open().State.Mode);
    });

    private static bool InTurn(IEnumerable<DoorEvent> all, DoorEventKind begin, DoorEventKind end) =>
        Pairs(all, begin, end).All(pair => pair.One != pair.Next);

    private static IEnumerable<(DoorEventKind? One, DoorEventKind? Next)> Pairs(IEnumerable<DoorEvent> all, DoorEventKind begin, DoorEventKind end)
    {
        DoorEventKind?[] kinds = [.. all.Select(raised => raised.Kind).Where(kind => kind == begin || kind == end)];
        return kinds.Zip(kinds.Skip(1));
    }

    private static void EveryDay(Action<ModeScene, ModeState>? afterEach, Action<List<DoorEvent>>? atEnd = null) =>
        Gen.Select(Gen.Bool, Inputs.Array[1, 60], (firstPersonIn, day) => (firstPersonIn, day)).Sample(sample =>
        {
            ModeScene scene = new(firstPersonIn: sample.firstPersonIn);
            List<DoorEvent> all = [];
            foreach (Action<ModeScene> input in sample.day)
            {
                ModeState before = scene.State;
                input(scene);
                all.AddRange(scene.Last);
                afterEach?.Invoke(scene, before);
            }

            atEnd?.Invoke(all);
        }, iter: 500);
}
