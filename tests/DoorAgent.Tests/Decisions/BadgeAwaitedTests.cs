using DoorAgent.Decisions;
using DoorAgent.Hardware.Badges;

using static DoorAgent.Tests.Decisions.PolicyScene;

namespace DoorAgent.Tests.Decisions;

/// <summary>Tests of an operator who waits for a new badge.</summary>
public sealed class BadgeAwaitedTests
{
    private static readonly Badge Newcomer = Badge.Parse("H10301:9:9");

    [Fact]
    public void TheNextUnknownBadgeIsTakenOnceAndCountsForNothing()
    {
        PolicyScene scene = Awaiting();

        Assert.Equal(Newcomer.Hint, Assert.Single(scene.Read(Newcomer).Expect("BadgeTaken").Last).BadgeHint);
        Assert.Equal(Newcomer, scene.Taken);
        Assert.Empty(scene.State.UnknownBadges.Failures);
        scene.Wait(3).Read(Newcomer).Expect("Denied UnknownBadge");
        Assert.Null(scene.Taken);
    }

    [Fact]
    public void AKnownBadgeIsHandledAsUsualAndTheWaitGoesOn() =>
        Awaiting().Read(AdamsBadge).Expect("AttemptOpened").Wait(1).Read(Newcomer).Expect("BadgeTaken");

    [Fact]
    public void AfterTheWaitAnUnknownBadgeIsDeniedAgain() => Awaiting().Wait(60).Read(Newcomer).Expect("Denied UnknownBadge");

    [Fact]
    public void AnEndedWaitTakesNoBadge()
    {
        PolicyScene scene = Awaiting();

        scene.Apply(new BadgeAwaited(null)).Expect().Read(Newcomer).Expect("Denied UnknownBadge");
    }

    [Fact]
    public void AFaceOnlyDoorTakesTheBadgeToo()
    {
        PolicyScene scene = FaceOnly();

        scene.Apply(new BadgeAwaited(At(scene.Now + 60))).Read(Newcomer).Expect("BadgeTaken").Wait(3).Read(Newcomer).Expect("BadgeNotUsed");
    }

    private static PolicyScene Awaiting()
    {
        PolicyScene scene = new();
        return scene.Apply(new BadgeAwaited(At(scene.Now + 60)));
    }
}
