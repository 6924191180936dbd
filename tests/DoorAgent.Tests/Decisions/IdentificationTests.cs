using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Matching;
using DoorAgent.Schedules;

using static DoorAgent.Tests.Decisions.PolicyScene;

namespace DoorAgent.Tests.Decisions;

/// <summary>The table of behaviour.md, section 2: column "identification attempt", and its rearming.</summary>
public sealed class IdentificationTests
{
    private static PolicyScene Identification() => PolicyScene.FaceOnly().Appear();

    private static PolicyScene WithBadges() => new PolicyScene(options => options.Mode = "badge-or-face").Appear();

    [Fact]
    public void OnlyThreeConsecutiveUsableFramesOpenAnAttempt()
    {
        PolicyScene scene = PolicyScene.FaceOnly().Frames(2, Adam, true).Wait(0.1).Unusable(UnusableReason.FaceTurned);

        scene.Wait(0.1).Frames(2, Adam, true).Expect().Frames(1, Adam, true).Expect("AttemptOpened");
    }

    [Fact]
    public void AFrameWithoutAFaceInterruptsTheSequence()
    {
        PolicyScene scene = PolicyScene.FaceOnly().Frames(2, Adam, true).Wait(0.1).Unusable(UnusableReason.NoFace, hasFace: false);

        scene.Wait(0.1).Frames(2, Adam, true).Expect().Frames(1, Adam, true).Expect("AttemptOpened");
    }

    [Fact]
    public void APauseLongerThanTheGapInterruptsTheSequence()
    {
        PolicyScene.FaceOnly().Frames(2, Adam, true).Wait(0.8).Frames(1, Adam, true).Expect("AttemptOpened");

        PolicyScene.FaceOnly().Frames(2, Adam, true).Wait(0.801).Frames(2, Adam, true).Expect().Frames(1, Adam, true)
            .Expect("AttemptOpened");
    }

    [Fact]
    public void TheFramesOfThePreviousAttemptDoNotOpenTheNext()
    {
        PolicyScene scene = Identification().Frames(15, Adam, false).Expect("Denied NotRecognised");

        scene.Wait(2.5).Frames(2, Adam, true).Expect().Frames(1, Adam, true).Expect("AttemptOpened");
    }

    [Fact]
    public void ARearmedFaceNeedsNewFramesToOpenTheNextAttempt()
    {
        PolicyScene scene = PolicyScene.FaceOnly(options => options.RearmWithoutFace = TimeSpan.Zero).Appear().Frames(15, Adam, false)
            .Expect("Denied NotRecognised");

        scene.Frames(2, Adam, false).Expect().Frames(1, Adam, false).Expect("AttemptOpened");
    }

    [Fact]
    public void AKnownBadgeSupersedesTheAttemptUncountedAndIsGrantedWhereABadgeOpens()
    {
        PolicyScene scene = WithBadges().Frames(2, Adam, false).Read(NorasBadge).Expect("Denied Superseded", "Granted");

        Assert.Empty(scene.State.Faces.Failures);
    }

    [Fact]
    public void AnUnknownBadgeIsDeniedAndTheAttemptGoesOn() =>
        WithBadges().Unknown().Expect("Denied UnknownBadge").Frames(3, Adam, true).Expect("Granted");

    [Fact]
    public void ABlockedBadgeIsDeniedAndTheAttemptGoesOn() =>
        WithBadges().Read(BlockedBadge).Expect("Denied BadgeBlocked").Frames(3, Adam, true).Expect("Granted");

    [Fact]
    public void ABadgeInFaceOnlyModeIsLoggedAndTheAttemptGoesOn() =>
        Identification().Read(NorasBadge).Expect("BadgeNotUsed").Frames(3, Adam, true).Expect("Granted");

    [Fact]
    public void AReaderFaultIsReportedAndTheAttemptGoesOn() =>
        Identification().Fault().Expect("ReaderFault").Frames(3, Adam, true).Expect("Granted");

    [Fact]
    public void AgreementOnOnePersonIsGranted()
    {
        DoorEvent granted = Assert.Single(Identification().Frames(2, Adam, true).Expect().Frames(1, Adam, true).Expect("Granted").Last);

        Assert.Equal((Adam, null), (granted.PersonId!.Value, granted.BadgeHint));
    }

    [Fact]
    public void MatchesOfTwoPeopleDoNotAgree() =>
        Identification().Frames(1, Adam, true).Frames(1, Nora, true).Frames(1, Adam, true).Frames(1, Nora, true).Expect();

    [Fact]
    public void FifteenFramesWithoutAgreementAreNotRecognisedAndCounted()
    {
        PolicyScene scene = Identification().Frames(14, Adam, false).Expect().Frames(1, Adam, false).Expect("Denied NotRecognised");

        Assert.Single(scene.State.Faces.Failures);
    }

    [Fact]
    public void APersonFoundButDisabledIsDeniedWithThatReason()
    {
        PolicyScene scene = Identification();
        scene.Gallery = GalleryOf(adamIsEnabled: false);

        scene.Frames(3, Adam, true).Expect("Denied PersonDisabled");
        Assert.Empty(scene.State.Faces.Failures);
    }

    [Fact]
    public void APersonFoundButNotAllowedNowIsDeniedWithThatReason()
    {
        PolicyScene scene = Identification().Frames(2, Adam, true);
        scene.AdamIsNotAllowed = new Refusal(DenyReason.OutsideValidity);

        scene.Frames(1, Adam, true).Expect("Denied OutsideValidity");
        Assert.Empty(scene.State.Faces.Failures);
    }

    [Fact]
    public void APersonFoundButLockedOutIsDenied()
    {
        PolicyScene scene = new(options => options.Mode = "badge-and-face");
        for (int i = 0; i < 3; i++)
            scene.Wait(3).Read(AdamsBadge).Frames(15, Adam, false);
        AccessState locked = scene.State;
        PolicyScene faces = PolicyScene.FaceOnly().Appear();
        AccessState state = faces.State with { People = locked.People.SetItem(Adam,
            locked.People[Adam] with { Until = At(faces.Now + 60) }) };
        for (int i = 1; i <= 3; i++)
        {
            TimeSpan at = At(faces.Now + (0.2 * i));
            AccessStep step = faces.Policy.Apply(state, new UsableFrame(Here, at, at, new FaceMatch(Adam, 0.5f, 1, 2, true), null), at,
                faces.Gallery, _ => null);
            state = step.State;
            if (i == 3)
                Assert.Equal("Denied LockedOut", Word(Assert.Single(step.Events)));
        }
    }

    [Fact]
    public void APersonRemovedBeforeTheGrantIsNoLongerEnrolled()
    {
        PolicyScene scene = Identification();
        scene.Gallery = GalleryOf(withAdam: false);

        scene.Frames(3, Adam, true).Expect("Denied NoLongerEnrolled");
    }

    [Fact]
    public void AFaceThatFailsLivenessIsDeniedAndCounted()
    {
        PolicyScene scene = Identification().Verdicts(Spoof).Frames(3, Adam, true)
            .Expect("Denied SpoofSuspected");

        Assert.Single(scene.State.Faces.Failures);
    }

    [Fact]
    public void SeveralFacesEmptyTheWindow() =>
        Identification().Frames(2, Adam, true).Wait(0.1).Unusable(UnusableReason.SeveralFaces).Frames(2, Adam, true).Expect()
            .Frames(1, Adam, true).Expect("Granted");

    [Fact]
    public void AFaceThatIsGoneForASecondAbandonsTheAttemptUncounted()
    {
        PolicyScene scene = Identification().Frames(2, Adam, false).Pass(0.99).Expect().Pass(0.02).Expect("AttemptAbandoned Abandoned");

        Assert.Empty(scene.State.Faces.Failures);
    }

    [Fact]
    public void AFaceThatIsGoneAfterFiveComparisonsCountsForTheLockout() =>
        Assert.Single(Identification().Frames(5, Adam, false).Pass(1.1).Expect("AttemptAbandoned Abandoned").State.Faces.Failures);

    [Fact]
    public void AnUnusableFaceIsNotGone()
    {
        PolicyScene scene = Identification();
        for (int i = 0; i < 4; i++)
            scene.Pass(0.9).Unusable(UnusableReason.FaceTurned).Expect();
    }

    [Fact]
    public void TheDeadlineAfterAUsableFrameDeniesWithNotRecognisedAndCounts()
    {
        PolicyScene scene = Identification().Frames(1, Adam, false);
        for (int i = 0; i < 5; i++)
            scene.Pass(0.9).Unusable(UnusableReason.FaceTurned);

        scene.Pass(0.5).Expect("Denied NotRecognised");
        Assert.Single(scene.State.Faces.Failures);
    }

    [Theory]
    [InlineData(UnusableReason.SeveralFaces)]
    [InlineData(UnusableReason.TooDark)]
    [InlineData(UnusableReason.Blurred)]
    [InlineData(UnusableReason.TooSmall)]
    [InlineData(UnusableReason.NotUpright)]
    [InlineData(UnusableReason.OutOfProportion)]
    [InlineData(UnusableReason.FaceCovered)]
    [InlineData(UnusableReason.UnlikeAFace)]
    [InlineData(UnusableReason.FaceTurned)]
    internal void TheDeadlineWithoutAUsableFrameSaysTheReasonAndCountsNothing(UnusableReason reason)
    {
        PolicyScene scene = Identification();
        for (int i = 0; i < 5; i++)
            scene.Pass(0.9).Unusable(reason);

        scene.Pass(0.6).Expect($"Denied {reason}");
        Assert.Empty(scene.State.Faces.Failures);
    }

    [Fact]
    public void ACameraFaultEndsTheAttempt() =>
        Identification().Apply(new CameraChanged("lost")).Expect("CameraFault", "Denied CameraFault");

    [Fact]
    public void AnOpeningDoorAbandonsTheAttempt() =>
        Identification().Apply(new DoorMoved(IsOpen: true, IsLocked: false)).Expect("AttemptAbandoned Abandoned");

    [Fact]
    public void ShutdownDeniesTheAttempt() => Identification().Apply(new AccessStopping()).Expect("Denied Stopping");

    [Fact]
    public void AnExceptionDeniesTheAttempt() => Identification().Apply(new AccessFaulted()).Expect("Denied Fault");

    [Fact]
    public void AfterADenialTheSameFaceWaitsTenSeconds()
    {
        PolicyScene scene = Identification().Frames(15, Adam, false).Expect("Denied NotRecognised");

        double denied = scene.Now;

        while (scene.State.Attempt is null)
            scene.Frames(1, Adam, false);

        Assert.InRange(scene.Now - denied, 9.99, 10.3);
    }

    [Fact]
    public void AfterADenialTwoSecondsWithoutAFaceRearm()
    {
        PolicyScene scene = Identification().Frames(15, Adam, false).Expect("Denied NotRecognised");

        scene.Wait(2).Frames(3, Adam, true).Expect("AttemptOpened");
    }

    [Fact]
    public void AfterAGrantAFaceThatStaysOpensNothing() =>
        Identification().Frames(3, Adam, true).Expect("Granted").Frames(200, Adam, true).Expect();

    [Fact]
    public void AfterAGrantTwoSecondsWithoutAFaceAndAClosedDoorRearm()
    {
        PolicyScene scene = Identification().Frames(3, Adam, true).Expect("Granted").Apply(new DoorMoved(IsOpen: true, IsLocked: false));

        scene.Wait(3).Frames(5, Adam, true).Expect().Apply(new DoorMoved(IsOpen: false, IsLocked: true)).Frames(1, Adam, true)
            .Expect("AttemptOpened");
    }
}
