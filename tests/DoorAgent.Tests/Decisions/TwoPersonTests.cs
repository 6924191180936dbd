using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;
using DoorAgent.Modes;
using DoorAgent.Schedules;

namespace DoorAgent.Tests.Decisions;

/// <summary>The table of the two-person rule in the guide (modes-and-hours.md), cell by cell, and what may happen while somebody
/// waits.</summary>
public sealed class TwoPersonTests
{
    private const long Adam = PolicyScene.Adam, Nora = PolicyScene.Nora, Zoe = 3;

    private static readonly Badge Zoes = Badge.Parse("H10301:1:5");

    // Who is marked, whether it is a time for two, and what happens when both come 5 s apart.
    [Theory]
    [InlineData(false, false, false, "Granted 1", "Granted 2")]
    [InlineData(true, false, false, "SecondPersonAwaited 1", "Granted 1, Granted 2")]
    [InlineData(false, true, false, "Granted 1", "Granted 2")]
    [InlineData(true, true, false, "SecondPersonAwaited 1", "Granted 1, Granted 2")]
    [InlineData(false, false, true, "SecondPersonAwaited 1", "Granted 1, Granted 2")]
    [InlineData(true, true, true, "SecondPersonAwaited 1", "Granted 1, Granted 2")]
    public void WhoNeedsASecondPersonIsLetInTogetherWithThem(bool isAdamMarked, bool isNoraMarked, bool isTime, string first, string second)
    {
        PolicyScene scene = Scene(isAdamMarked, isNoraMarked, isTime);
        Assert.Equal(first, Said(scene.Read(PolicyScene.AdamsBadge)));
        Assert.Equal(second, Said(scene.Wait(5).Read(PolicyScene.NorasBadge)));
        Assert.Null(AccessPolicy.NextDue(scene.State));
    }

    [Fact]
    public void BothRecordsNameTheOther()
    {
        PolicyScene scene = Scene(isTime: true).Read(PolicyScene.AdamsBadge).Wait(14.9).Read(PolicyScene.NorasBadge);
        Assert.Equal(["together with {person 2: nora}", "together with {person 1: adam}"], scene.Last.Select(raised => raised.Detail));
    }

    [Theory]
    [InlineData(14.9, "Granted 1, Granted 2")]
    [InlineData(15.1, "Denied SecondPersonMissing 1, SecondPersonAwaited 2")]
    public void TheSecondPersonComesWithinTheTime(double seconds, string second) => Assert.Equal(second,
        Said(Scene(isTime: true).Read(PolicyScene.AdamsBadge).Wait(seconds).Read(PolicyScene.NorasBadge)));

    [Fact]
    public void TheTimeIsASetting() => Assert.Equal("Denied SecondPersonMissing 1", Said(Scene(isTime: true,
        configure: options => options.TogetherWithin = TimeSpan.FromSeconds(40)).Read(PolicyScene.AdamsBadge).Pass(40)));

    [Fact]
    public void WhoWaitsAloneIsDeniedOnce()
    {
        PolicyScene scene = Scene(isTime: true).Read(PolicyScene.AdamsBadge);
        Assert.Equal("", Said(scene.Pass(14.9)));
        Assert.Equal("Denied SecondPersonMissing 1", Said(scene.Pass(0.2)));
        Assert.Equal("", Said(scene.Pass(60)));
        Assert.False(scene.State.People.ContainsKey(Adam));
    }

    // Also with another badge of theirs.
    [Theory]
    [InlineData("H10301:1:1")]
    [InlineData("H10301:1:11")]
    public void TheSamePersonTwiceDoesNotCountAndWaitsAnew(string badge)
    {
        PolicyScene scene = Scene(isTime: true).Read(PolicyScene.AdamsBadge);
        Assert.Equal("SecondPersonAwaited 1", Said(scene.Wait(10).Read(Badge.Parse(badge))));
        Assert.Equal("Granted 1, Granted 2", Said(scene.Wait(10).Read(PolicyScene.NorasBadge)));
    }

    [Fact]
    public void EachOfTwoCountsOnce()
    {
        PolicyScene scene = Scene(isTime: true).Read(PolicyScene.AdamsBadge).Wait(3).Read(PolicyScene.NorasBadge);
        Assert.Equal("SecondPersonAwaited 3", Said(scene.Wait(3).Read(Zoes)));
        Assert.Equal("Granted 3, Granted 1", Said(scene.Wait(3).Read(PolicyScene.AdamsBadge)));
    }

    // Nora enters alone and is what Adam needs; then Adam alone needs another.
    [Fact]
    public void SomebodyWhoWasLetInIsASecondPersonOnce()
    {
        PolicyScene scene = Scene(isAdamMarked: true).Read(PolicyScene.NorasBadge).Wait(14.9);
        Assert.Equal("Granted 1", Said(scene.Read(PolicyScene.AdamsBadge)));
        Assert.Equal("together with {person 2: nora}", scene.Last[0].Detail);
        Assert.Equal("SecondPersonAwaited 1", Said(scene.Wait(3).Read(PolicyScene.AdamsBadge)));
    }

    [Fact]
    public void SomebodyWhoWasLetInTooLongAgoIsNone() => Assert.Equal("SecondPersonAwaited 1",
        Said(Scene(isAdamMarked: true).Read(PolicyScene.NorasBadge).Wait(15.1).Read(PolicyScene.AdamsBadge)));

    [Fact]
    public void WhoFailsIsNoSecondPersonAndTheFirstWaitsOn()
    {
        PolicyScene scene = Scene(isTime: true, mode: "badge-and-face");
        scene.Read(PolicyScene.AdamsBadge).Frames(3, Adam, isMatch: true);
        Assert.Equal("SecondPersonAwaited 1", Said(scene));
        scene.Read(PolicyScene.NorasBadge).Frames(15, Nora, isMatch: false);
        Assert.Equal("Denied FaceNotMatched 2", Said(scene));
        Assert.Equal("Denied UnknownBadge", Said(scene.Unknown()));
        Assert.True(scene.State.AwaitsSecondPerson);
        scene.Wait(1).Read(Zoes).Frames(3, Zoe, isMatch: true);
        Assert.Equal("Granted 1, Granted 3", Said(scene));
        Assert.Equal([false, true], scene.Last.Select(raised => raised.EndsAttempt));
    }

    [Fact]
    public void ASecondPersonWhoIsStillJudgedWhenTheTimeEndsIsTheNextFirst()
    {
        PolicyScene scene = Scene(isTime: true, mode: "badge-and-face");
        scene.Read(PolicyScene.AdamsBadge).Frames(3, Adam, isMatch: true);
        scene.Wait(14).Read(PolicyScene.NorasBadge).Frames(1, Nora, isMatch: true);
        Assert.Equal("Denied SecondPersonMissing 1", Said(scene.Pass(0.9)));
        Assert.NotNull(scene.State.Attempt);
        Assert.Equal("SecondPersonAwaited 2", Said(scene.Frames(3, Nora, isMatch: true)));
    }

    // What forbids the first one to enter in the meantime ends their wait, and the second one is the first.
    [Theory]
    [InlineData("disabled", "Denied PersonDisabled 1, SecondPersonAwaited 2")]
    [InlineData("removed", "Denied NoLongerEnrolled 1, SecondPersonAwaited 2")]
    [InlineData("badge blocked", "Denied BadgeBlocked 1, SecondPersonAwaited 2")]
    [InlineData("hours", "Denied OutsideSchedule 1, SecondPersonAwaited 2")]
    [InlineData("lockdown", "Denied Lockdown 1, SecondPersonAwaited 2")]
    [InlineData("no gallery", "Denied GalleryMissing")]
    public void AFirstPersonWhoMayNoLongerEnterIsDenied(string what, string second)
    {
        PolicyScene scene = Scene(isTime: true).Read(PolicyScene.AdamsBadge).Wait(5);
        switch (what)
        {
            case "hours":
                scene.AdamIsNotAllowed = new Refusal(DenyReason.OutsideSchedule);
                break;
            case "lockdown":
                scene.Gallery = People(person => person with { IsForLockdown = person.Id == Nora });
                scene.Apply(new ModeChanged(DoorMode.Lockdown));
                break;
            default:
                scene.Gallery = what == "no gallery" ? null : what == "removed" ? People(person => person, without: Adam)
                    : People(person => person with { IsEnabled = person.Id != Adam || what != "disabled" },
                        adams: what == "badge blocked" ? BadgeState.Blocked : BadgeState.Active);
                break;
        }

        Assert.Equal(second, Said(scene.Read(PolicyScene.NorasBadge)));
    }

    // In a lockdown both are marked for it, or nobody enters.
    [Theory]
    [InlineData(true, true, "SecondPersonAwaited 1", "Granted 1, Granted 2")]
    [InlineData(true, false, "SecondPersonAwaited 1", "Denied Lockdown 2")]
    [InlineData(false, true, "Denied Lockdown 1", "SecondPersonAwaited 2")]
    [InlineData(false, false, "Denied Lockdown 1", "Denied Lockdown 2")]
    public void InALockdownBothAreMarkedForIt(bool isAdamMarked, bool isNoraMarked, string first, string second)
    {
        PolicyScene scene = Scene(isTime: true);
        scene.Gallery = People(person => person with { IsForLockdown = person.Id == Adam ? isAdamMarked : isNoraMarked });
        scene.Apply(new ModeChanged(DoorMode.Lockdown));
        Assert.Equal(first, Said(scene.Read(PolicyScene.AdamsBadge)));
        Assert.Equal(second, Said(scene.Wait(2).Read(PolicyScene.NorasBadge)));
    }

    [Theory]
    [InlineData(true, "Granted 1")]
    [InlineData(false, "SecondPersonAwaited 1")]
    public void WhoeverWasLetInBeforeALockdownIsASecondPersonOnlyWithItsMark(bool isNoraMarked, string adam)
    {
        PolicyScene scene = Scene(isAdamMarked: true);
        scene.Gallery = People(person => person with
        {
            NeedsSecondPerson = person.Id == Adam, IsForLockdown = person.Id == Adam || isNoraMarked,
        });
        scene.Read(PolicyScene.NorasBadge).Wait(3).Apply(new ModeChanged(DoorMode.Lockdown));
        Assert.Equal(adam, Said(scene.Wait(3).Read(PolicyScene.AdamsBadge)));
    }

    [Theory]
    [InlineData("1177", "4711")]
    [InlineData("4711", "1177")]
    public void DuressOfEitherIsRaisedAtOnceAndTheDoorGoesOn(string adams, string noras)
    {
        PolicyScene scene = Scene(isTime: true, configure: options => options.Pin = "required");
        scene.Read(PolicyScene.AdamsBadge).Pin(adams);
        Assert.Equal(adams == "1177" ? "Duress 1, SecondPersonAwaited 1" : "SecondPersonAwaited 1", Said(scene));
        scene.Read(PolicyScene.NorasBadge).Pin(noras);
        Assert.Equal(noras == "1177" ? "Duress 2, Granted 1, Granted 2" : "Granted 1, Granted 2", Said(scene));
    }

    [Fact]
    public void TheTimeForTwoIsAskedWhenSomebodyPasses()
    {
        PolicyScene scene = Scene(isTime: true).Read(PolicyScene.AdamsBadge);
        scene.IsTwoPersonTime = false;
        Assert.Equal("Granted 1, Granted 2", Said(scene.Wait(2).Read(PolicyScene.NorasBadge)));
        Assert.Equal("Granted 3", Said(scene.Wait(2).Read(Zoes)));
    }

    // The later grant decides how long the door is unlocked.
    [Fact]
    public void WhoGetsMoreTimeIsGrantedLast()
    {
        PolicyScene scene = Scene(isTime: true);
        scene.Gallery = People(person => person with { IsExtended = person.Id == Adam });
        Assert.Equal("Granted 2, Granted 1", Said(scene.Read(PolicyScene.AdamsBadge).Wait(2).Read(PolicyScene.NorasBadge)));
        Assert.Equal("Granted 2, Granted 1", Said(scene.Wait(3).Read(PolicyScene.NorasBadge).Wait(3).Read(PolicyScene.AdamsBadge)));
    }

    [Fact]
    public void WhenTheDoorStopsOrFailsWhoWaitsIsDenied()
    {
        Assert.Equal("Denied Stopping 1", Said(Scene(isTime: true).Read(PolicyScene.AdamsBadge).Apply(new AccessStopping())));
        Assert.Equal("Denied Fault 1", Said(Scene(isTime: true).Read(PolicyScene.AdamsBadge).Apply(new AccessFaulted())));
        PolicyScene scene = Scene(isTime: true).Read(PolicyScene.AdamsBadge).Apply(new AccessFaulted());
        Assert.Equal("SecondPersonAwaited 2", Said(scene.Wait(2).Read(PolicyScene.NorasBadge)));
    }

    [Fact]
    public void AFaceAloneIsArmedForTheSecondPersonWhileTheFirstStaysThere()
    {
        PolicyScene scene = Scene(isTime: true, mode: "face-only");
        Assert.Equal("SecondPersonAwaited 1", Said(Identify(scene, Adam)));
        scene.Frames(15, Adam, isMatch: true);
        Assert.DoesNotContain(scene.All, raised => raised.Kind is DoorEventKind.Granted or DoorEventKind.Denied);
        Assert.Single(scene.All, raised => raised.Kind == DoorEventKind.SecondPersonAwaited);
        Assert.Contains("Granted 1, Granted 2", Said(scene.Frames(20, Nora, isMatch: true)), StringComparison.Ordinal);
    }

    [Fact]
    public void AFaceAloneThatStaysIsDeniedOnceAndArmedAgainAfterADenial()
    {
        PolicyScene scene = Scene(isTime: true, mode: "face-only");
        Identify(scene, Adam);
        double began = scene.Now;
        while (scene.Now < began + 24)
            scene.Frames(1, Adam, isMatch: true);
        Assert.Single(scene.All, raised => raised is { Kind: DoorEventKind.Denied, Reason: DenyReason.SecondPersonMissing });
        Assert.Empty(scene.State.People);
        Assert.False(scene.State.Faces.IsOn(TimeSpan.FromSeconds(scene.Now)));
    }

    [Fact]
    public void ABadgeAndAFaceAreTwoPeopleWhereEitherOpens()
    {
        PolicyScene scene = Scene(isTime: true, mode: "badge-or-face").Read(PolicyScene.AdamsBadge);
        Assert.Equal("SecondPersonAwaited 1", Said(scene));
        Assert.Contains("Granted 1, Granted 2", Said(scene.Wait(2.5).Frames(10, Nora, isMatch: true)), StringComparison.Ordinal);
    }

    private static PolicyScene Identify(PolicyScene scene, long person)
    {
        scene.Appear(person).Frames(3, person, isMatch: true);
        return scene;
    }

    private static PolicyScene Scene(bool isAdamMarked = false, bool isNoraMarked = false, bool isTime = false, string mode = "badge-only",
        Action<DecisionOptions>? configure = null) => new(options =>
    {
        options.Mode = mode;
        options.IKnowBadgesCanBeCopied = true;
        configure?.Invoke(options);
    })
    {
        Gallery = People(person => person with { NeedsSecondPerson = person.Id == Adam ? isAdamMarked : person.Id == Nora && isNoraMarked }),
        IsTwoPersonTime = isTime,
    };

    /// <summary>Adam, Nora and Zoe, with their badges.</summary>
    private static Gallery People(Func<Person, Person> change, long without = 0, BadgeState adams = BadgeState.Active)
    {
        Person[] people =
        [
            .. new[] { (Adam, "adam"), (Nora, "nora"), (Zoe, "zoe") }.Where(one => one.Item1 != without).Select((one, index) =>
                change(new Person(one.Item1, one.Item2, true, false, "always", index, 1) { Pin = PolicyScene.AdamsPin })),
        ];
        Dictionary<string, BadgeOwner> badges = [];
        foreach ((Badge badge, long owner) in new[]
        {
            (PolicyScene.AdamsBadge, Adam), (PolicyScene.AdamsSecondBadge, Adam), (PolicyScene.NorasBadge, Nora), (Zoes, Zoe),
        })
        {
            if (people.FirstOrDefault(person => person.Id == owner) is { } person)
                badges[badge.Number] = new BadgeOwner(person, owner == Adam ? adams : BadgeState.Active);
        }

        return new Gallery(1, "test", 2, [.. people], badges, [.. people.SelectMany(_ => new float[] { 1, 0 })]);
    }

    private static string Said(PolicyScene scene) => string.Join(", ", scene.Last
        .Where(raised => raised.Kind is not (DoorEventKind.AttemptOpened or DoorEventKind.PinAwaited or DoorEventKind.AttemptAbandoned))
        .Select(raised => $"{PolicyScene.Word(raised)} {raised.PersonId}".TrimEnd()));
}
