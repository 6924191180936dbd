using DoorAgent.Decisions;
using Microsoft.Extensions.Time.Testing;
using static DoorAgent.Tests.Decisions.SomeDecisionOptions;

namespace DoorAgent.Tests.Decisions;

public sealed class DecisionOptionsTests
{
    [Fact]
    public void TheDefaultsAreAccepted() => Assert.Empty(Errors(_ => { }));

    [Fact]
    public void TheDefaultsAreThoseOfTheTable()
    {
        DecisionOptions options = new();

        Assert.Equal(AccessMode.BadgeAndFace, options.AccessMode);
        Assert.Equal((false, 15, 5), (options.NeedsPin, options.PinTimeout.TotalSeconds, options.KeyTimeout.TotalSeconds));
        Assert.Equal((10, 5, 3, 5), (options.AttemptTimeout.TotalSeconds, options.IdentificationTimeout.TotalSeconds, options.FramesToAgree,
            options.FrameWindow));
        Assert.Equal((300, 150, 1000, 500), (options.MinSpan.TotalMilliseconds, options.MinFrameInterval.TotalMilliseconds,
            options.MaxGap.TotalMilliseconds, options.MaxFrameAge.TotalMilliseconds));
        Assert.Equal((15, 2, 10, 2, 15), (options.MaxUsableFrames, options.RearmWithoutFace.TotalSeconds,
            options.RearmAfterDenial.TotalSeconds, options.RepeatedRead.TotalSeconds, options.LockoutCap.TotalMinutes));
        Assert.Equal((3, 10), (options.LockoutFailures, options.LockoutWindow.TotalMinutes));
    }

    public static TheoryData<string, Action<object>> Refused => new()
    {
        { "Mode is badge-and-fac;", Set(options => options.Mode = "badge-and-fac") },
        { "Mode is badge-only; allowed: badge-and-face or face-only; where a badge alone opens",
            Set(options => options.Mode = "badge-only") },
        { "Mode is badge-or-face; allowed:", Set(options => options.Mode = "badge-or-face") },
        { "Pin is on; allowed: off, required", Set(options => options.Pin = "on") },
        { "Pin is required; allowed: off in the mode face-only", Set(options => (options.Mode, options.Pin) = ("face-only", "required")) },
        { "PinTimeout is 4 s; allowed: 5 s to 60 s", Set(options => options.PinTimeout = Seconds(4)) },
        { "KeyTimeout is 31 s; allowed: 1 s to 30 s", Set(options => options.KeyTimeout = Seconds(31)) },
        { "AttemptTimeout is 1 s; allowed: 2 s to 60 s", Set(options => options.AttemptTimeout = Seconds(1)) },
        { "IdentificationTimeout is", Set(options => options.IdentificationTimeout = Seconds(61)) },
        { "FramesToAgree is 0; allowed: 1 to 10", Set(options => options.FramesToAgree = 0) },
        { "FrameWindow is 21", Set(options => options.FrameWindow = 21) },
        { "MinSpan is", Set(options => options.MinSpan = Seconds(3.1)) },
        { "MinFrameInterval is", Set(options => options.MinFrameInterval = Seconds(2.1)) },
        { "MaxGap is", Set(options => options.MaxGap = Seconds(0.2)) },
        { "MaxUsableFrames is 101", Set(options => options.MaxUsableFrames = 101) },
        { "MaxFrameAge is", Set(options => options.MaxFrameAge = Seconds(0.05)) },
        { "RearmWithoutFace is", Set(options => options.RearmWithoutFace = Seconds(61)) },
        { "RearmAfterDenial is", Set(options => options.RearmAfterDenial = Seconds(-1)) },
        { "RepeatedRead is", Set(options => options.RepeatedRead = Seconds(11)) },
        { "LockoutFailures is 0; allowed: 1 to 10.", Set(options => options.LockoutFailures = 0) },
        { "LockoutFailures is 11; allowed: 1 to 10.", Set(options => options.LockoutFailures = 11) },
        { "LockoutWindow is 59 s; allowed: 60 s to 60 min.", Set(options => options.LockoutWindow = Seconds(59)) },
        { "LockoutWindow is 3601 s; allowed: 60 s to 60 min.", Set(options => options.LockoutWindow = Seconds(3601)) },
        { "LockoutCap is", Set(options => options.LockoutCap = Seconds(3601)) },
        { "TimeZone is Europe/Berln: 'Europe/Berln' is not a time zone that this machine knows. Did you mean Europe/Berlin?",
            Set(options => options.TimeZone = "Europe/Berln") },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void AnImpossibleSettingIsNamedWithItsValueAndTheAllowedOnes(string message, Action<object> set) =>
        Assert.Contains(Errors(set), error => error.StartsWith($"Decisions:{message}", StringComparison.Ordinal));

    [Fact]
    public void AModeInWhichABadgeAloneOpensIsAcceptedWhenItsRiskIsKnown() =>
        Assert.Empty(Errors(Set(options => (options.Mode, options.IKnowBadgesCanBeCopied) = ("badge-only", true))));

    [Fact]
    public void TheZoneIsTheConfiguredOneElseTheClocks()
    {
        FakeTimeProvider time = new();
        time.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"));
        Assert.Equal("Asia/Tokyo", new DecisionOptions().ZoneBy(time).Id);
        Assert.Equal("Asia/Beirut", new DecisionOptions { TimeZone = "Asia/Beirut" }.ZoneBy(time).Id);
    }
}
