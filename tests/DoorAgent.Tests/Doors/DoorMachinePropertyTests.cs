using CsCheck;
using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Hardware.Doors;

namespace DoorAgent.Tests.Doors;

/// <summary>Properties that hold after any inputs, under every relock rule, with a punctual or a late clock.</summary>
public sealed class DoorMachinePropertyTests
{
    private static readonly Gen<DoorInputEvent> Inputs = Gen.Frequency(
        (6, Gen.Select(Gen.Long[1, 3], Gen.Bool, (person, isExtended) => (DoorInputEvent)new DoorGranted(person, isExtended))),
        (8, Gen.Bool.Select(isOpen => (DoorInputEvent)new ContactLevel(isOpen))),
        (3, Gen.Const((DoorInputEvent)new ExitPressed())),
        (2, Gen.Const((DoorInputEvent)new OperatorLocks())),
        (2, Gen.Const((DoorInputEvent)new HoldBegins())),
        (2, Gen.Const((DoorInputEvent)new HoldEnds())),
        (3, Gen.Const((DoorInputEvent)new DoorTick())));

    private static readonly Gen<DoorInputEvent> InputsAndFaults = Gen.Frequency(
        (16, Inputs),
        (1, Gen.Const((DoorInputEvent)new RelayFailed("stuck"))),
        (1, Gen.Const((DoorInputEvent)new RelayRecovered())));

    private static readonly Gen<(Relock Relock, bool ExitUnlocks, bool? IsOpen, int AlarmAfter)> Doors = Gen.Select(
        Gen.Enum<Relock>(), Gen.Bool, Gen.OneOf<bool?>(null, false, true), Gen.Int[5, 40]);

    private static readonly Gen<double> Gaps = Gen.Frequency((4, Gen.Double[0, 2]), (2, Gen.Double[0, 8]), (1, Gen.Double[0, 70]));

    [Fact]
    public void TheRelayIsOnOnlyWhileUnlockedOrOpenWithinRelockAndNeverLongerThanThirtySecondsAfterTheLastRenewal() => EveryDay(Inputs, scene =>
    {
        TimeSpan? since = scene.State.RelayOnSince;
        Assert.Equal(scene.State.IsRelayOn, scene.IsRelayOn);
        if (!scene.IsRelayOn)
            return;
        Assert.True(scene.State.IsHeld || scene.State.Phase == DoorPhase.Unlocked || (scene.State.Phase == DoorPhase.Open && IsWithinRelock(scene)));
        Assert.InRange(scene.Now - since!.Value.TotalSeconds, 0, IRelay.Maximum.TotalSeconds);
    });

    [Fact]
    public void WhateverHangsTheRelayIsOffThirtySecondsAfterTheLastInput() => EveryDay(InputsAndFaults, _ => { }, scene =>
        Assert.False(scene.Wait(IRelay.Maximum.TotalSeconds).IsRelayOn));

    [Fact]
    public void OnlyAHoldRenewsTheRelaysTimeAndOnlyEveryTenSeconds() => EveryDay(Inputs, scene =>
    {
        if (scene.Relay.Order != RelayOrder.Hold)
            return;
        Assert.True(scene.State.IsHeld);
        (DoorState before, _, _, _) = scene.Steps[^1];
        Assert.True(!before.IsHeld || !before.IsRelayOn || before.RenewAt.TotalSeconds <= scene.Now);
    });

    [Fact]
    public void AfterTheEndOfAHoldTheRelayIsOffUntilSomebodyIsLetIn() => EveryDay(InputsAndFaults, scene =>
    {
        (DoorState before, DoorState after, _, _) = scene.Steps[^1];
        bool isBoltWaiting = scene.Options.Relock == Relock.Close && after.Phase == DoorPhase.Open;
        if (before.IsHeld && !after.IsHeld && !isBoltWaiting)
            Assert.False(scene.IsRelayOn);
    });

    [Fact]
    public void WhileTheDoorIsHeldNoAlarmBegins() => EveryDay(InputsAndFaults, scene =>
    {
        if (scene.Steps[^1].Before.IsHeld)
            Assert.DoesNotContain(scene.Last, raised => raised.Kind is DoorEventKind.DoorForced or DoorEventKind.HeldOpen or DoorEventKind.HeldOpenWarning);
    });

    [Fact]
    public void TheRelayIsEnergisedOnlyByAGrantOrAnExitThatUnlocksOrForABoltUntilItCloses() => EveryDay(InputsAndFaults, scene =>
    {
        if (scene.Relay.Order != RelayOrder.Energise)
            return;
        Assert.True(scene.Relay.AtMost > TimeSpan.Zero && scene.Relay.AtMost <= IRelay.Maximum);
        Assert.False(scene.State.HasRelayFault);
        Assert.True(scene.State.Phase == DoorPhase.Unlocked || (scene.State.Phase == DoorPhase.Open
            && scene.Options.Relock == Relock.Close));
    });

    [Fact]
    public void ADenialNeverEnergises() => EveryDay(InputsAndFaults, scene =>
        Assert.False(scene.Relay.Order == RelayOrder.Energise && scene.Last.Any(raised => raised.Kind == DoorEventKind.Denied)));

    [Fact]
    public void AfterAnySequenceAndAShutdownTheRelayIsOff() => EveryDay(InputsAndFaults, _ => { }, scene =>
    {
        scene.Apply(new DoorStopping());
        Assert.Equal((RelayOrder.Release, false, false), (scene.Relay.Order, scene.State.IsRelayOn, scene.IsRelayOn));
        Assert.NotEqual(DoorPhase.Unlocked, scene.State.Phase);
        scene.Grant().Contact(true).Exit().Pass(100);
        Assert.False(scene.IsRelayOn);
    });

    [Fact]
    public void EveryAlarmIsRestoredExactlyOnce() => EveryDay(InputsAndFaults, _ => { }, scene =>
    {
        scene.Contact(false).Apply(new RelayRecovered());
        AssertPaired(scene, kind => kind is DoorEventKind.DoorForced or DoorEventKind.HeldOpen, DoorEventKind.Restored);
        AssertPaired(scene, kind => kind == DoorEventKind.RelayFault, DoorEventKind.RelayRestored);
    });

    [Fact]
    public void RelayOnAndRelayOffAlternate() => EveryDay(InputsAndFaults, _ => { }, scene =>
    {
        scene.Apply(new DoorStopping());
        AssertPaired(scene, kind => kind == DoorEventKind.RelayOn, DoorEventKind.RelayOff);
    });

    [Fact]
    public void EveryChangeOfPhaseRaisesAnEvent() => EveryDay(InputsAndFaults, scene =>
    {
        (DoorState before, DoorState after, _, _) = scene.Steps[^1];
        if (before.Phase != after.Phase)
            Assert.NotEmpty(scene.Last);
    });

    [Fact]
    public void ThePhaseFollowsTheLevelOfTheContact() => EveryDay(InputsAndFaults, _ => { }, scene =>
    {
        if (!scene.State.HasContact)
            return;
        Assert.True(scene.Contact(true).State.IsOpen);
        Assert.False(scene.Contact(false).State.IsOpen);
    });

    private static bool IsWithinRelock(DoorScene scene)
    {
        double open = scene.Now - scene.State.OpenSince.TotalSeconds;
        return scene.Options.Relock != Relock.Open || open <= DoorMachine.RelockDelay.TotalSeconds + 1e-6;
    }

    private static void AssertPaired(DoorScene scene, Func<DoorEventKind, bool> isStart, DoorEventKind end)
    {
        int on = 0;
        foreach (DoorEventKind kind in scene.All.Select(raised => raised.Kind!.Value).Where(kind => isStart(kind) || kind == end))
        {
            Assert.Equal(kind == end ? 1 : 0, on);
            on = kind == end ? 0 : 1;
        }

        Assert.Equal(0, on);
    }

    private static void EveryDay(Gen<DoorInputEvent> inputs, Action<DoorScene> afterEach, Action<DoorScene>? atEnd = null) =>
        Gen.Select(Doors, Gen.Bool, Gen.Select(Gaps, inputs).Array[1, 60], (door, isLate, day) => (door, isLate, day)).Sample(sample =>
        {
            DoorScene scene = new(options =>
            {
                (options.Relock, options.ExitUnlocks) = (sample.door.Relock, sample.door.ExitUnlocks);
                (options.WarnAfter, options.AlarmAfter) = (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(sample.door.AlarmAfter));
            }, sample.door.IsOpen);
            foreach ((double gap, DoorInputEvent input) in sample.day)
            {
                _ = sample.isLate ? scene.Wait(gap) : scene.Pass(gap);
                afterEach(scene.Apply(input));
            }

            atEnd?.Invoke(scene);
        }, iter: 500);
}
