using System.Collections.Immutable;
using DoorAgent.Decisions;
using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Hardware.Doors;
using DoorAgent.Liveness;
using DoorAgent.Modes;
using DoorAgent.Tests.Liveness;

namespace DoorAgent.Tests.Doors;

public sealed class LightRuleTests
{
    private static readonly TimeSpan Start = TimeSpan.FromDays(40);

    private static readonly AccessState Looking = AccessState.Initial with { Attempt = new Attempt(1, null, Start, Start
        + TimeSpan.FromSeconds(10)) };

    private static AccessState Asked(TurnDirection direction) => Looking with
    {
        Attempt = Looking.Attempt! with { Challenge = new Challenge(new HeadTurn(new FrontalView(MadeHead.View(0)), direction), Start, null) },
    };

    private static readonly DoorState Unlocked = DoorState.Initial with { Phase = DoorPhase.Unlocked, RelayOnSince = Start };

    private static readonly DoorEvent Denial = new(DoorEventKind.Denied) { Reason = DenyReason.FaceNotMatched };

    [Fact]
    public void AnIdleDoorShowsNothing() => Assert.Equal(LightPattern.Off, Show().Shown);

    [Fact]
    public void ADisconnectedReaderIsAFault() =>
        Assert.Equal(LightPattern.Fault, Show(access: AccessState.Initial with { ReaderFault = "unplugged" }).Shown);

    [Fact]
    public void AnAttemptShowsWhereToLook() => Assert.Equal(LightPattern.LookAtCamera, Show(access: Looking).Shown);

    [Fact]
    public void WhileAPinIsAwaitedTheDoorDoesNotAskToLookIntoTheCamera()
    {
        AccessState waiting = Looking with { Attempt = Looking.Attempt! with { AwaitsPin = true } };
        Assert.Equal(LightPattern.EnterPin, Show(access: waiting).Shown);
        Assert.Equal(LightPattern.EnterPin, Show(access: waiting with { Attempt = waiting.Attempt! with { Question = 1 } }).Shown);
    }

    [Fact]
    public void ARequestToTurnIsShownBeforeEverythingElse()
    {
        Assert.Equal(LightPattern.TurnLeft, Show(access: Asked(TurnDirection.Left)).Shown);
        Assert.Equal(LightPattern.TurnRight, Show(access: Asked(TurnDirection.Right)).Shown);
        Assert.Equal(LightPattern.TurnLeft, Show(access: Asked(TurnDirection.Left), door: Unlocked).Shown);
        Assert.Equal(new LightState(LightPattern.TurnLeft, null), Show(Show(events: Denial), Asked(TurnDirection.Left), now: 0.5));
    }

    [Fact]
    public void ASecondRequestBeepsAgain()
    {
        LightState asked = Show(access: Asked(TurnDirection.Left));

        LightRule.Next(asked, [new DoorEvent(DoorEventKind.TurnAsked)], Asked(TurnDirection.Left), DoorState.Initial, Start, hasFault: false,
            out bool mustShow);
        Assert.True(mustShow);
        LightRule.Next(asked, [], Asked(TurnDirection.Left), DoorState.Initial, Start, hasFault: false, out mustShow);
        Assert.False(mustShow);
    }

    [Fact]
    public void DuressShowsNothing() =>
        Assert.Equal(LightPattern.LookAtCamera, Show(access: Looking, events: new DoorEvent(DoorEventKind.Duress) { PersonId = 1 }).Shown);

    [Fact]
    public void AnUnlockedDoorIsGreenUntilTheRelayIsReleased()
    {
        Assert.Equal(LightPattern.Granted, Show(door: Unlocked).Shown);
        Assert.Equal(LightPattern.Off, Show(new LightState(LightPattern.Granted, null)).Shown);
    }

    [Fact]
    public void AHeldDoorIsGreenWithoutABeepUntilItIsWarnedOf()
    {
        DoorState held = Unlocked with { IsHeld = true };
        Assert.Equal(LightPattern.HeldUnlocked, Show(door: held).Shown);
        Assert.Equal(LightPattern.HeldUnlocked, Show(door: held with { Phase = DoorPhase.Open }).Shown);
        Assert.Equal(LightPattern.HeldOpenWarning, Show(door: held with { Phase = DoorPhase.HeldOpen }).Shown);
        DoorState faulty = held with { RelayOnSince = null, RelayRetryAt = Start, Phase = DoorPhase.Locked };
        Assert.Equal(LightPattern.Fault, Show(door: faulty).Shown);
    }

    [Fact]
    public void ALockdownIsRedAndStillAsksAMarkedPersonToLook()
    {
        AccessState lockdown = AccessState.Initial with { Mode = DoorMode.Lockdown };
        Assert.Equal(LightPattern.Lockdown, Show(access: lockdown).Shown);
        Assert.Equal(LightPattern.Lockdown, Show(access: lockdown with { HasCameraFault = true }).Shown);
        Assert.Equal(LightPattern.LookAtCamera, Show(access: Looking with { Mode = DoorMode.Lockdown }).Shown);
        Assert.Equal(LightPattern.Granted, Show(access: lockdown, door: Unlocked).Shown);
        Assert.Equal(LightPattern.Denied, Show(access: lockdown, events: Denial).Shown);
        Assert.Equal(LightPattern.Off, Show(access: lockdown with { HasStopped = true }).Shown);
    }

    [Fact]
    public void ADenialIsRedForTwoSecondsAndThenTheAttemptIsShown()
    {
        LightState denied = Show(access: Looking, events: Denial);

        Assert.Equal((LightPattern.Denied, 2.0), (denied.Shown, (denied.DenialUntil!.Value - Start).TotalSeconds));
        Assert.Equal(LightPattern.Denied, Show(denied, Looking, now: 1.9).Shown);
        Assert.Equal(new LightState(LightPattern.LookAtCamera, null), Show(denied, Looking, now: 2));
    }

    [Fact]
    public void ASecondDenialBeepsAgain()
    {
        LightState denied = Show(events: Denial);

        LightRule.Next(denied, [Denial], AccessState.Initial, DoorState.Initial, Start + TimeSpan.FromSeconds(1), hasFault: false,
            out bool isAnew);
        Assert.True(isAnew);
        LightRule.Next(denied, [], AccessState.Initial, DoorState.Initial, Start + TimeSpan.FromSeconds(1), hasFault: false, out isAnew);
        Assert.False(isAnew);
    }

    [Fact]
    public void AGrantDoesNotWaitForADenialToEnd() =>
        Assert.Equal(LightPattern.Granted, Show(Show(events: Denial), door: Unlocked, now: 1).Shown);

    [Fact]
    public void ASupersededAttemptIsNotShownToTheNextPerson() =>
        Assert.Equal(LightPattern.LookAtCamera,
            Show(access: Looking, events: new DoorEvent(DoorEventKind.Denied) { Reason = DenyReason.Superseded }).Shown);

    [Fact]
    public void AnAbandonedIdentificationIsNotADenial() =>
        Assert.Equal(LightPattern.Off, Show(events: new DoorEvent(DoorEventKind.AttemptAbandoned) { Reason = DenyReason.Abandoned }).Shown);

    [Fact]
    public void ADoorHeldOpenBuzzesFromTheWarningOn()
    {
        Assert.Equal(LightPattern.Off, Show(door: DoorState.Initial with { Phase = DoorPhase.Open }).Shown);
        Assert.Equal(LightPattern.HeldOpenWarning, Show(door: DoorState.Initial with { Phase = DoorPhase.Open, IsWarned = true }).Shown);
        Assert.Equal(LightPattern.HeldOpenWarning, Show(door: DoorState.Initial with { Phase = DoorPhase.HeldOpen }).Shown);
    }

    [Fact]
    public void AFaultOfCameraOrRelayOrAnythingElseNeededBlinksRed()
    {
        Assert.Equal(LightPattern.Fault, Show(access: AccessState.Initial with { HasCameraFault = true }).Shown);
        Assert.Equal(LightPattern.Fault, Show(door: DoorState.Initial with { RelayRetryAt = Start }).Shown);
        Assert.Equal(LightPattern.Fault, LightRule.Next(default, [], AccessState.Initial, DoorState.Initial, Start, hasFault: true, out _)
            .Shown);
    }

    [Fact]
    public void AfterShutdownEverythingIsOff() =>
        Assert.Equal(LightPattern.Off, Show(access: Looking with { HasStopped = true }, events: Denial).Shown);

    private static LightState Show(LightState lights = default, AccessState? access = null, DoorState? door = null, double now = 0,
        params ImmutableArray<DoorEvent> events) =>
        LightRule.Next(lights, events.IsDefault ? [] : events, access ?? AccessState.Initial, door ?? DoorState.Initial, Start
            + TimeSpan.FromSeconds(now), hasFault: false, out _);
}
