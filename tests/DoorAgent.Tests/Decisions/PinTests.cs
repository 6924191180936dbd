using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Matching;
using DoorAgent.Schedules;

using static DoorAgent.Tests.Decisions.PolicyScene;

namespace DoorAgent.Tests.Decisions;

/// <summary>A door that asks for a PIN after the badge.</summary>
public sealed class PinTests
{
    private static PolicyScene Waiting(Action<DecisionOptions>? configure = null) =>
        WithPin(configure).Read(AdamsBadge).Expect("PinAwaited");

    private static PolicyScene BadgeOnly() => Waiting(options => options.Mode = "badge-only");

    [Fact]
    public void TheRightPinOpensTheAttemptWithItsWholeTime()
    {
        PolicyScene scene = Waiting().Wait(9).Pin("4711").Expect("AttemptOpened");

        Assert.Equal(scene.Now + 10, scene.State.Attempt!.Deadline.TotalSeconds, 6);
        scene.Frames(3, Adam, true).Expect("Granted");
    }

    [Fact]
    public void WhereABadgeIsEnoughTheRightPinGrants()
    {
        BadgeOnly().Pin("4711").Expect("Granted");
        Waiting(options => options.Mode = "badge-or-face").Pin("4711").Expect("Granted");
    }

    [Fact]
    public void NoFaceIsLookedAtBeforeThePin()
    {
        PolicyScene scene = Waiting();
        Assert.False(scene.Policy.IsLooking(scene.State));
        scene.Frames(9, Adam, true).Expect();
        scene.Frames(9, Adam, false).Expect();

        scene.Pin("4711").Expect("AttemptOpened");

        Assert.True(scene.Policy.IsLooking(scene.State));
        Assert.Equal(0, scene.State.Attempt!.Compared);
        scene.Frames(2, Adam, true).Expect().Frames(1, Adam, true).Expect("Granted");
    }

    [Fact]
    public void WhatTheCameraSawBeforeThePinIsNoReasonLater() =>
        Waiting().Unusable(UnusableReason.Blurred).Wait(1).Pin("4711").Pass(10).Expect("Denied NoFace");

    [Fact]
    public void AWrongPinIsDeniedAndCountedAndEndsTheAttempt()
    {
        PolicyScene scene = Waiting().Pin("4712").Expect("Denied WrongPin");

        Assert.Single(scene.State.People[Adam].Failures);
        Assert.Null(scene.State.Attempt);
        scene.Wait(3).Read(AdamsBadge).Expect("PinAwaited");
    }

    [Theory]
    [InlineData("1")]
    [InlineData("471")]
    [InlineData("471147114")]
    [InlineData("4711471147114711471147114711")]
    public void WhatNoPinCanBeIsWrongWithoutBeingAsked(string digits)
    {
        PolicyScene scene = Waiting().Keys(digits + "#").Expect("Denied WrongPin");

        Assert.Null(scene.Question);
        Assert.Single(scene.State.People[Adam].Failures);
    }

    [Fact]
    public void ThreeWrongPinsLockTheBadgesOwnerOut()
    {
        PolicyScene scene = WithPin();
        for (int i = 0; i < 3; i++)
            scene.Wait(3).Read(AdamsBadge).Pin("9999");
        scene.Expect("Denied WrongPin", "LockoutStarted").Wait(3).Read(AdamsBadge).Expect("Denied LockedOut");
    }

    [Fact]
    public void NoPinInTimeIsDeniedAndNotCounted()
    {
        PolicyScene scene = Waiting().Pass(14.9).Expect().Pass(0.1).Expect("Denied PinNotEntered");

        Assert.Empty(scene.State.People);
    }

    [Fact]
    public void HalfAPinInTimeIsNone() => Waiting().Wait(13).Keys("47").Pass(2).Expect("Denied PinNotEntered");

    [Fact]
    public void AStarBeginsAnewAndALoneHashIsNothing() => BadgeOnly().Keys("#99*#*").Expect().Pin("4711").Expect("Granted");

    [Fact]
    public void APauseForgetsWhatWasTyped() => BadgeOnly().Keys("99").Wait(5).Pin("4711").Expect("Granted");

    [Fact]
    public void DigitsFromBeforeTheBadgeAreNoPartOfThePin() =>
        WithPin(options => options.Mode = "badge-only").Keys("99").Read(AdamsBadge).Pin("4711").Expect("Granted");

    [Fact]
    public void WhoHasNoPinIsToldAtOnceAndTheAttemptUnderWayGoesOn()
    {
        WithPin().Read(NorasBadge).Expect("Denied NoPin");
        Waiting().Read(NorasBadge).Expect("Denied NoPin").Pin("4711").Expect("AttemptOpened");
    }

    [Fact]
    public void WhoMayNotEnterIsNotAskedForAPin()
    {
        PolicyScene scene = WithPin();
        scene.Gallery = GalleryOf(adamIsEnabled: false);
        scene.Read(AdamsBadge).Expect("Denied PersonDisabled");
    }

    [Fact]
    public void TheSameBadgeAgainNeitherBeginsAnewNorGivesMoreTime()
    {
        PolicyScene scene = Waiting().Wait(3).Keys("47").Read(AdamsBadge).Expect();
        scene.Keys("11#").Answer(PinAnswer.Right).Expect("AttemptOpened");
    }

    [Fact]
    public void AnotherPersonsBadgeSupersedesAndNobodyIsBlamed()
    {
        PolicyScene scene = Waiting().Keys("47");
        scene.Gallery = new Gallery(1, "test", 2, [.. scene.Gallery!.People.Select(person => person with { Pin = AdamsPin })],
            new Dictionary<string, BadgeOwner> { [NorasBadge.Number] = new(scene.Gallery.Find(Nora)! with { Pin = AdamsPin },
                BadgeState.Active) }, [1, 0, 0, 1]);

        scene.Read(NorasBadge).Expect("Denied Superseded", "PinAwaited");

        Assert.Empty(scene.State.People);
        Assert.Equal("", scene.State.Entry.Digits);
        Assert.Equal(Nora, scene.State.ClaimedPerson);
    }

    [Fact]
    public void WhileThePinIsCheckedKeysAreNotHeardAndItsTimeIsOver()
    {
        PolicyScene scene = Waiting().Wait(13).Keys("4711#").Expect().Keys("12#").Expect().Pass(2).Expect();
        Assert.Equal("4711", scene.Question!.Digits);
        scene.Answer(PinAnswer.Right).Expect("AttemptOpened");
    }

    [Fact]
    public void AnAnswerThatNeverComesIsAFault() => Waiting().Keys("4711#").Pass(9.9).Expect().Pass(0.1).Expect("Denied Fault");

    [Fact]
    public void AnAnswerToAnEarlierQuestionDoesNothing()
    {
        PolicyScene scene = Waiting().Keys("4711#");
        PinQuestion old = scene.Question!;
        scene.Pass(10).Read(AdamsBadge).Expect("PinAwaited").Apply(new PinChecked(old.Number, PinAnswer.Right)).Expect();
        scene.Keys("0815#").Apply(new PinChecked(old.Number, PinAnswer.Right)).Expect();
        scene.Answer(PinAnswer.Wrong).Expect("Denied WrongPin").Answer(PinAnswer.Right).Expect();
    }

    [Fact]
    public void TheDuressPinGoesOnAsTheRightOneDoesAndIsAnAlarm()
    {
        Waiting().Pin("1177").Expect("Duress", "AttemptOpened").Frames(3, Adam, true).Expect("Granted");
        BadgeOnly().Pin("1177").Expect("Duress", "Granted");
    }

    [Fact]
    public void TheDuressAlarmDoesNotWaitForTheFace()
    {
        PolicyScene scene = Waiting().Pin("1177").Expect("Duress", "AttemptOpened");
        Assert.Equal((Adam, AdamsBadge.Hint), (scene.Last[0].PersonId, scene.Last[0].BadgeHint));
        scene.Frames(15, Adam, false).Expect("Denied FaceNotMatched");
    }

    [Fact]
    public void DuressIsSaidAlsoWhereTheDoorStaysLocked()
    {
        PolicyScene scene = Waiting().Keys("1177#");
        scene.Gallery = GalleryOf(adamIsEnabled: false);
        scene.Answer(PinAnswer.Duress).Expect("Duress", "Denied PersonDisabled");
    }

    [Fact]
    public void WhatChangedMeanwhileIsLookedUpWhenThePinComes()
    {
        After(GalleryOf(withAdam: false)).Keys("4711#").Expect("Denied NoLongerEnrolled");
        After(GalleryOf(withAdamsPin: false)).Keys("4711#").Expect("Denied NoPin");
        After(null).Keys("4711#").Expect("Denied GalleryMissing");
        After(GalleryOf(withAdamsBadge: false)).Pin("4711").Expect("Denied NoLongerEnrolled");
        After(GalleryOf(adamsBadge: BadgeState.Blocked)).Pin("4711").Expect("Denied BadgeBlocked");
        PolicyScene late = BadgeOnly().Keys("4711#");
        late.AdamIsNotAllowed = new Refusal(DenyReason.OutsideSchedule);
        late.Answer(PinAnswer.Right).Expect("Denied OutsideSchedule");

        static PolicyScene After(Gallery? gallery)
        {
            PolicyScene scene = BadgeOnly();
            scene.Gallery = gallery;
            return scene;
        }
    }

    [Fact]
    public void ACameraThatFailsEndsTheWaitOnlyWhereAFaceIsNeeded()
    {
        Waiting().Apply(new CameraChanged("gone")).Expect("CameraFault", "Denied CameraFault");
        BadgeOnly().Apply(new CameraChanged("gone")).Expect("CameraFault").Pin("4711").Expect("Granted");
    }

    [Fact]
    public void AnUnknownBadgeAndAnOpenDoorLeaveTheWaitAlone() =>
        Waiting().Unknown().Expect("Denied UnknownBadge").Apply(new DoorMoved(IsOpen: true, IsLocked: false)).Expect().Pin("4711")
            .Expect("AttemptOpened");

    [Fact]
    public void AStopEndsTheWait() => Waiting().Keys("47").Apply(new AccessStopping()).Expect("Denied Stopping").Keys("11#").Expect();
}
