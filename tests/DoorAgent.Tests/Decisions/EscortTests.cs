using System.Collections.Immutable;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;
using DoorAgent.Modes;
using DoorAgent.Schedules;

namespace DoorAgent.Tests.Decisions;

/// <summary>The table of visitors in the guide (modes-and-hours.md), cell by cell: Zoe visits Adam, and Nora is no host.</summary>
public sealed class EscortTests
{
    private const long Adam = PolicyScene.Adam, Nora = PolicyScene.Nora, Zoe = 3;

    private static readonly Badge Zoes = Badge.Parse("H10301:1:5");

    [Theory]
    [InlineData("", 0, "Denied EscortMissing 3")]
    [InlineData("nora", 1, "Denied EscortMissing 3")]
    [InlineData("adam", 0.1, "Granted 3")]
    [InlineData("adam", 15, "Granted 3")]
    [InlineData("adam", 15.1, "Denied EscortMissing 3")]
    public void AVisitorIsLetInShortlyAfterAHost(string before, double seconds, string visitor)
    {
        PolicyScene scene = Scene();
        if (before.Length > 0)
            scene.Read(before == "adam" ? PolicyScene.AdamsBadge : PolicyScene.NorasBadge);
        Assert.Equal(visitor, Said(scene.Wait(seconds).Read(Zoes)));
    }

    [Fact]
    public void AVisitorComesAgainOnlyAfterTheHostAgainWhenTheTimeIsOver()
    {
        PolicyScene scene = Scene().Read(PolicyScene.AdamsBadge);
        Assert.Equal("Granted 3", Said(scene.Wait(5).Read(Zoes)));
        Assert.Equal("Granted 3", Said(scene.Wait(5).Read(Zoes)));
        Assert.Equal("Denied EscortMissing 3", Said(scene.Wait(6).Read(Zoes)));
        Assert.Equal("Granted 3", Said(scene.Read(PolicyScene.AdamsBadge).Wait(3).Read(Zoes)));
    }

    // The grant is decided before the relay and the journal are asked.
    [Theory]
    [InlineData(DenyReason.RelayFault)]
    [InlineData(DenyReason.AuditFailed)]
    internal void AHostWhomTheRelayOrTheJournalKeptOutBringsNobodyIn(DenyReason reason)
    {
        PolicyScene scene = Scene().Read(PolicyScene.AdamsBadge);
        scene.Apply(new DoorReported([new DoorEvent(DoorEventKind.Denied) { Reason = reason, PersonId = Adam }]));
        Assert.Equal("Denied EscortMissing 3", Said(scene.Wait(1).Read(Zoes)));
    }

    [Fact]
    public void AHostWhoIsDeniedBringsNobodyIn()
    {
        PolicyScene scene = Scene();
        scene.AdamIsNotAllowed = new Refusal(DenyReason.OutsideSchedule);
        Assert.Equal("Denied EscortMissing 3", Said(scene.Read(PolicyScene.AdamsBadge).Wait(1).Read(Zoes)));
    }

    [Theory]
    [InlineData("no host", "Denied EscortMissing 3", "a visitor without a host")]
    [InlineData("no end", "Denied OutsideValidity 3", "a visitor without an end")]
    [InlineData("the host is disabled", "Denied EscortMissing 3", "none of the hosts was let in within 15 s before")]
    [InlineData("the host is a visitor", "Denied EscortMissing 3", "none of the hosts was let in within 15 s before")]
    [InlineData("lockdown", "Denied Lockdown 3", null)]
    public void WhatTheGallerySaysNowCounts(string what, string visitor, string? detail)
    {
        PolicyScene scene = Scene().Read(PolicyScene.AdamsBadge);
        scene.Gallery = People(person => (person.Id, what) switch
        {
            (Zoe, "no host") => person with { Hosts = [] },
            (Zoe, "no end") => person with { ValidUntil = null },
            (Adam, "the host is disabled") => person with { IsEnabled = false },
            (Adam, "the host is a visitor") => person with { IsEscorted = true },
            _ => person,
        });
        if (what == "lockdown")
            scene.Apply(new ModeChanged(DoorMode.Lockdown));
        Assert.Equal(visitor, Said(scene.Wait(3).Read(Zoes)));
        Assert.Equal(detail, scene.Last[0].Detail);
    }

    [Fact]
    public void AFaceThatIsRecognisedTooLateAfterTheHostIsDenied()
    {
        PolicyScene scene = Scene("badge-and-face");
        scene.Read(PolicyScene.AdamsBadge).Frames(3, Adam, isMatch: true);
        Assert.Equal("Granted 1", Said(scene));
        scene.Wait(14).Read(Zoes);
        Assert.NotNull(scene.State.Attempt);
        Assert.Equal("Denied EscortMissing 3", Said(scene.Wait(1).Frames(3, Zoe, isMatch: true)));
    }

    [Fact]
    public void AFaceAloneOfAVisitorIsDeniedWithoutAHostAndIsNoFailure()
    {
        PolicyScene scene = Scene("face-only");
        scene.Appear(Zoe).Frames(3, Zoe, isMatch: true);
        Assert.Equal("Denied EscortMissing 3", Said(scene));
        Assert.Empty(scene.State.People);
        Assert.Empty(scene.State.Faces.Failures);
    }

    // A visitor is no second person, and needs none beside the host.
    [Fact]
    public void InAnHourForTwoTheHostNeedsAnotherPersonAndTheVisitorNone()
    {
        PolicyScene scene = Scene();
        scene.IsTwoPersonTime = true;
        Assert.Equal("SecondPersonAwaited 1", Said(scene.Read(PolicyScene.AdamsBadge)));
        Assert.Equal("Denied EscortMissing 3", Said(scene.Wait(2).Read(Zoes)));
        Assert.Equal("Granted 1, Granted 2", Said(scene.Wait(3).Read(PolicyScene.NorasBadge)));
        Assert.Equal("Granted 3", Said(scene.Wait(3).Read(Zoes)));
        Assert.Equal("SecondPersonAwaited 2", Said(scene.Wait(3).Read(PolicyScene.NorasBadge)));
    }

    private static PolicyScene Scene(string mode = "badge-only") => new(options =>
    {
        options.Mode = mode;
        options.IKnowBadgesCanBeCopied = true;
        // Each read counts, however soon after the last.
        options.RepeatedRead = TimeSpan.Zero;
    })
    {
        Gallery = People(person => person),
    };

    private static Gallery People(Func<Person, Person> change)
    {
        ImmutableArray<Person> people =
        [
            change(new Person(Adam, "adam", true, false, "always", 0, 1)), change(new Person(Nora, "nora", true, false, "always", 1, 1)),
            change(new Person(Zoe, "zoe", true, false, "always", 2, 1)
            {
                IsEscorted = true, Hosts = [Adam], ValidUntil = ValidityDate.Parse("2099-01-01"),
            }),
        ];
        return new Gallery(1, "test", 2, people, new Dictionary<string, BadgeOwner>
        {
            [PolicyScene.AdamsBadge.Number] = new(people[0], BadgeState.Active),
            [PolicyScene.NorasBadge.Number] = new(people[1], BadgeState.Active),
            [Zoes.Number] = new(people[2], BadgeState.Active),
        }, [1, 0, 1, 0, 1, 0]);
    }

    private static string Said(PolicyScene scene) => string.Join(", ", scene.Last.Where(raised => raised.Kind != DoorEventKind.AttemptOpened)
        .Select(raised => $"{PolicyScene.Word(raised)} {raised.PersonId}"));
}
