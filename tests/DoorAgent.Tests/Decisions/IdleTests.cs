using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Hardware.Badges;
using DoorAgent.Schedules;

using static DoorAgent.Tests.Decisions.PolicyScene;

namespace DoorAgent.Tests.Decisions;

/// <summary>The table of behaviour.md, section 2: column "no attempt".</summary>
public sealed class IdleTests
{
    [Fact]
    public void AKnownBadgeOpensAnAttemptWithADeadlineAndAnEmptyWindow()
    {
        PolicyScene scene = new PolicyScene().Read(AdamsBadge).Expect("AttemptOpened");
        Attempt attempt = scene.State.Attempt!;

        Assert.Equal((Adam, At(scene.Now + 10)), (attempt.PersonId!.Value, attempt.Deadline));
        Assert.Empty(attempt.Window.Frames);
        Assert.Equal(attempt.Deadline, AccessPolicy.NextDue(scene.State));
    }

    [Fact]
    public void AnUnknownBadgeIsDeniedAndCountedForTheDoor() =>
        Assert.Single(new PolicyScene().Unknown().Expect("Denied UnknownBadge").State.UnknownBadges.Failures);

    [Theory]
    [InlineData("H10301:1:3", "blocked")]
    [InlineData("H10301:1:4", "reported lost")]
    public void ABlockedOrLostBadgeIsDeniedAndAnAlarm(string badge, string detail)
    {
        DoorEvent denied = Assert.Single(new PolicyScene().Read(Badge.Parse(badge)).Expect("Denied BadgeBlocked").Last);

        Assert.Equal(detail, denied.Detail);
        Assert.True(denied.IsAlarm());
    }

    [Fact]
    public void ADisabledPersonIsDeniedAtOnceUncounted()
    {
        PolicyScene scene = new PolicyScene { Gallery = GalleryOf(adamIsEnabled: false) }.Read(AdamsBadge).Expect("Denied PersonDisabled");

        Assert.Null(scene.State.Attempt);
        Assert.Empty(scene.State.People);
    }

    [Fact]
    public void APersonWhoIsNotAllowedNowIsDeniedAtOnceWithTheReason()
    {
        PolicyScene scene = new() { AdamIsNotAllowed = new Refusal(DenyReason.OutsideSchedule, "office") };

        scene.Read(AdamsBadge).Expect("Denied OutsideSchedule");
        Assert.Equal("office", scene.Last[0].Detail);
        scene.Read(NorasBadge).Expect("AttemptOpened");
    }

    [Fact]
    public void WithoutAGalleryEveryBadgeIsDenied() => new PolicyScene { Gallery = null }.Read(AdamsBadge).Expect("Denied GalleryMissing");

    [Theory]
    [InlineData(ReadFault.Parity, "wrong parity, 26 bits")]
    [InlineData(ReadFault.Length, "no configured format has this length, 26 bits")]
    [InlineData(ReadFault.Noise, "line noise, 26 bits")]
    [InlineData(ReadFault.LinesSwapped, "D0 and D1 look swapped, 26 bits")]
    [InlineData(ReadFault.NotANumber, "not a number in the form that Badges:TextFormat names, 26 characters")]
    [InlineData(ReadFault.Unfinished, "the text stopped in the middle, 26 characters")]
    [InlineData(ReadFault.Garbage, "the text is not a number; is Badges:Baud right?, 26 characters")]
    public void AReaderFaultIsNamedAndOpensNoAttempt(ReadFault fault, string detail)
    {
        PolicyScene scene = new PolicyScene().Fault(fault).Expect("ReaderFault");

        Assert.Equal(detail, scene.Last[0].Detail);
        Assert.Null(scene.State.Attempt);
    }

    [Fact]
    public void FiveReaderFaultsInAMinuteAreLineNoiseOnceAndAMinuteOfQuietRestoresIt()
    {
        PolicyScene scene = new PolicyScene().Fault().Pass(10).Fault().Pass(10).Fault().Pass(10).Fault().Expect("ReaderFault");

        scene.Pass(10).Fault().Expect("ReaderFault", "LineNoise").Pass(10).Fault().Expect();
        scene.Pass(59.9).Expect().Pass(0.2).Expect("LineRestored").Pass(600).Expect();
    }

    /// <summary>A loose cable makes thirty faults a second, for days, and each record is a write to the card.</summary>
    [Fact]
    public void WhileLineNoiseIsAnAlarmItsFaultsAreCountedAndToldAtItsEnd()
    {
        PolicyScene scene = new();
        for (int i = 0; i < 1_000; i++)
            scene.Wait(0.03).Fault();
        Assert.Equal(5, scene.All.Count(raised => raised.Kind == DoorEventKind.ReaderFault));

        Assert.Equal("995 more faults since the alarm", Assert.Single(scene.Pass(60).Expect("LineRestored").Last).Detail);
        scene.Fault().Expect("ReaderFault");
    }

    [Theory]
    [InlineData(5, null)]
    [InlineData(6, "1 more faults since the alarm")]
    public void TheEndOfLineNoiseSaysHowManyFaultsFollowedTheAlarmWhereAnyDid(int faults, string? words)
    {
        PolicyScene scene = new();
        for (int i = 0; i < faults; i++)
            scene.Wait(1).Fault();
        Assert.Equal(words, Assert.Single(scene.Pass(60).Expect("LineRestored").Last).Detail);
    }

    [Fact]
    public void FiveReaderFaultsInMoreThanAMinuteAreNot() =>
        new PolicyScene().Fault().Pass(15).Fault().Pass(15).Fault().Pass(15).Fault().Pass(15).Fault().Expect("ReaderFault");

    [Fact]
    public void AFaceInThreeUsableFramesInARowOpensAnIdentification()
    {
        PolicyScene scene = PolicyScene.FaceOnly().Frames(2, Adam, true).Expect().Frames(1, Adam, true).Expect("AttemptOpened");

        Assert.True(scene.State.Attempt!.IsIdentification);
        Assert.Equal(At(scene.Now + 5), scene.State.Attempt.Deadline);
    }

    [Fact]
    public void AnUnusableFrameBetweenThemStartsTheCountAnew() =>
        PolicyScene.FaceOnly().Frames(2, Adam, true).Wait(0.1).Unusable(UnusableReason.NoFace, hasFace: false).Frames(2, Adam, true)
            .Expect();

    [Fact]
    public void InBadgeAndFaceModeAFaceOpensNothing() => new PolicyScene().Frames(20, Adam, true).Expect();

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public void WhileTheDoorIsNotLockedAFaceOpensNothing(bool isOpen, bool isLocked) =>
        PolicyScene.FaceOnly().Apply(new DoorMoved(isOpen, isLocked)).Frames(20, Adam, true).Expect();

    [Fact]
    public void UnusableFramesDoNothing() =>
        new PolicyScene().Unusable(UnusableReason.Blurred).Expect().Unusable(UnusableReason.SeveralFaces).Expect();

    [Fact]
    public void InFaceOnlyModeEveryBadgeIsLoggedAndDoesNothing()
    {
        PolicyScene scene = PolicyScene.FaceOnly();

        scene.Read(AdamsBadge).Expect("BadgeNotUsed").Read(LostBadge).Expect("BadgeNotUsed").Unknown().Expect("BadgeNotUsed");
        Assert.Null(scene.State.Attempt);
    }

    [Fact]
    public void AReaderThatIsGoneIsAnAlarmOnceAndRestoredOnce()
    {
        PolicyScene scene = new PolicyScene().Apply(new ReaderChanged("unplugged")).Expect("ReaderOffline");

        Assert.Equal("unplugged", scene.Last[0].Detail);
        scene.Apply(new ReaderChanged("not there")).Expect().Apply(new ReaderChanged(null)).Expect("ReaderRestored")
            .Apply(new ReaderChanged(null)).Expect();
    }

    [Fact]
    public void WhileTheCameraIsAtFaultABadgeIsDeniedAtOnce() =>
        new PolicyScene().Apply(new CameraChanged("silent")).Expect("CameraFault").Read(AdamsBadge).Expect("Denied CameraFault");

    [Fact]
    public void WhileTheCameraIsAtFaultAFaceOpensNothing() =>
        PolicyScene.FaceOnly().Apply(new CameraChanged("frozen")).Frames(10, Adam, true).Expect();

    [Fact]
    public void ACameraFaultIsAnAlarmOnceAndRestoredOnce()
    {
        PolicyScene scene = new PolicyScene().Apply(new CameraChanged("silent")).Expect("CameraFault").Apply(new CameraChanged("lost"))
            .Expect();

        scene.Apply(new CameraChanged(null)).Expect("CameraRestored").Apply(new CameraChanged(null)).Expect();
        scene.Read(AdamsBadge).Expect("AttemptOpened");
    }

    [Fact]
    public void TheNextAttemptUsesTheNewGallery()
    {
        PolicyScene scene = new PolicyScene { Gallery = GalleryOf(withAdam: false) }.Read(AdamsBadge).Expect("Denied UnknownBadge");
        scene.Gallery = GalleryOf();

        scene.Wait(3).Read(AdamsBadge).Expect("AttemptOpened");
    }

    [Fact]
    public void ShutdownAndExceptionWithoutAnAttemptSayNothing()
    {
        new PolicyScene().Apply(new AccessFaulted()).Expect();
        new PolicyScene().Apply(new AccessStopping()).Expect();
    }

    [Fact]
    public void ABadgeReadAgainWithinTwoSecondsOfItsLastReadIsTheSameRead()
    {
        PolicyScene scene = new PolicyScene().Unknown().Expect("Denied UnknownBadge");

        scene.Wait(1.5).Unknown().Expect().Wait(2).Unknown().Expect().Wait(2.1).Unknown().Expect("Denied UnknownBadge");
    }

    [Fact]
    public void TwoCardsInOneWalletAreTwoReads() =>
        new PolicyScene().Unknown(1).Expect("Denied UnknownBadge").Wait(0.1).Unknown(2).Expect("Denied UnknownBadge").Wait(0.1).Unknown(1)
            .Expect();

    [Fact]
    public void WhereABadgeAloneOpensAKnownBadgeIsGrantedAtOnceEvenWithoutACamera()
    {
        foreach (string mode in new[] { "badge-only", "badge-or-face" })
            new PolicyScene(options => options.Mode = mode).Apply(new CameraChanged("lost")).Read(AdamsBadge).Expect("Granted");
    }
}
