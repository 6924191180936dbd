using System.Collections.Frozen;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Badges;
using DoorAgent.Liveness;
using DoorAgent.Matching;
using DoorAgent.Schedules;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Decisions;

/// <summary>What a list says of people is what the door does with them.</summary>
public sealed class EligibilityRuleTests
{
    private static readonly DateTimeOffset Built = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // A Saturday at noon in Berlin.
    private static readonly DateTimeOffset Now = new(2026, 3, 7, 12, 0, 0, TimeSpan.FromHours(1));

    private static readonly PersonPin SomePin = new(new byte[PersonPin.SaltBytes], PersonPin.Iterations, new byte[PersonPin.DigestBytes],
        null);

    [Theory]
    [InlineData("badge-and-face", 3, "active", true)]
    [InlineData("badge-and-face", 0, "active", false)]
    [InlineData("badge-and-face", 3, null, false)]
    [InlineData("badge-and-face", 3, "lost", false)]
    [InlineData("face-only", 3, null, true)]
    [InlineData("face-only", 0, "active", false)]
    [InlineData("badge-or-face", 0, "active", true)]
    [InlineData("badge-or-face", 3, "blocked", true)]
    [InlineData("badge-or-face", 0, "blocked", false)]
    [InlineData("badge-only", 0, "active", true)]
    [InlineData("badge-only", 3, "lost", false)]
    public void WhatTheModeAsksForMustBeThere(string mode, int encodings, string? badge, bool mayEnter)
    {
        Eligibility eligibility = Of(Adam with { EncodingCount = encodings }, mode, badge is { } state ? [BadgeStateText.State(state)] : []);
        Assert.Equal(mayEnter, eligibility.MayEnter);
        Assert.Null(eligibility.Next);
    }

    [Fact]
    public void OneBadgeInUseIsEnough() =>
        Assert.True(Of(Adam, "badge-and-face", [BadgeState.Lost, BadgeState.Active, BadgeState.Blocked]).MayEnter);

    [Theory]
    [InlineData("badge-and-face", "off", false, true)]
    [InlineData("badge-and-face", "required", false, false)]
    [InlineData("badge-and-face", "required", true, true)]
    [InlineData("badge-only", "required", false, false)]
    [InlineData("badge-or-face", "required", false, true)]
    public void WhereAPinIsAskedForThereIsOne(string mode, string pin, bool hasPin, bool mayEnter)
    {
        Eligibility eligibility = Of(Adam with { Pin = hasPin ? SomePin : null }, mode, [BadgeState.Active], pin);
        Assert.Equal(mayEnter ? [] : [DenyReason.NoPin], eligibility.Obstacles.Select(obstacle => obstacle.Reason));
    }

    [Fact]
    public void AllThatIsMissingIsSaidAtOnce()
    {
        Eligibility eligibility = Of(Adam with { IsEnabled = false, EncodingCount = 0, Schedule = "ofice",
            ValidUntil = ValidityDate.Parse("2026-03-06") }, "badge-and-face", [BadgeState.Lost], "required");
        Assert.Equal([DenyReason.PersonDisabled, DenyReason.OutsideSchedule, DenyReason.OutsideValidity, DenyReason.BadgeBlocked,
            DenyReason.NoPin, DenyReason.FaceNotMatched],
            eligibility.Obstacles.Select(obstacle => obstacle.Reason));
        Assert.All(eligibility.Obstacles, obstacle => Assert.Null(obstacle.Ends));
    }

    // The 7th of March 2026 is a Saturday; on the 29th the clock leaves out the hour from two to three.
    [Theory]
    [InlineData("office", null, null, "2026-03-09T07:00:00+01:00")]
    [InlineData("office", "2026-03-10", null, "2026-03-10T07:00:00+01:00")]
    [InlineData("office", "2026-03-10T09:30", null, "2026-03-10T09:30:00+01:00")]
    [InlineData("office", "2026-03-14", null, "2026-03-16T07:00:00+01:00")]
    [InlineData("office", null, "2026-03-08", null)]
    [InlineData("office", null, "2026-03-09T07:00", null)]
    [InlineData("office", null, "2026-03-09", "2026-03-09T07:00:00+01:00")]
    [InlineData("office", "2026-03-28", "2026-03-29", null)]
    [InlineData("office", "2026-03-28", "2026-03-30", "2026-03-30T07:00:00+02:00")]
    [InlineData("ofice", null, null, null)]
    [InlineData("always", "2026-03-29T02:30", null, "2026-03-29T03:00:00+02:00")]
    [InlineData("always", "2026-10-25T02:30", null, "2026-10-25T02:30:00+02:00")]
    [InlineData("always", null, "2026-03-06", null)]
    [InlineData("missing", "2026-03-29", "2026-03-29", null)]
    [InlineData("missing", "2026-03-29", "2026-04-05", "2026-04-05T02:00:00+02:00")]
    public void WhenTheyMayEnterNextIsSaid(string schedule, string? from, string? until, string? next)
    {
        Person adam = Adam with { Schedule = schedule, ValidFrom = Date(from), ValidUntil = Date(until) };
        Eligibility eligibility = Of(adam, "badge-and-face", [BadgeState.Active]);
        Assert.False(eligibility.MayEnter);
        Assert.Equal(next is null ? null : DateTimeOffset.Parse(next, System.Globalization.CultureInfo.InvariantCulture), eligibility.Next);
        if (eligibility.Next is not { } moment)
            return;
        AccessHours hours = Hours();
        Assert.NotNull(hours.RefusalOf(adam, moment.AddMinutes(-1)));
        Assert.Null(hours.RefusalOf(adam, moment));
    }

    [Fact]
    public void WhoLacksABadgeIsNotPromisedTheirHours() =>
        Assert.Null(Of(Adam with { Schedule = "office" }, "badge-and-face", []).Next);

    [Fact]
    public void TheDoorSaysOfHoursThatEndBeforeTheyOpenThatNoneCome()
    {
        Person adam = Adam with { Schedule = "office", ValidUntil = Date("2026-03-08") };
        Assert.Equal("office is Mon-Fri 07:00-19:00; not again while they are valid (until 2026-03-08)",
            Hours().RefusalOf(adam, Now)?.Detail);
    }

    [Fact]
    public void WhoIsLockedOutMayEnterWhenTheWaitIsOver()
    {
        Dictionary<long, DateTimeOffset> lockedOut = new() { [1] = Now.AddSeconds(30) };
        EligibilityRule rule = new(new DecisionOptions(), Hours(), lockedOut);
        Assert.Equal([new Obstacle(DenyReason.LockedOut, "locked out after failures", Now.AddSeconds(30))],
            rule.Of(Adam, [BadgeState.Active], Now).Obstacles);
        Assert.Equal(Now.AddSeconds(30), rule.Of(Adam, [BadgeState.Active], Now).Next);
        Assert.True(rule.Of(Adam, [BadgeState.Active], Now.AddSeconds(30)).MayEnter);
        Assert.True(rule.Of(Adam with { Id = 2 }, [BadgeState.Active], Now).MayEnter);
        Assert.Equal("2026-03-09T07:00:00+01:00", rule.Of(Adam with { Schedule = "office" }, [BadgeState.Active], Now)
            .Next?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void WhileTheClockIsNotSetNoMomentIsPromised()
    {
        Eligibility eligibility = new EligibilityRule(new DecisionOptions(), Hours()).Of(Adam with { Schedule = "office" }, [BadgeState.Active],
            Built.AddDays(-1));
        Assert.Equal(DenyReason.ClockNotSet, Assert.Single(eligibility.Obstacles).Reason);
        Assert.Null(eligibility.Next);
    }

    /// <summary>Everybody whom the list lets in opens the door with badge, PIN and face, and nobody else does.</summary>
    [Theory]
    [InlineData("badge-and-face", "off")]
    [InlineData("badge-and-face", "required")]
    [InlineData("badge-only", "off")]
    [InlineData("badge-only", "required")]
    public void TheDoorDoesAsTheListSays(string mode, string pin)
    {
        DecisionOptions options = Options(mode, pin);
        AccessHours hours = Hours();
        Badge card = Badge.Of("H10301", 1, 7);
        foreach (bool isEnabled in new[] { true, false })
        foreach (string schedule in new[] { "always", "office" })
        foreach (PersonPin? secret in new[] { null, SomePin })
        foreach (BadgeState state in Enum.GetValues<BadgeState>())
        {
            Person adam = Adam with { IsEnabled = isEnabled, Schedule = schedule, Pin = secret };
            Gallery gallery = new(1, "made", MadeEncodings.Dimension, [adam],
                new Dictionary<string, BadgeOwner> { [card.Number] = new(adam, state) },
                [.. Enumerable.Range(0, adam.EncodingCount).SelectMany(i => MadeEncodings.At(i).Vector.ToArray())]);
            AccessStep step = new AccessPolicy(options, new LivenessOptions()).Apply(AccessState.Initial, new BadgePresented(card, TimeSpan.FromSeconds(1)),
                TimeSpan.FromSeconds(1), gallery, one => hours.RefusalOf(one, Now));
            Eligibility eligibility = new EligibilityRule(options, hours).Of(adam, [state], Now);
            DoorEvent? denied = step.Events.FirstOrDefault(raised => raised.Kind == DoorEventKind.Denied);
            Assert.Equal(eligibility.MayEnter, denied is null);
            if (denied is not null)
                Assert.Contains(denied.Reason, eligibility.Obstacles.Select(obstacle => (DenyReason?)obstacle.Reason));
        }
    }

    // Sunday 02:00 to 03:00 are the hours "missing"; it is Saturday noon.
    [Theory]
    [InlineData(false, null, null, "")]
    [InlineData(true, null, null, "together with a second person")]
    [InlineData(false, null, "always", "together with a second person")]
    [InlineData(false, null, "missing", "")]
    [InlineData(true, "7", null, "after a host")]
    [InlineData(false, "7", "always", "after a host")]
    public void AConditionOfEntryIsSaid(bool needsSecond, string? host, string? twoPersonHours, string condition)
    {
        DecisionOptions options = Options("badge-only", "off");
        options.TwoPersonHours = twoPersonHours;
        Eligibility eligibility = new EligibilityRule(options, Hours()).Of(Adam with
        {
            NeedsSecondPerson = needsSecond,
            IsEscorted = host is not null,
            Hosts = host is null ? [] : [7],
            ValidUntil = Date("2026-12-31"),
        }, [BadgeState.Active], Now);
        Assert.True(eligibility.MayEnter);
        Assert.Equal(condition, string.Join(' ', eligibility.Conditions));
    }

    [Theory]
    [InlineData("2026-12-31", false, DenyReason.EscortMissing, "a visitor without a host")]
    [InlineData(null, true, DenyReason.OutsideValidity, "a visitor without an end")]
    public void WhatKeepsAVisitorOutIsAnObstacle(string? until, bool hasHost, object reason, string words)
    {
        Eligibility eligibility = Of(Adam with { IsEscorted = true, Hosts = hasHost ? [7] : [], ValidUntil = Date(until) }, "badge-only",
            [BadgeState.Active]);
        Assert.Equal(new Obstacle((DenyReason)reason, words), Assert.Single(eligibility.Obstacles));
    }

    private static Person Adam { get; } = new(1, "adam", true, false, "always", 0, 3);

    private static Eligibility Of(Person person, string mode, BadgeState[] badges, string pin = "off") =>
        new EligibilityRule(Options(mode, pin), Hours()).Of(person, badges, Now);

    private static DecisionOptions Options(string mode, string pin) => new() { Mode = mode, IKnowBadgesCanBeCopied = true, Pin = pin };

    private static ValidityDate? Date(string? text) => text is null ? null : ValidityDate.Parse(text);

    private static AccessHours Hours() => new(
        new Dictionary<string, Schedule> { ["office"] = Schedule.Parse("Mon-Fri 07:00-19:00"),
            ["missing"] = Schedule.Parse("Sun 02:00-03:00") }.ToFrozenDictionary(),
        TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), Built);
}
