using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Liveness;
using DoorAgent.Matching;
using static DoorAgent.Tests.Decisions.PolicyScene;
using static DoorAgent.Tests.Decisions.TurningHead;

namespace DoorAgent.Tests.Decisions;

/// <summary>What comes between a request to turn the head and its answer: the table of behaviour.md, section 2.</summary>
public sealed class InterruptedChallengeTests
{
    [Fact]
    public void TheSameBadgeAgainChangesNothing()
    {
        PolicyScene scene = Asked().Wait(0.1).Read(AdamsBadge).Expect().Read(AdamsSecondBadge).Expect();

        Assert.Equal(["Granted"], scene.Move(ToTheLeft));
    }

    [Fact]
    public void AnotherPersonsBadgeEndsTheRequestAsAFailure()
    {
        PolicyScene scene = Asked().Wait(0.1).Read(NorasBadge).Expect("Denied Superseded", "AttemptOpened");

        Assert.Single(scene.State.People[Adam].Failures);
        Assert.Null(scene.State.Attempt!.Challenge);
    }

    [Fact]
    public void AKnownBadgeEndsTheRequestToAFaceUncounted()
    {
        PolicyScene scene = new PolicyScene(options => options.Mode = "badge-or-face",
            liveness: options => options.Challenge = LivenessOptions.FaceOnly).Appear().Frames(3, Adam, true).Expect("TurnAsked");

        scene.Read(NorasBadge).Expect("Denied Superseded", "Granted");
        Assert.Empty(scene.State.Faces.Failures);
    }

    [Fact]
    public void UnknownBlockedAndBadBadgesChangeNothing()
    {
        PolicyScene scene = Asked().Unknown().Expect("Denied UnknownBadge").Read(BlockedBadge).Expect("Denied BadgeBlocked");
        scene.Fault().Expect("ReaderFault");

        Assert.Equal(["Granted"], scene.Move(ToTheLeft));
    }

    [Fact]
    public void ABadgeThatIsBlockedMeanwhileIsRefused()
    {
        PolicyScene scene = Asked();
        scene.Gallery = GalleryOf(adamsBadge: BadgeState.Blocked);

        Assert.Equal(["Denied BadgeBlocked"], scene.Move(ToTheLeft));
    }

    [Fact]
    public void APersonWhoIsRemovedMeanwhileIsNoLongerEnrolled()
    {
        PolicyScene withBadge = Asked(), withoutBadge = AskedWithoutBadge();
        withBadge.Gallery = withoutBadge.Gallery = GalleryOf(withAdam: false);

        Assert.Equal(["Denied NoLongerEnrolled"], withBadge.Move(ToTheLeft));
        Assert.Equal(["Denied NoLongerEnrolled"], withoutBadge.Move(ToTheLeft,
            frame: (scene, turn) => scene.Turned(turn, isMatch: false, person: Nora)).Take(1));
        Assert.Empty(withoutBadge.State.Faces.Failures);
    }

    [Fact]
    public void APersonWhoseHoursEndMeanwhileIsRefused()
    {
        PolicyScene scene = Asked();
        scene.AdamIsNotAllowed = new DoorAgent.Schedules.Refusal(DenyReason.OutsideSchedule);

        Assert.Equal(["Denied OutsideSchedule"], scene.Move(ToTheLeft));
    }

    [Fact]
    public void AMissingGalleryDenies()
    {
        PolicyScene scene = Asked();
        scene.Gallery = null;

        Assert.Equal(["Denied GalleryMissing"], scene.Move(ToTheLeft));
    }

    [Fact]
    public void AnotherEncoderEndsTheRequest() => Asked().Apply(new EncoderChanged()).Expect("Denied EncoderChanged");

    [Fact]
    public void TheDoorThatOpensEndsTheRequestToAFaceAndNotToABadge()
    {
        PolicyScene withoutBadge = AskedWithoutBadge().Apply(new DoorMoved(true, false)).Expect("AttemptAbandoned Abandoned");
        Assert.Empty(withoutBadge.State.Faces.Failures);

        Assert.Equal(["Granted"], Asked().Apply(new DoorMoved(true, false)).Expect().Move(ToTheLeft));
    }

    [Fact]
    public void ACameraThatFailsEndsTheRequestUncounted()
    {
        PolicyScene withBadge = Asked().Apply(new CameraChanged("silent")).Expect("CameraFault", "Denied CameraFault");
        PolicyScene withoutBadge = AskedWithoutBadge().Apply(new CameraChanged("silent")).Expect("CameraFault", "Denied CameraFault");

        Assert.Empty(withBadge.State.People);
        Assert.Empty(withoutBadge.State.Faces.Failures);
    }

    /// <summary>A recording shows one direction; whoever takes it away when the other one is asked for has failed too.</summary>
    [Fact]
    public void WhoLeavesWithoutABadgeIsAbandonedAndCounted()
    {
        PolicyScene scene = AskedWithoutBadge().Pass(1.01).Expect("AttemptAbandoned Abandoned");

        Assert.Single(scene.State.Faces.Failures);
    }

    /// <summary>No frame is looked at while the networks run, which may take longer on a slow processor than a face may be
    /// missing.</summary>
    [Theory]
    [InlineData(0.2)]
    [InlineData(0.95)]
    [InlineData(2.5)]
    public void AJudgementThatTakesLongDoesNotMakeThePersonOneWhoLeft(double seconds)
    {
        PolicyScene scene = new PolicyScene(options => options.Mode = "face-only",
            liveness: options => options.Challenge = LivenessOptions.FaceOnly).Verdicts(null).Appear().Frames(3, Adam, true);
        scene.Pass(seconds).Expect().Apply(new LivenessJudged(scene.Judge!.Number, new LivenessVerdict(SpoofSign.None, 5, 0), default))
            .Expect("TurnAsked");

        Assert.Equal(["Granted"], scene.Move(ToTheLeft, rate: 5));
    }

    [Fact]
    public void WhoLeavesDuringALongJudgementIsAbandonedASecondAfterTheRequest()
    {
        PolicyScene scene = new PolicyScene(options => options.Mode = "face-only",
            liveness: options => options.Challenge = LivenessOptions.FaceOnly).Verdicts(null).Appear().Frames(3, Adam, true);
        scene.Pass(2).Apply(new LivenessJudged(scene.Judge!.Number, new LivenessVerdict(SpoofSign.None, 5, 0), default)).Pass(0.99)
            .Expect();

        scene.Pass(0.02).Expect("AttemptAbandoned Abandoned");
        Assert.Single(scene.State.Faces.Failures);
    }

    [Fact]
    public void WhoLeavesWithABadgeIsDeniedAtTheEnd() => Asked().Pass(4.01).Expect("Denied SpoofSuspected");

    [Fact]
    public void ThreeUnansweredRequestsLockAPersonOut()
    {
        PolicyScene scene = Always();
        for (int i = 0; i < 3; i++)
            scene.Read(AdamsBadge).Frames(3, Adam, true).Pass(4.01);

        scene.Expect("Denied SpoofSuspected", "LockoutStarted");
    }

    [Fact]
    public void ALateVerdictDoesNotAskTwice()
    {
        PolicyScene scene = Asked();
        Challenge before = scene.State.Attempt!.Challenge!;

        scene.Apply(new LivenessJudged(scene.Judge!.Number, new LivenessVerdict(SpoofSign.None, 9, 0), TurnDirection.Right)).Expect();
        Assert.Same(before, scene.State.Attempt!.Challenge);
    }

    [Fact]
    public void StopAndFaultEndTheRequest()
    {
        Asked().Apply(new AccessStopping()).Expect("Denied Stopping");
        Asked().Apply(new AccessFaulted()).Expect("Denied Fault");
    }

    [Fact]
    public void ALateTickDeniesEvenWhereTheAnswerFollows()
    {
        PolicyScene scene = Asked();
        scene.Move(ToTheLeft, seconds: 2.2);

        scene.Wait(2).Turned(0).Expect("Denied SpoofSuspected");
    }
}
