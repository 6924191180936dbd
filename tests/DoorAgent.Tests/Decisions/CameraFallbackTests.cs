using DoorAgent.Decisions;
using DoorAgent.Events;

using static DoorAgent.Tests.Decisions.PolicyScene;

namespace DoorAgent.Tests.Decisions;

/// <summary>The guide's table of a door whose camera is lost (modes-and-hours.md): each cell.</summary>
public sealed class CameraFallbackTests
{
    [Theory]
    [InlineData(CameraFaultKind.Lost)]
    [InlineData(CameraFaultKind.Silent)]
    internal void ABadgeAndItsPinOpenWhileTheCameraIsLostOrSilentAndTheGrantSaysSo(CameraFaultKind kind)
    {
        PolicyScene scene = FallingBack().Apply(new CameraChanged("gone", kind)).Expect("CameraFault", "CameraFallback");

        scene.Read(AdamsBadge).Expect("PinAwaited").Pin("4711").Expect("Granted");
        Assert.Equal(PinRule.NoFace, scene.Last[0].Detail);
    }

    [Fact]
    public void WithoutTheSettingTheDoorStaysLocked() =>
        new PolicyScene().Apply(new CameraChanged("gone", CameraFaultKind.Lost)).Expect("CameraFault").Read(AdamsBadge)
            .Expect("Denied CameraFault");

    [Fact]
    public void AFrozenDarkOrRefusedCameraNeverSkipsTheFace() =>
        FallingBack().Apply(new CameraChanged("frozen")).Expect("CameraFault").Read(AdamsBadge).Expect("Denied CameraFault");

    // A frozen camera is opened again, and is gone meanwhile.
    [Theory]
    [InlineData(CameraFaultKind.Lost)]
    [InlineData(CameraFaultKind.Silent)]
    internal void ACameraThatIsLostAfterItWasFrozenDoesNotSkipTheFaceEither(CameraFaultKind kind)
    {
        PolicyScene scene = FallingBack().Apply(new CameraChanged("frozen")).Apply(new CameraChanged("gone", kind)).Expect();

        scene.Read(AdamsBadge).Expect("Denied CameraFault");
        scene.Apply(new CameraChanged(null)).Expect("CameraRestored").Apply(new CameraChanged("gone", kind))
            .Expect("CameraFault", "CameraFallback");
    }

    [Fact]
    public void TheFallbackEndsWhenPicturesComeThatCannotBeUsed()
    {
        PolicyScene scene = Lost().Apply(new CameraChanged("frozen")).Expect("CameraFallbackEnded").Read(AdamsBadge)
            .Expect("Denied CameraFault");

        scene.Apply(new CameraChanged("gone", CameraFaultKind.Lost)).Expect().Read(NorasBadge).Expect("Denied CameraFault");
    }

    [Fact]
    public void AWaitForAPinEndsWhenTheFallbackEndsWithoutAPicture() =>
        Lost().Read(AdamsBadge).Apply(new CameraChanged("frozen")).Expect("CameraFallbackEnded", "Denied CameraFault");

    [Fact]
    public void ALostCameraThatIsSilentThenStaysInTheFallback() =>
        Lost().Apply(new CameraChanged("silent", CameraFaultKind.Silent)).Expect().Read(AdamsBadge).Expect("PinAwaited");

    [Fact]
    public void WhoeverHasNoPinIsDenied() => Lost().Read(NorasBadge).Expect("Denied NoPin");

    [Fact]
    public void AWrongPinIsDeniedAndCounted()
    {
        PolicyScene scene = Lost().Read(AdamsBadge).Pin("1234").Expect("Denied WrongPin");

        Assert.Single(scene.State.People[Adam].Failures);
    }

    [Fact]
    public void TheDuressPinIsAnAlarmAndOpens() => Lost().Read(AdamsBadge).Pin("1177").Expect("Duress", "Granted");

    [Fact]
    public void APinThatIsTypedWhenTheCameraIsBackIsFollowedByTheFace() =>
        Lost().Read(AdamsBadge).Apply(new CameraChanged(null)).Expect("CameraRestored", "CameraFallbackEnded").Pin("4711")
            .Expect("AttemptOpened").Frames(3, Adam, true).Expect("Granted");

    [Fact]
    public void AfterwardsABadgeNeedsItsFace() =>
        Lost().Apply(new CameraChanged(null)).Read(AdamsBadge).Expect("AttemptOpened").Frames(15, Adam, false)
            .Expect("Denied FaceNotMatched");

    [Fact]
    public void AnAttemptThatLooksWhenTheCameraIsLostEnds() =>
        FallingBack().Read(AdamsBadge).Apply(new CameraChanged("gone", CameraFaultKind.Lost))
            .Expect("CameraFault", "CameraFallback", "Denied CameraFault");

    [Fact]
    public void TheRulesOfPeopleAndBadgesStay()
    {
        Lost().Read(BlockedBadge).Expect("Denied BadgeBlocked");
        Lost().Unknown().Expect("Denied UnknownBadge");
        Lost().Read(AdamsBadge).Pass(15).Expect("Denied PinNotEntered");
    }

    [Fact]
    public void TheFallbackIsAnAlarmUntilItEnds()
    {
        Assert.True(DoorEventKind.CameraFallback.IsAlarm());
        Assert.Equal(DoorEventKind.CameraFallbackEnded, DoorEventKind.CameraFallback.RestoredBy());
    }

    private static PolicyScene FallingBack() => new(fallsBack: true);

    private static PolicyScene Lost() => FallingBack().Apply(new CameraChanged("gone", CameraFaultKind.Lost));
}
