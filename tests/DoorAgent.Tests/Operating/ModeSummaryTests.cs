using DoorAgent.Decisions;
using DoorAgent.Doors;
using DoorAgent.Hardware.Badges;
using DoorAgent.Operating;
using DoorAgent.Schedules;

namespace DoorAgent.Tests.Operating;

public sealed class ModeSummaryTests
{
    private readonly DoorOptions _doors = new();
    private readonly DecisionOptions _decisions = new() { IKnowBadgesCanBeCopied = true };
    private readonly BadgeOptions _badges = new() { Keypad = "8-bit" };
    private readonly ScheduleOptions _schedules = new() { ["shop"] = "Mon-Fri 08:00-12:00" };

    [Fact]
    public void ADoorWithoutTheseSettingsStarts()
    {
        Assert.Empty(ModeSummary.RefusalsOf(_doors, new DecisionOptions(), new BadgeOptions(), []));
        Assert.Empty(ModeSummary.WarningsOf(_doors));
    }

    [Theory]
    [InlineData("shop", null)]
    [InlineData("SHOP", null)]
    [InlineData("shpo", "Did you mean shop?")]
    [InlineData("always", "never locked")]
    public void TheUnlockHoursAreInSectionSchedules(string hours, string? refusal)
    {
        _doors.UnlockHours = hours;
        AssertRefused(refusal);
    }

    [Fact]
    public void TheFallbackIsAWarningAndNeedsThatCopiedBadgesAreAccepted()
    {
        _doors.OnCameraFault = "badge-and-pin";
        AssertRefused(null);
        Assert.Contains("without a face", Assert.Single(ModeSummary.WarningsOf(_doors)), StringComparison.Ordinal);
        _decisions.IKnowBadgesCanBeCopied = false;
        AssertRefused("IKnowBadgesCanBeCopied");
    }

    [Theory]
    [InlineData("face-only")]
    [InlineData("badge-or-face")]
    [InlineData("badge-only")]
    public void TheFallbackIsForBadgeAndFaceAlone(string mode)
    {
        (_doors.OnCameraFault, _decisions.Mode) = ("badge-and-pin", mode);
        AssertRefused($"Decisions:Mode is {mode}");
    }

    [Fact]
    public void TheFallbackNeedsAKeypad()
    {
        (_doors.OnCameraFault, _badges.Keypad) = ("badge-and-pin", "none");
        AssertRefused("no keypad");
    }

    private void AssertRefused(string? refusal)
    {
        string[] refusals = [.. ModeSummary.RefusalsOf(_doors, _decisions, _badges, _schedules)];
        if (refusal is null)
            Assert.Empty(refusals);
        else
            Assert.Contains(refusal, Assert.Single(refusals), StringComparison.Ordinal);
    }
}
