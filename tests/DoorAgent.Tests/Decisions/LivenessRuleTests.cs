using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Liveness;
using DoorAgent.Matching;
using DoorAgent.Schedules;

using static DoorAgent.Tests.Decisions.PolicyScene;

namespace DoorAgent.Tests.Decisions;

/// <summary>The liveness check between the agreement and the grant, without a challenge.</summary>
public sealed class LivenessRuleTests
{
    private static readonly LivenessVerdict Live = new(SpoofSign.None, 5, 0);

    /// <summary>An attempt with a badge whose agreeing frames are being judged.</summary>
    private static PolicyScene Judging(Action<DecisionOptions>? configure = null)
    {
        PolicyScene scene = new PolicyScene(configure).Verdicts(null).Read(AdamsBadge).Expect("AttemptOpened")
            .Frames(3, Adam, true).Expect();
        Assert.NotNull(scene.State.Attempt!.Judging);
        return scene;
    }

    [Fact]
    public void TheAgreeingFramesAreJudgedOnceAndGranted()
    {
        PolicyScene scene = new PolicyScene().Verdicts(null).Read(AdamsBadge).Frames(1, Adam, false).Frames(3, Adam, true).Expect();
        double[] ages = [.. scene.Judge!.CapturedAt.Select(at => Math.Round(scene.Now - at.TotalSeconds, 3))];
        Assert.Equal([0.4, 0.2, 0.0], ages);
        scene.Apply(new LivenessJudged(scene.Judge.Number, Live, default)).Expect("Granted");
        Assert.Single(scene.Steps, step => step.After.Attempt?.Judging is not null && step.Before.Attempt?.Judging is null);
        Assert.Equal((Adam, 0.5f, AdamsBadge.Hint),
            (scene.Last[0].PersonId, (float)scene.Last[0].Distance!, scene.Last[0].BadgeHint));
        Assert.True(scene.Last[0].EndsAttempt);
    }

    [Fact]
    public void AVisitWithoutAgreementAsksNothing()
    {
        PolicyScene scene = new PolicyScene().Read(AdamsBadge).Frames(2, Adam, true).Frames(13, Adam, false)
            .Expect("Denied FaceNotMatched");
        Assert.Null(scene.Judge);
        PolicyScene identifying = FaceOnly().Appear(isMatch: false).Frames(15, Adam, false).Expect("Denied NotRecognised");
        Assert.Null(identifying.Judge);
    }

    [Fact]
    public void APersonWhoMayNotEnterIsNotJudged()
    {
        PolicyScene scene = new PolicyScene().Verdicts(null).Read(AdamsBadge).Frames(2, Adam, true);
        scene.AdamIsNotAllowed = new Refusal(DenyReason.OutsideSchedule);
        scene.Frames(1, Adam, true).Expect("Denied OutsideSchedule");
        Assert.Null(scene.Judge);
    }

    [Fact]
    public void WithoutLivenessTheAgreementIsEnough()
    {
        PolicyScene scene = new PolicyScene(liveness: options => options.Mode = LivenessOptions.Off)
            .Verdicts(Spoof).Read(AdamsBadge).Frames(3, Adam, true).Expect("Granted");
        Assert.Null(scene.Judge);
    }

    [Theory]
    [InlineData(SpoofSign.Score, null, "liveness score -3.2, at least 0.0 is live")]
    [InlineData(SpoofSign.Edges, 2.5, "straight edges enclose the face (score 2.5)")]
    [InlineData(SpoofSign.Motion, 0.12, "the surroundings move with the face (flow ratio 0.12)")]
    public void ASpoofIsDeniedWithTheSignThatSpokeAgainstIt(object sign, double? cue, string detail)
    {
        PolicyScene scene = new PolicyScene().Verdicts(new LivenessVerdict((SpoofSign)sign, -3.2, 0) { Cue = cue })
            .Read(AdamsBadge).Frames(3, Adam, true).Expect("Denied SpoofSuspected");
        Assert.Equal(detail, scene.Last[0].Detail);
        Assert.Equal((Adam, AdamsBadge.Hint, true), (scene.Last[0].PersonId, scene.Last[0].BadgeHint, scene.Last[0].EndsAttempt));
    }

    [Fact]
    public void TheDetailSaysTheSameInEveryLanguage()
    {
        System.Globalization.CultureInfo before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal("liveness score -3.2, at least 0.0 is live", Spoof.Finding);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void NoLaterFrameChangesASpoof()
    {
        PolicyScene scene = new PolicyScene().Verdicts(Spoof).Read(AdamsBadge).Frames(3, Adam, true).Expect("Denied SpoofSuspected");
        scene.Verdicts(Live).Frames(20, Adam, true).Expect().Pass(60).Expect();
        Assert.DoesNotContain(scene.All, raised => raised.Kind == DoorEventKind.Granted);
    }

    [Fact]
    public void FramesWhileJudgingChangeNothing()
    {
        PolicyScene scene = Judging();
        Attempt before = scene.State.Attempt!;
        scene.Frames(5, Adam, false).Expect().Frames(3, Nora, true).Expect();
        scene.Unusable(UnusableReason.SeveralFaces).Expect();
        Assert.Same(before, scene.State.Attempt);
        Assert.False(scene.Policy.IsLooking(scene.State));
        scene.Apply(new LivenessJudged(scene.Judge!.Number, Live, default)).Expect("Granted");
        Assert.Equal(Adam, scene.Last[0].PersonId);
    }

    [Fact]
    public void ThreeSpoofsLockThePersonOut()
    {
        PolicyScene scene = new PolicyScene().Verdicts(Spoof);
        for (int i = 0; i < 2; i++)
            scene.Wait(3).Read(AdamsBadge).Frames(3, Adam, true).Expect("Denied SpoofSuspected");
        scene.Wait(3).Read(AdamsBadge).Frames(3, Adam, true).Expect("Denied SpoofSuspected", "LockoutStarted");
        scene.Verdicts(Live).Wait(3).Read(AdamsBadge).Expect("Denied LockedOut");
    }

    [Fact]
    public void ThreeSpoofsWithoutABadgeLockFacesOut()
    {
        PolicyScene scene = FaceOnly().Verdicts(Spoof);
        for (int i = 0; i < 2; i++)
            scene.Appear().Frames(3, Adam, true).Expect("Denied SpoofSuspected").Wait(10);
        scene.Appear().Frames(3, Adam, true).Expect("Denied SpoofSuspected", "LockoutStarted");
        Assert.Equal(Adam, scene.Last[0].PersonId);
        scene.Verdicts(Live).Wait(10).Frames(10, Adam, true).Expect();
    }

    [Fact]
    public void TheVerdictOfAnEndedAttemptHasNoEffect()
    {
        PolicyScene scene = Judging();
        long late = scene.Judge!.Number;
        scene.Wait(0.1).Read(NorasBadge).Expect("Denied Superseded", "AttemptOpened");
        Assert.Empty(scene.State.People);
        scene.Apply(new LivenessJudged(late, Spoof, default)).Expect();
        scene.Apply(new LivenessJudged(late, Live, default)).Expect();
        Assert.Equal(Nora, scene.State.ClaimedPerson);
        scene.Frames(3, Nora, true).Expect();
        Assert.NotEqual(late, scene.Judge.Number);
        scene.Apply(new LivenessJudged(late, Live, default)).Expect();
        scene.Apply(new LivenessJudged(scene.Judge.Number, Live, default)).Expect("Granted");
        Assert.Equal(Nora, scene.Last[0].PersonId);
    }

    [Fact]
    public void AVerdictWithoutAnAttemptHasNoEffect()
    {
        PolicyScene scene = new();
        scene.Apply(new LivenessJudged(0, Live, default)).Expect();
        scene.Apply(new LivenessJudged(1, Spoof, default)).Expect();
        scene.Read(AdamsBadge).Expect("AttemptOpened").Apply(new LivenessJudged(1, Live, default)).Expect();
    }

    [Fact]
    public void TheSamePersonsBadgeWhileJudgingAsksNothingMore()
    {
        PolicyScene scene = Judging();
        long question = scene.Judge!.Number;
        scene.Wait(3).Read(AdamsBadge).Expect().Read(AdamsSecondBadge).Expect();
        Assert.Equal(question, scene.State.Attempt!.Judging!.Number);
        scene.Apply(new LivenessJudged(question, Live, default)).Expect("Granted");
    }

    [Theory]
    [InlineData("badge blocked", "Denied BadgeBlocked")]
    [InlineData("badge removed", "Denied NoLongerEnrolled")]
    [InlineData("person removed", "Denied NoLongerEnrolled")]
    [InlineData("person disabled", "Denied PersonDisabled")]
    [InlineData("gallery removed", "Denied GalleryMissing")]
    [InlineData("outside the schedule", "Denied OutsideSchedule")]
    public void WhatChangesWhileJudgingDeniesALiveFace(string change, string denied)
    {
        PolicyScene scene = Judging();
        scene.Gallery = change switch
        {
            "badge blocked" => GalleryOf(adamsBadge: BadgeState.Blocked),
            "badge removed" => GalleryOf(withAdamsBadge: false),
            "person removed" => GalleryOf(withAdam: false),
            "person disabled" => GalleryOf(adamIsEnabled: false),
            "gallery removed" => null,
            _ => scene.Gallery,
        };
        if (change == "outside the schedule")
            scene.AdamIsNotAllowed = new Refusal(DenyReason.OutsideSchedule);
        scene.Apply(new LivenessJudged(scene.Judge!.Number, Live, default)).Expect(denied);
        Assert.Empty(scene.State.People);
    }

    [Fact]
    public void ASpoofIsASpoofWhateverChangedWhileJudging()
    {
        PolicyScene scene = Judging();
        scene.Gallery = GalleryOf(adamsBadge: BadgeState.Blocked);
        scene.Apply(new LivenessJudged(scene.Judge!.Number, Spoof, default)).Expect("Denied SpoofSuspected");
    }

    [Fact]
    public void TheDeadlineDeniesWhileTheVerdictIsMissing()
    {
        PolicyScene scene = Judging();
        long late = scene.Judge!.Number;
        scene.Pass(10).Expect("Denied Fault");
        Assert.Equal("the liveness check gave no answer in time", scene.Last[0].Detail);
        Assert.Empty(scene.State.People);
        scene.Apply(new LivenessJudged(late, Live, default)).Expect();
    }

    [Fact]
    public void AVerdictAtTheDeadlineIsTooLate()
    {
        PolicyScene scene = Judging();
        scene.Wait(9.4);
        scene.Apply(new LivenessJudged(scene.Judge!.Number, Live, default)).Expect("Denied Fault");
    }

    [Fact]
    public void AFaceMissingWhileJudgingDoesNotAbandonAnIdentification()
    {
        PolicyScene scene = FaceOnly().Verdicts(null).Appear().Frames(3, Adam, true).Expect().Pass(2).Expect();
        scene.Apply(new LivenessJudged(scene.Judge!.Number, Live, default)).Expect("Granted");
    }

    [Fact]
    public void AnOpenedDoorAbandonsAnIdentificationWhileJudging()
    {
        PolicyScene scene = FaceOnly().Verdicts(null).Appear().Frames(3, Adam, true);
        scene.Apply(new DoorMoved(IsOpen: true, IsLocked: false)).Expect("AttemptAbandoned Abandoned");
        scene.Apply(new LivenessJudged(scene.Judge!.Number, Live, default)).Expect();
    }

    [Theory]
    [InlineData("camera", "CameraFault", "Denied CameraFault")]
    [InlineData("encoder", "Denied EncoderChanged")]
    [InlineData("fault", "Denied Fault")]
    [InlineData("stop", "Denied Stopping")]
    public void WhatEndsAnAttemptEndsItWhileJudgingToo(string what, params string[] said)
    {
        PolicyScene scene = Judging();
        scene.Apply(what switch
        {
            "camera" => new CameraChanged("silent"),
            "encoder" => new EncoderChanged(),
            "fault" => new AccessFaulted(),
            _ => new AccessStopping(),
        }).Expect(said);
        scene.Apply(new LivenessJudged(scene.Judge!.Number, Live, default)).Expect();
    }
}
