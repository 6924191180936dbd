using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Matching;
using DoorAgent.Modes;
using DoorAgent.Schedules;

using static DoorAgent.Tests.Decisions.PolicyScene;

namespace DoorAgent.Tests.Decisions;

/// <summary>Who may enter in a lockdown: people who are marked, by the normal rules.</summary>
public sealed class LockdownTests
{
    [Fact]
    public void ABadgeIsDeniedAtOnceAndThatIsNotAFailure()
    {
        PolicyScene scene = LockedDown(new PolicyScene()).Read(AdamsBadge).Expect("Denied Lockdown");

        Assert.Empty(scene.State.People);
        Assert.Null(scene.State.Attempt);
        Assert.Equal(Adam, scene.Last[0].PersonId);
    }

    [Theory]
    [InlineData("badge-only")]
    [InlineData("badge-or-face")]
    public void ABadgeAloneOpensNothing(string mode) =>
        LockedDown(new PolicyScene(options => options.Mode = mode)).Read(AdamsBadge).Expect("Denied Lockdown");

    [Fact]
    public void AFaceAloneOpensNothing() => LockedDown(FaceOnly()).Appear().Frames(3, Adam, true).Expect("Denied Lockdown");

    [Fact]
    public void AMarkedPersonEntersWithBadgeAndFace() =>
        WithAdamMarked(LockedDown(new PolicyScene())).Read(AdamsBadge).Expect("AttemptOpened").Frames(3, Adam, true).Expect("Granted");

    [Fact]
    public void AMarkedPersonEntersByFaceAlone() =>
        WithAdamMarked(LockedDown(FaceOnly())).Appear().Frames(3, Adam, true).Expect("Granted");

    [Fact]
    public void AMarkedPersonKeepsTheNormalRules()
    {
        WithAdamMarked(LockedDown(new PolicyScene())).Read(AdamsBadge).Frames(15, Adam, false).Expect("Denied FaceNotMatched");
        PolicyScene outside = WithAdamMarked(LockedDown(new PolicyScene()));
        outside.AdamIsNotAllowed = new Refusal(DenyReason.OutsideSchedule);
        outside.Read(AdamsBadge).Expect("Denied OutsideSchedule");
        WithAdamMarked(LockedDown(new PolicyScene())).Read(BlockedBadge).Expect("Denied BadgeBlocked");
        WithAdamMarked(LockedDown(new PolicyScene())).Unknown().Expect("Denied UnknownBadge");
    }

    [Fact]
    public void AnOpenAttemptEndsAsLockdownAndIsNotAFailure()
    {
        PolicyScene scene = new PolicyScene().Read(AdamsBadge).Frames(2, Adam, false);

        LockedDown(scene).Expect("Denied Lockdown");
        Assert.True(scene.Last[0].EndsAttempt);
        Assert.Empty(scene.State.People);
        LockedDown(FaceOnly().Appear()).Expect("Denied Lockdown");
        LockedDown(WithPin().Read(AdamsBadge)).Expect("Denied Lockdown");
    }

    [Fact]
    public void TheAttemptOfAMarkedPersonGoesOn() =>
        LockedDown(WithAdamMarked(new PolicyScene()).Read(AdamsBadge)).Expect().Frames(3, Adam, true).Expect("Granted");

    [Fact]
    public void AMarkedPersonsAttemptEndsWhereTheMarkIsTakenMeanwhile()
    {
        PolicyScene scene = LockedDown(WithAdamMarked(new PolicyScene()).Read(AdamsBadge));
        scene.Gallery = GalleryOf();

        scene.Frames(3, Adam, true).Expect("Denied Lockdown");
    }

    [Fact]
    public void AfterTheLockdownEverybodyEntersAgain() =>
        LockedDown(new PolicyScene()).Apply(new ModeChanged(DoorMode.Normal)).Expect().Read(AdamsBadge).Expect("AttemptOpened");

    [Fact]
    public void AHeldDoorDecidesAsAlways() =>
        new PolicyScene().Apply(new ModeChanged(DoorMode.Unlocked)).Expect().Read(AdamsBadge)
            .Expect("AttemptOpened").Frames(3, Adam, true).Expect("Granted");

    private static PolicyScene LockedDown(PolicyScene scene) => scene.Apply(new ModeChanged(DoorMode.Lockdown));

    private static PolicyScene WithAdamMarked(PolicyScene scene)
    {
        Gallery made = GalleryOf();
        Person[] people = [.. made.People.Select(person => person.Id == Adam ? person with { IsForLockdown = true } : person)];
        Dictionary<string, BadgeOwner> badges = new()
        {
            [AdamsBadge.Number] = new(people[0], BadgeState.Active),
            [BlockedBadge.Number] = new(people[0], BadgeState.Blocked),
            [NorasBadge.Number] = new(people[1], BadgeState.Active),
        };
        scene.Gallery = new Gallery(1, "test", 2, [.. people], badges, [1, 0, 0, 1]);
        return scene;
    }
}
