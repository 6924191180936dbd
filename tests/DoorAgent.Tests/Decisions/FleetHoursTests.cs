using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Fleet;
using DoorAgent.Matching;
using DoorAgent.Schedules;

namespace DoorAgent.Tests.Decisions;

/// <summary>The hours of a fleet's group beside those of a door.</summary>
public sealed class FleetHoursTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly FleetManifest Manifest = new("lab", 3, Monday)
    {
        Schedules = new Dictionary<string, string>
        {
            ["office"] = "Mon-Fri 07:00-19:00; holidays closed", ["night"] = "Mon-Sun 22:00-06:00",
        },
        Holidays = "03-02",
    };

    [Fact]
    public void TheGroupsHoursCountWithItsHolidaysAndTheDoorsWithItsOwn()
    {
        AccessHours hours = Own().With(FleetHours.Of(Manifest).Schedules);

        Assert.Null(hours.RefusalOf(With("office"), Monday));
        Assert.Equal(DenyReason.OutsideSchedule, hours.RefusalOf(With("fleet:office"), Monday)?.Reason);
        Assert.Null(hours.RefusalOf(With("fleet:office"), Monday.AddDays(1)));
        Assert.Null(hours.RefusalOf(With("FLEET:Night"), Monday.AddHours(11)));
        Assert.Equal(["fleet:night", "fleet:office", "office"], hours.Schedules.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void BeforeTheFirstManifestTheGroupsHoursAreUnknown()
    {
        AccessHours hours = Own().With(FleetHours.Of(null).Schedules);
        Assert.Equal(DenyReason.OutsideSchedule, hours.RefusalOf(With("fleet:office"), Monday)?.Reason);
        Assert.False(hours.IsOpen("fleet:office", Monday));
        Assert.True(hours.MayBeOpen("fleet:office", Monday));
    }

    [Theory]
    [InlineData("night", "Mon 25:00-26:00", "03-02", "hours 'night'")]
    [InlineData("office", "Mon-Fri 07:00-19:00; holidays closed", "02-40", "for its holidays")]
    [InlineData("office", "Mon-Fri 07:00-19:00; holidays closed", null, "no valid holidays")]
    public void HoursThatCannotBeReadAreUnknownAndAFaultSaysSo(string name, string text, string? holidays, string fault)
    {
        FleetManifest wrong = Manifest with
        {
            Schedules = new Dictionary<string, string> { [name] = text, ["day"] = "Mon-Sun 08:00-20:00" }, Holidays = holidays,
        };
        FleetHours hours = FleetHours.Of(wrong);

        Assert.Contains(hours.Faults, one => one.Contains(fault, StringComparison.Ordinal));
        Assert.Equal(["fleet:day"], hours.Schedules.Keys);
        Assert.Equal(DenyReason.OutsideSchedule, Own().With(hours.Schedules).RefusalOf(With($"fleet:{name}"), Monday)?.Reason);
    }

    [Fact]
    public void TheHoursOfTheDoorAreNotReplaced()
    {
        ScheduleOptions odd = new() { ["fleet:night"] = "Mon 08:00-09:00" };
        AccessHours hours = new AccessHours(odd.Schedules, TimeZoneInfo.Utc, default).With(FleetHours.Of(Manifest).Schedules);
        Assert.Equal("Mon 08:00-09:00", hours.Schedules["fleet:night"]);
    }

    private static AccessHours Own() =>
        new(new ScheduleOptions { ["office"] = "Mon-Fri 07:00-19:00" }.Schedules, TimeZoneInfo.Utc, default);

    private static Person With(string schedule) => new(1, "fay", true, false, schedule, 0, 0);
}
