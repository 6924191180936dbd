using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Matching;

using static DoorAgent.Tests.Decisions.PolicyScene;

namespace DoorAgent.Tests.Decisions;

/// <summary>The table of behaviour.md, section 2: column "attempt for P".</summary>
public sealed class BadgeAttemptTests
{
    private static PolicyScene Attempt(Action<DecisionOptions>? configure = null) =>
        new PolicyScene(configure).Read(AdamsBadge).Expect("AttemptOpened");

    [Fact]
    public void TheSameBadgeAgainIsIgnoredAndTheDeadlineStays()
    {
        PolicyScene scene = Attempt();
        TimeSpan deadline = scene.State.Attempt!.Deadline;

        scene.Wait(3).Read(AdamsBadge).Expect();

        Assert.Equal(deadline, scene.State.Attempt!.Deadline);
    }

    [Fact]
    public void AnotherBadgeOfTheSamePersonIsIgnored() => Attempt().Wait(3).Read(AdamsSecondBadge).Expect();

    [Fact]
    public void AnotherPersonsBadgeSupersedesAndOpensAnAttemptForThem()
    {
        PolicyScene scene = Attempt().Wait(1).Read(NorasBadge).Expect("Denied Superseded", "AttemptOpened");

        Assert.Equal(Adam, scene.Last[0].PersonId);
        Assert.Equal(Nora, scene.State.ClaimedPerson);
        Assert.Empty(scene.State.People);
    }

    [Fact]
    public void BeingSupersededIsAFailureWhenAUsableFrameDidNotMatch()
    {
        PolicyScene scene = Attempt().Frames(1, Adam, false).Read(NorasBadge).Expect("Denied Superseded", "AttemptOpened");

        Assert.Single(scene.State.People[Adam].Failures);
    }

    [Fact]
    public void AnotherPersonWhoIsLockedOutIsDeniedAndTheAttemptGoesOn()
    {
        PolicyScene scene = new();
        for (int i = 0; i < 3; i++)
            scene.Wait(3).Read(NorasBadge).Frames(15, Nora, false);
        scene.Wait(3).Read(AdamsBadge).Expect("AttemptOpened").Wait(1).Read(NorasBadge).Expect("Denied LockedOut");

        Assert.False(Assert.Single(scene.Last).EndsAttempt);
        Assert.Equal(Adam, scene.State.ClaimedPerson);
        scene.Frames(3, Adam, true).Expect("Granted");
        Assert.True(Assert.Single(scene.Last).EndsAttempt);
    }

    [Fact]
    public void AnotherEncoderEndsTheAttemptUncounted()
    {
        PolicyScene scene = Attempt().Frames(2, Adam, false).Apply(new EncoderChanged()).Expect("Denied EncoderChanged");

        Assert.Empty(scene.State.People);
        scene.Apply(new EncoderChanged()).Expect();
    }

    [Fact]
    public void AnUnknownBadgeIsDeniedAndTheAttemptGoesOn()
    {
        PolicyScene scene = Attempt().Wait(1).Unknown().Expect("Denied UnknownBadge");

        Assert.Equal(Adam, scene.State.ClaimedPerson);
        Assert.Single(scene.State.UnknownBadges.Failures);
        scene.Frames(3, Adam, true).Expect("Granted");
    }

    [Fact]
    public void ABlockedBadgeIsDeniedAndTheAttemptGoesOn() =>
        Attempt().Wait(1).Read(BlockedBadge).Expect("Denied BadgeBlocked").Frames(3, Adam, true).Expect("Granted");

    [Fact]
    public void ALostBadgeIsDeniedAndTheAttemptGoesOn() =>
        Attempt().Wait(1).Read(LostBadge).Expect("Denied BadgeBlocked").Frames(3, Adam, true).Expect("Granted");

    [Fact]
    public void ARefusedBadgeDoesNotEndAnotherPersonsAttempt()
    {
        PolicyScene scene = new PolicyScene { Gallery = GalleryOf(adamIsEnabled: false) }.Read(NorasBadge);

        scene.Wait(1).Read(AdamsBadge).Expect("Denied PersonDisabled").Frames(3, Nora, true).Expect("Granted");
    }

    [Fact]
    public void AReaderFaultIsReportedAndTheAttemptGoesOn() =>
        Attempt().Wait(1).Fault().Expect("ReaderFault").Frames(3, Adam, true).Expect("Granted");

    [Fact]
    public void ADisconnectedReaderIsReportedAndTheAttemptGoesOn() =>
        Attempt().Wait(1).Apply(new ReaderChanged("unplugged")).Expect("ReaderOffline").Frames(3, Adam, true).Expect("Granted");

    [Fact]
    public void FiveReaderFaultsAreLineNoiseAndTheAttemptGoesOn() =>
        Attempt().Fault().Fault().Fault().Fault().Fault().Expect("ReaderFault", "LineNoise").Frames(3, Adam, true).Expect("Granted");

    [Fact]
    public void ThreeMatchingFramesAreGrantedWithPersonBadgeDistanceAndThreshold()
    {
        DoorEvent granted = Assert.Single(Attempt().Frames(3, Adam, true).Expect("Granted").Last);

        Assert.Equal((Adam, AdamsBadge.Hint, 0.5f, 1f), (granted.PersonId!.Value, granted.BadgeHint, granted.Distance, granted.Threshold));
    }

    [Fact]
    public void TwoMatchingFramesAreNotEnough() => Attempt().Frames(2, Adam, true).Expect();

    [Fact]
    public void ThreeMatchesAmongFiveFramesAreEnough() =>
        Attempt().Frames(1, Adam, true).Frames(2, Adam, false).Frames(2, Adam, true).Expect("Granted");

    [Fact]
    public void ThreeMatchesAmongSixFramesAreNotEnough() =>
        Attempt().Frames(1, Adam, true).Frames(3, Adam, false).Frames(2, Adam, true).Expect();

    [Fact]
    public void MatchesTooCloseTogetherAreNotEnough() =>
        Attempt(options => options.MinFrameInterval = At(0.1))
            .Wait(0.12).Frame(Adam, true).Wait(0.12).Frame(Adam, true).Wait(0.12).Frame(Adam, true).Expect()
            .Wait(0.12).Frame(Adam, true).Expect("Granted");

    [Fact]
    public void FifteenFramesWithoutAgreementAreDeniedAndCounted()
    {
        PolicyScene scene = Attempt().Frames(14, Adam, false).Expect().Frames(1, Adam, false).Expect("Denied FaceNotMatched");

        Assert.Single(scene.State.People[Adam].Failures);
        Assert.Null(scene.State.Attempt);
    }

    [Fact]
    public void ADenialCarriesTheClosestComparison()
    {
        PolicyScene scene = Attempt().Wait(0.2).Frame(Adam, false, distance: 1.3f).Wait(0.2).Frame(Adam, false, distance: 1.1f)
            .Wait(0.2).Frame(Adam, false, distance: 1.2f).Pass(10);

        Assert.Equal(1.1f, scene.Last[0].Distance);
    }

    [Fact]
    public void AnUnusableFrameIsRememberedByItsReason() =>
        Attempt().Wait(0.1).Unusable(UnusableReason.Blurred).Expect().Pass(10).Expect("Denied Blurred");

    [Fact]
    public void SeveralFacesEmptyTheWindow() =>
        Attempt().Frames(2, Adam, true).Wait(0.1).Unusable(UnusableReason.SeveralFaces).Frames(2, Adam, true).Expect()
            .Frames(1, Adam, true).Expect("Granted");

    [Fact]
    public void AnotherUnusableFrameLeavesTheWindow() =>
        Attempt().Frames(2, Adam, true).Wait(0.1).Unusable(UnusableReason.Blurred).Frames(1, Adam, true).Expect("Granted");

    [Fact]
    public void AFaceThatIsGoneForASecondDoesNotEndTheAttempt() =>
        Attempt().Frames(1, Adam, true).Pass(3).Expect().Frames(3, Adam, true).Expect("Granted");

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
    [InlineData(UnusableReason.NoFace)]
    internal void TheDeadlineWithoutAUsableFrameSaysTheReasonAndCountsNothing(UnusableReason reason)
    {
        PolicyScene scene = Attempt().Wait(0.1).Unusable(reason).Pass(9.8).Expect().Pass(0.2).Expect($"Denied {reason}");

        Assert.Empty(scene.State.People);
    }

    [Fact]
    public void TheDeadlineDeniesWithTheMostFrequentReason() =>
        Attempt().Wait(0.1).Unusable(UnusableReason.NoFace).Wait(0.1).Unusable(UnusableReason.NoFace).Wait(0.1)
            .Unusable(UnusableReason.Blurred)
            .Wait(0.1).Unusable(UnusableReason.TooSmall).Wait(0.1).Unusable(UnusableReason.TooSmall).Pass(10).Expect("Denied TooSmall");

    [Fact]
    public void TheDeadlineWithoutAnyFrameDeniesWithNoFace() => Attempt().Pass(10).Expect("Denied NoFace");

    [Fact]
    public void TheDeadlineAfterAUsableFrameDeniesWithFaceNotMatchedAndCounts()
    {
        PolicyScene scene = Attempt().Wait(0.1).Unusable(UnusableReason.Blurred).Frames(1, Adam, false).Pass(10)
            .Expect("Denied FaceNotMatched");

        Assert.Single(scene.State.People[Adam].Failures);
    }

    [Fact]
    public void AFrameCannotWinAgainstADeadlineWhoseTickIsLate() =>
        Attempt().Frames(2, Adam, true).Wait(9.6).Frame(Adam, true).Expect("Denied TooFewPictures");

    /// <summary>A camera of less than a frame a second: no two of its frames count as one face.</summary>
    [Fact]
    public void TooFewFramesAreNeverAFailure()
    {
        PolicyScene scene = new();
        for (int attempt = 0; attempt < 5; attempt++)
        {
            scene.Wait(10).Read(AdamsBadge);
            for (int i = 0; i < 8; i++)
                scene.Wait(1.1).Frame(Adam, true);
            scene.Pass(3).Expect("Denied TooFewPictures");
        }

        Assert.Empty(scene.State.People);
    }

    [Fact]
    public void OneFrameOfSomebodyElseAmongThemIsAFailure()
    {
        PolicyScene scene = Attempt().Frame(Adam, true).Wait(1.1).Frame(Adam, false).Pass(10).Expect("Denied FaceNotMatched");
        Assert.Single(scene.State.People[Adam].Failures);
    }

    [Fact]
    public void ASlowCameraIsReportedOnceUntilItIsFastAgain()
    {
        PolicyScene scene = new PolicyScene().Apply(new CameraCounted(0.9)).Expect("CameraSlow");
        Assert.Equal("0.9 frames/s are too few to compare a face: more than 1.0 are needed", Assert.Single(scene.Last).Detail);
        scene.Apply(new CameraCounted(0.8)).Expect();
        scene.Apply(new CameraCounted(10)).Expect();
        scene.Apply(new CameraCounted(0.9)).Expect("CameraSlow");
    }

    [Fact]
    public void AgreementOnAFaceThatFailsLivenessIsDeniedAndCounted()
    {
        PolicyScene scene = Attempt().Verdicts(Spoof).Frames(3, Adam, true).Expect("Denied SpoofSuspected");

        Assert.Single(scene.State.People[Adam].Failures);
    }

    [Fact]
    public void ACameraFaultEndsTheAttemptUncounted()
    {
        PolicyScene scene = Attempt().Frames(1, Adam, false).Apply(new CameraChanged("silent")).Expect("CameraFault", "Denied CameraFault");

        Assert.Empty(scene.State.People);
    }

    [Fact]
    public void APersonRemovedBeforeTheGrantIsNoLongerEnrolled()
    {
        PolicyScene scene = Attempt().Frames(2, Adam, true);
        scene.Gallery = GalleryOf(withAdam: false);

        scene.Frames(1, Adam, true).Expect("Denied NoLongerEnrolled");
    }

    [Fact]
    public void ABadgeRemovedBeforeTheGrantIsNoLongerEnrolled()
    {
        PolicyScene scene = Attempt().Frames(2, Adam, true);
        scene.Gallery = GalleryOf(withAdamsBadge: false);

        scene.Frames(1, Adam, true).Expect("Denied NoLongerEnrolled");
    }

    [Fact]
    public void ABadgeThatIsBlockedBeforeTheGrantIsDenied()
    {
        PolicyScene scene = Attempt().Frames(2, Adam, true);
        scene.Gallery = GalleryOf(adamsBadge: BadgeState.Blocked);

        scene.Frames(1, Adam, true).Expect("Denied BadgeBlocked");
    }

    [Fact]
    public void APersonDisabledBeforeTheGrantIsDenied()
    {
        PolicyScene scene = Attempt().Frames(2, Adam, true);
        scene.Gallery = GalleryOf(adamIsEnabled: false);

        scene.Frames(1, Adam, true).Expect("Denied PersonDisabled");
    }

    [Fact]
    public void AGalleryRemovedBeforeTheGrantIsDenied()
    {
        PolicyScene scene = Attempt().Frames(2, Adam, true);
        scene.Gallery = null;

        scene.Frames(1, Adam, true).Expect("Denied GalleryMissing");
    }

    [Fact]
    public void AnOpeningDoorDoesNotEndTheAttempt() =>
        Attempt().Apply(new DoorMoved(IsOpen: true, IsLocked: false)).Expect().Frames(3, Adam, true).Expect("Granted");

    [Fact]
    public void ShutdownDeniesTheAttemptAndNothingIsDecidedAfterwards()
    {
        PolicyScene scene = Attempt().Frames(2, Adam, true).Apply(new AccessStopping()).Expect("Denied Stopping");

        scene.Frames(3, Adam, true).Expect().Wait(5).Read(AdamsBadge).Expect();
        Assert.Null(AccessPolicy.NextDue(scene.State));
    }

    [Fact]
    public void AnExceptionDeniesTheAttempt() => Attempt().Frames(2, Adam, true).Apply(new AccessFaulted()).Expect("Denied Fault");

    [Fact]
    public void AGrantClearsTheFailures()
    {
        PolicyScene scene = Attempt().Frames(15, Adam, false).Expect("Denied FaceNotMatched");

        scene.Wait(3).Read(AdamsBadge).Frames(3, Adam, true).Expect("Granted");

        Assert.Empty(scene.State.People);
    }
}
