using System.Collections.Immutable;
using DoorAgent.Decisions;
using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Hardware.Doors;

namespace DoorAgent.Tests.Doors;

public sealed class DisplayRuleTests
{
    private const long Adam = 1;

    private static readonly TimeSpan Start = TimeSpan.FromDays(40);

    private static readonly DoorEvent Denial = new(DoorEventKind.Denied) { Reason = DenyReason.FaceNotMatched, PersonId = Adam };

    private static readonly DoorEvent LockedOut = new(DoorEventKind.Denied) { Reason = DenyReason.LockedOut, PersonId = Adam };

    private static readonly AccessState AdamWaits = AccessState.Initial with
    {
        People = ImmutableDictionary<long, Lockout>.Empty.Add(Adam, new Lockout([], 1, Start + TimeSpan.FromSeconds(28), Start)),
    };

    [Theory]
    [InlineData(LightPattern.Off, null)]
    [InlineData(LightPattern.LookAtCamera, DisplayText.LookAtCamera)]
    [InlineData(LightPattern.EnterPin, DisplayText.EnterPin)]
    [InlineData(LightPattern.TurnLeft, DisplayText.TurnLeft)]
    [InlineData(LightPattern.TurnRight, DisplayText.TurnRight)]
    [InlineData(LightPattern.Granted, DisplayText.Welcome)]
    [InlineData(LightPattern.HeldUnlocked, DisplayText.Unlocked)]
    [InlineData(LightPattern.Lockdown, DisplayText.Lockdown)]
    [InlineData(LightPattern.HeldOpenWarning, DisplayText.CloseDoor)]
    [InlineData(LightPattern.Fault, DisplayText.OutOfOrder)]
    public void ADisplayFollowsTheLights(LightPattern lights, object? text) => Assert.Equal((DisplayText?)text, Next(default, lights).Text);

    [Fact]
    public void TheWelcomedPersonIsShownWhileTheDoorIsUnlocked()
    {
        // The relay moves before the grant is followed.
        DisplayState unlocked = Next(default, LightPattern.Granted);
        Assert.Null(unlocked.PersonId);
        DisplayState granted = Next(unlocked, LightPattern.Granted, new DoorEvent(DoorEventKind.Granted) { PersonId = Adam });
        Assert.Equal(Adam, granted.PersonId);
        Assert.Equal(Adam, Next(granted, LightPattern.Granted).PersonId);
        Assert.Null(Next(Next(granted, LightPattern.Off), LightPattern.Granted).PersonId);
    }

    [Fact]
    public void ADenialIsShownForFiveSecondsWithoutItsReason()
    {
        DisplayState denied = Next(default, LightPattern.Denied, Denial);
        Assert.Equal((DisplayText.Denied, Start + TimeSpan.FromSeconds(5)), (denied.Text, denied.NextDue));
        Assert.Equal(DisplayText.Denied, Next(denied, LightPattern.Off, at: 4.9).Text);
        Assert.Equal(default, Next(denied, LightPattern.Off, at: 5));
    }

    [Fact]
    public void ANewAttemptReplacesTheDenial() =>
        Assert.Equal(DisplayText.LookAtCamera, Next(Next(default, LightPattern.Denied, Denial), LightPattern.LookAtCamera, at: 2).Text);

    [Fact]
    public void ARequestToTurnReplacesTheDenialAtOnce() =>
        Assert.Equal(DisplayText.TurnLeft, Next(Next(default, LightPattern.Denied, Denial), LightPattern.TurnLeft, at: 0.5).Text);

    [Fact]
    public void ASupersededAttemptIsNotADenial() => Assert.Null(
        Next(default, LightPattern.Off, new DoorEvent(DoorEventKind.Denied) { Reason = DenyReason.Superseded }).Text);

    [Fact]
    public void ALockedOutPersonReadsHowLongToWaitSecondBySecond()
    {
        DisplayState waits = Next(default, LightPattern.Denied, LockedOut, access: AdamWaits);
        Assert.Equal((DisplayText.Wait, 28, Start + TimeSpan.FromSeconds(1)), (waits.Text, waits.Seconds, waits.NextDue));
        waits = Next(waits, LightPattern.Denied, at: 1, access: AdamWaits);
        Assert.Equal((27, Start + TimeSpan.FromSeconds(2)), (waits.Seconds, waits.NextDue));
        waits = Next(waits, LightPattern.Off, at: 9.5, access: AdamWaits);
        Assert.Equal((19, Start + TimeSpan.FromSeconds(10)), (waits.Seconds, waits.NextDue));
        Assert.Equal(default, Next(waits, LightPattern.Off, at: 10, access: AdamWaits));
    }

    [Fact]
    public void AShortWaitIsCountedDownToItsEnd()
    {
        DisplayState waits = Next(default, LightPattern.Denied, LockedOut, at: 26.5, access: AdamWaits);
        Assert.Equal(2, waits.Seconds);
        Assert.Equal(default, Next(waits, LightPattern.Off, at: 28, access: AdamWaits));
    }

    [Fact]
    public void AFaceThatIsLockedOutWaitsForTheLockoutOfFaces()
    {
        AccessState faces = AccessState.Initial with { Faces = new Lockout([], 1, Start + TimeSpan.FromSeconds(3), Start) };
        Assert.Equal(3, Next(default, LightPattern.Denied, new DoorEvent(DoorEventKind.Denied) { Reason = DenyReason.LockedOut },
            access: faces).Seconds);
    }

    [Fact]
    public void DuressShowsNothing() => Assert.Equal(
        Next(default, LightPattern.Granted, new DoorEvent(DoorEventKind.Granted) { PersonId = Adam }),
        DisplayRule.Next(default, LightPattern.Granted, [new DoorEvent(DoorEventKind.Duress) { PersonId = Adam },
            new DoorEvent(DoorEventKind.Granted) { PersonId = Adam }],
            AccessState.Initial, Start));

    private static DisplayState Next(DisplayState display, LightPattern lights, DoorEvent? raised = null, double at = 0,
        AccessState? access = null) =>
        DisplayRule.Next(display, lights, raised is null ? [] : [raised], access ?? AccessState.Initial, Start + TimeSpan.FromSeconds(at));
}
