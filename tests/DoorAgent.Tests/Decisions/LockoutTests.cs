using DoorAgent.Events;

using static DoorAgent.Tests.Decisions.PolicyScene;

namespace DoorAgent.Tests.Decisions;

/// <summary>The three lockouts as somebody at the door meets them.</summary>
public sealed class LockoutTests
{
    [Fact]
    public void ThreeFailuresLockThePersonOutForHalfAMinute()
    {
        PolicyScene scene = new();
        Fail(scene, 2);
        Assert.DoesNotContain(scene.All, raised => raised.Kind == DoorEventKind.LockoutStarted);

        Fail(scene, 1).Expect("Denied FaceNotMatched", "LockoutStarted");

        Assert.Equal("locked out for 30 s", scene.Last[1].Detail);
        scene.Wait(3).Read(AdamsBadge).Expect("Denied LockedOut").Wait(26).Read(AdamsBadge).Expect("Denied LockedOut");
        scene.Wait(2.1).Read(AdamsBadge).Expect("AttemptOpened");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void TheSettingsSayAfterHowManyFailures(int failures)
    {
        PolicyScene scene = new(options => options.LockoutFailures = failures);
        Fail(scene, failures - 1);
        Assert.DoesNotContain(scene.All, happening => happening.Kind == DoorEventKind.LockoutStarted);
        Fail(scene, 1).Expect("Denied FaceNotMatched", "LockoutStarted");
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(60, true)]
    public void TheSettingsSayHowLongAFailureCounts(int minutes, bool isLockedOut)
    {
        PolicyScene scene = Fail(new PolicyScene(options => options.LockoutWindow = TimeSpan.FromMinutes(minutes)), 2);
        Fail(scene.Wait(11 * 60), 1);
        Assert.Equal(isLockedOut, scene.All.Any(happening => happening.Kind == DoorEventKind.LockoutStarted));
    }

    [Fact]
    public void SomebodyElseIsNotLockedOut() => Fail(new PolicyScene(), 3).Wait(3).Read(NorasBadge).Expect("AttemptOpened");

    [Fact]
    public void AfterAWaitEachFurtherFailureStartsTheNextTwiceAsLong()
    {
        PolicyScene scene = Fail(new PolicyScene(), 3);
        foreach (int seconds in new[] { 60, 120, 240, 480, 900, 900 })
        {
            Fail(scene.Wait(1000), 1).Expect("Denied FaceNotMatched", "LockoutStarted");
            Assert.Equal($"locked out for {seconds} s", scene.Last[1].Detail);
        }
    }

    [Fact]
    public void BeingLockedOutNeverLengthensTheLockout()
    {
        PolicyScene scene = Fail(new PolicyScene(), 3);
        TimeSpan until = scene.State.People[Adam].Until;

        for (int i = 0; i < 9; i++)
            scene.Wait(3).Read(AdamsBadge).Expect("Denied LockedOut");

        Assert.Equal(until, scene.State.People[Adam].Until);
    }

    [Fact]
    public void AGrantAfterAWaitForgetsIt()
    {
        PolicyScene scene = Fail(new PolicyScene(), 3).Wait(31).Read(AdamsBadge).Frames(3, Adam, true).Expect("Granted");

        Fail(scene, 2).Expect("Denied FaceNotMatched");
    }

    [Fact]
    public void TenUnknownBadgesInAMinuteAreNotAnsweredForHalfAMinute()
    {
        PolicyScene scene = Unknown(new PolicyScene(), 0, 9).Expect("Denied UnknownBadge");

        Unknown(scene, 9, 1).Expect("Denied UnknownBadge", "LockoutStarted");

        Unknown(scene, 10, 5).Expect();
        Unknown(scene.Wait(31), 20, 1).Expect("Denied UnknownBadge");
    }

    [Fact]
    public void KnownBadgesAreAnsweredWhileUnknownOnesAreNot() =>
        Unknown(new PolicyScene(), 0, 10).Read(AdamsBadge).Expect("AttemptOpened");

    [Fact]
    public void TenUnknownBadgesInMoreThanAMinuteAreAllAnswered()
    {
        PolicyScene scene = new();
        for (int i = 0; i < 20; i++)
            scene.Wait(7).Unknown(i).Expect("Denied UnknownBadge");
    }

    [Fact]
    public void TheNextPauseForUnknownBadgesIsTwiceAsLong()
    {
        PolicyScene scene = Unknown(new PolicyScene(), 0, 10);

        Unknown(scene.Wait(31), 20, 9).Expect("Denied UnknownBadge");
        Unknown(scene, 30, 1).Expect("Denied UnknownBadge", "LockoutStarted");

        Assert.Equal("unknown badges are not answered for 60 s", scene.Last[1].Detail);
    }

    [Fact]
    public void ThreeFacesNotRecognisedPauseIdentificationButNotBadges()
    {
        PolicyScene scene = new(options => options.Mode = "badge-or-face");
        for (int i = 0; i < 3; i++)
            scene.Wait(3).Appear(isMatch: false).Frames(15, Adam, false);
        scene.Expect("Denied NotRecognised", "LockoutStarted");

        scene.Wait(3).Frames(20, Adam, true).Expect();
        scene.Read(AdamsBadge).Expect("Granted");
    }

    [Fact]
    public void AfterThePauseAFaceIsLookedAtAgain()
    {
        PolicyScene scene = PolicyScene.FaceOnly();
        for (int i = 0; i < 3; i++)
            scene.Wait(3).Appear(isMatch: false).Frames(15, Adam, false);

        scene.Wait(31).Appear().Frames(3, Adam, true).Expect("Granted");
    }

    private static PolicyScene Fail(PolicyScene scene, int times)
    {
        for (int i = 0; i < times; i++)
            scene.Wait(3).Read(AdamsBadge).Expect("AttemptOpened").Frames(15, Adam, false);
        return scene;
    }

    private static PolicyScene Unknown(PolicyScene scene, int from, int count)
    {
        for (int i = 0; i < count; i++)
            scene.Wait(1).Unknown(from + i);
        return scene;
    }
}
