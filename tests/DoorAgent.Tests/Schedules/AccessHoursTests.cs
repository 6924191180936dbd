using System.Globalization;
using DoorAgent.Events;
using DoorAgent.Matching;
using DoorAgent.Schedules;

namespace DoorAgent.Tests.Schedules;

/// <summary>Tests schedules and dates on real days of real places, including unusual ones.</summary>
public sealed class AccessHoursTests
{
    private static readonly DateTimeOffset Built = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Local days, the schedule, and the number of open minutes of the day and the evening before: a missing hour does not count,
    // and a repeated one counts twice.
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29", "Sun 00:00-24:00", 23 * 60)]
    [InlineData("Europe/Berlin", "2026-03-29", "Sun 02:00-03:00", 0)]
    [InlineData("Europe/Berlin", "2026-03-29", "Sun 01:30-03:30", 60)]
    [InlineData("Europe/Berlin", "2026-03-29", "Sat 22:00-06:00", 7 * 60)]
    [InlineData("Europe/Berlin", "2026-10-25", "Sun 00:00-24:00", 25 * 60)]
    [InlineData("Europe/Berlin", "2026-10-25", "Sun 02:00-03:00", 120)]
    [InlineData("Europe/Berlin", "2026-10-25", "Sat 22:00-06:00", 9 * 60)]
    [InlineData("America/New_York", "2026-03-08", "Sun 02:00-03:00", 0)]
    [InlineData("America/New_York", "2026-11-01", "Sun 01:00-02:00", 120)]
    [InlineData("Atlantic/Azores", "2026-03-29", "Sun 00:00-01:00", 0)]
    [InlineData("Atlantic/Azores", "2026-03-29", "Sat 22:00-02:00", 3 * 60)]
    [InlineData("Atlantic/Azores", "2026-10-25", "Sun 00:00-01:00", 120)]
    [InlineData("Asia/Beirut", "2026-03-29", "Sun 00:00-00:30", 0)]
    [InlineData("Asia/Beirut", "2026-10-24", "Sat 23:00-24:00", 120)]
    [InlineData("Asia/Kathmandu", "2026-03-29", "Sun 02:00-03:00", 60)]
    [InlineData("Europe/Berlin", "2028-02-29", "Tue 00:00-24:00", 24 * 60)]
    public void AScheduleIsReadInLocalWallTime(string zone, string day, string schedule, int minutes)
    {
        Person adam = Somebody("hours");
        Assert.Equal(minutes, MinutesOf(zone, day).Count(minute => Hours(zone, ("hours", schedule)).RefusalOf(adam, minute) is null));
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29", "Sun 01:30-03:30")]
    [InlineData("Europe/Berlin", "2026-03-29", "Sat 22:00-06:00; Sun 12:00-13:00,13:00-14:00")]
    [InlineData("Europe/Berlin", "2026-10-25", "Sun 02:30-03:00")]
    [InlineData("America/New_York", "2026-03-08", "Sun 02:00-03:00")]
    [InlineData("Asia/Beirut", "2026-10-24", "Sat 23:00-24:00")]
    [InlineData("Asia/Kathmandu", "2026-03-29", "Sun 02:00-03:00")]
    public void AScheduleIsOpenWhenItsPeopleMayEnterAndChangesWhereThatChanges(string zone, string day, string schedule)
    {
        AccessHours hours = Hours(zone, ("shop", schedule));
        Person staff = Somebody("shop");
        DateTimeOffset[] minutes = [.. MinutesOf(zone, day)];
        bool[] isOpen = [.. minutes.Select(minute => hours.RefusalOf(staff, minute) is null)];

        Assert.Equal(isOpen, minutes.Select(minute => hours.IsOpen("shop", minute)));
        for (int at = 0; at < minutes.Length - 1; at += 7)
        {
            int next = Array.IndexOf(isOpen, !isOpen[at], at);
            if (next >= 0)
                Assert.Equal(minutes[next], hours.NextChange("shop", minutes[at].AddSeconds(31)));
        }
    }

    [Fact]
    public void AScheduleThatIsNotKnownIsNotOpenNorAnyBeforeTheClockIsSet()
    {
        AccessHours hours = Hours("Europe/Berlin", ("shop", "Mon-Sun 00:00-24:00"));
        AccessHours lost = new(new ScheduleOptions { ["shop"] = "Mon-Sun 00:00-24:00" }.Schedules, TimeZoneInfo.Utc, Built, "TZ is 'nowhere'");

        Assert.True(hours.IsOpen("SHOP", Built));
        Assert.False(hours.IsOpen("shop", Built.AddTicks(-1)));
        Assert.False(hours.IsOpen("other", Built));
        Assert.False(lost.IsOpen("shop", Built));
        Assert.Null(hours.NextChange("shop", Built));
        Assert.Null(hours.NextChange("shop", Built.AddTicks(-1)));
        Assert.Null(lost.Next(new TimeOnly(12, 0), Built));
        Assert.Null(hours.Next(new TimeOnly(12, 0), Built.AddTicks(-1)));
    }

    // A time that the clock leaves out is the first one after the gap; a time that it shows twice is the next of both.
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-02T11:00:00Z", "18:00", "2026-03-02T17:00:00Z")]
    [InlineData("Europe/Berlin", "2026-03-02T17:00:00Z", "18:00", "2026-03-03T17:00:00Z")]
    [InlineData("Europe/Berlin", "2026-03-28T23:30:00Z", "02:30", "2026-03-29T01:00:00Z")]
    [InlineData("Europe/Berlin", "2026-10-24T23:30:00Z", "02:30", "2026-10-25T00:30:00Z")]
    [InlineData("Europe/Berlin", "2026-10-25T00:45:00Z", "02:30", "2026-10-25T01:30:00Z")]
    [InlineData("Asia/Kathmandu", "2026-03-02T11:00:00Z", "18:00", "2026-03-02T12:15:00Z")]
    public void ATimeOfTheDayIsTheNextOneOnTheDoorsClock(string zone, string now, string time, string next) =>
        Assert.Equal(Instant(next), Hours(zone).Next(TimeOnly.Parse(time, CultureInfo.InvariantCulture), Instant(now)));

    // The last minute in which a person is valid, and the next one, whose local time may jump by the clock change.
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29", "2026-03-29T21:59:00Z")]
    [InlineData("Europe/Berlin", "2026-10-25", "2026-10-25T22:59:00Z")]
    [InlineData("Europe/Berlin", "2026-12-31", "2026-12-31T22:59:00Z")]
    [InlineData("Europe/Berlin", "2028-02-29", "2028-02-29T22:59:00Z")]
    [InlineData("America/New_York", "2026-11-01", "2026-11-02T04:59:00Z")]
    [InlineData("Atlantic/Azores", "2026-03-28", "2026-03-29T00:59:00Z")]
    [InlineData("Atlantic/Azores", "2026-10-25", "2026-10-26T00:59:00Z")]
    [InlineData("Asia/Beirut", "2026-03-28", "2026-03-28T21:59:00Z")]
    [InlineData("Asia/Beirut", "2026-10-24", "2026-10-24T21:59:00Z")]
    [InlineData("Europe/Berlin", "2026-03-29T12:00", "2026-03-29T09:59:00Z")]
    public void APersonIsValidToTheEndOfTheLastDay(string zone, string until, string lastMinute)
    {
        Person adam = Somebody() with { ValidUntil = ValidityDate.Parse(until) };
        AccessHours hours = Hours(zone);
        Assert.Null(hours.RefusalOf(adam, Instant(lastMinute)));
        Assert.Equal(new Refusal(DenyReason.OutsideValidity, $"valid until {until}"),
            hours.RefusalOf(adam, Instant(lastMinute).AddMinutes(1)));
    }

    // In Beirut the 29th begins at one o'clock; on the Azores the first hour of the 25th occurs twice.
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-30", "2026-03-29T22:00:00Z")]
    [InlineData("Asia/Beirut", "2026-03-29", "2026-03-28T22:00:00Z")]
    [InlineData("Atlantic/Azores", "2026-10-25", "2026-10-25T00:00:00Z")]
    [InlineData("America/New_York", "2026-03-08T03:00", "2026-03-08T07:00:00Z")]
    public void APersonIsValidFromTheStartOfTheFirstDay(string zone, string from, string firstMinute)
    {
        Person adam = Somebody() with { ValidFrom = ValidityDate.Parse(from) };
        AccessHours hours = Hours(zone);
        Assert.Equal(new Refusal(DenyReason.OutsideValidity, $"valid from {from}"),
            hours.RefusalOf(adam, Instant(firstMinute).AddMinutes(-1)));
        Assert.Null(hours.RefusalOf(adam, Instant(firstMinute)));
    }

    [Fact]
    public void AClockBeforeTheBuildDeniesPeopleWithHoursOrDates()
    {
        AccessHours hours = Hours("UTC", ("office", "Mon-Sun 00:00-24:00"));
        Refusal notSet = new(DenyReason.ClockNotSet, "it says 2025-12-31 23:59, and this program was built on 2026-01-01");
        DateTimeOffset before = Instant("2025-12-31T23:59:59Z");
        Assert.Equal(notSet, hours.RefusalOf(Somebody("office"), before));
        Assert.Equal(notSet, hours.RefusalOf(Somebody() with { ValidUntil = ValidityDate.Parse("2030-01-01") }, before));
        Assert.Equal(notSet, hours.RefusalOf(Somebody() with { ValidFrom = ValidityDate.Parse("2020-01-01") }, before));
        Assert.Null(hours.RefusalOf(Somebody(), before));
        Assert.Null(hours.RefusalOf(Somebody("ALWAYS"), before));
        Assert.Null(hours.RefusalOf(Somebody("Office"), Built));
    }

    [Theory]
    [InlineData("2026-03-28T12:00:00Z", "office is Mon-Fri 07:00-19:00; next from Mon 07:00")]
    [InlineData("2026-03-27T05:59:59Z", "office is Mon-Fri 07:00-19:00; next from Fri 07:00")]
    public void ARefusalOutsideTheHoursSaysWhenTheyBegin(string now, string detail) => Assert.Equal(
        new Refusal(DenyReason.OutsideSchedule, detail),
        Hours("Europe/Berlin", ("office", "Mon-Fri 07:00-19:00")).RefusalOf(Somebody("office"), Instant(now)));

    [Theory]
    [InlineData("Sun 02:30-05:00", "next from Sun 03:00")]
    [InlineData("Sun 02:00-02:30", "next from Sun 2026-04-05 02:00")]
    [InlineData("Sat 00:00-24:00; Mon 08:00-09:00", "next from Mon 08:00")]
    public void AnIntervalInAMissingHourBeginsAfterTheHourOrTheNextTime(string schedule, string next) => Assert.EndsWith(
        next, Hours("Europe/Berlin", ("odd", schedule))
            .RefusalOf(Somebody("odd"), Instant("2026-03-29T00:30:00Z"))?.Detail, StringComparison.Ordinal);

    // 2026-12-25 is a Friday.
    [Theory]
    [InlineData("2026-12-25T12:00:00Z", "office is Mon-Fri 07:00-19:00; holidays closed; next from Mon 07:00")]
    [InlineData("2026-12-22T19:00:00Z", "office is Mon-Fri 07:00-19:00; holidays closed; next from Wed 07:00")]
    public void ARefusalOnAHolidaySaysWhenTheHoursBegin(string now, string detail) => Assert.Equal(
        new Refusal(DenyReason.OutsideSchedule, detail),
        Hours("Europe/Berlin", ("office", "Mon-Fri 07:00-19:00; holidays closed"), ("holidays", "12-24..12-26"))
            .RefusalOf(Somebody("office"), Instant(now)));

    [Theory]
    [InlineData(null, "office is Mon 07:00-19:00; holidays closed; not again within eight years")]
    [InlineData("2027-01-01", "office is Mon 07:00-19:00; holidays closed; not again while they are valid (until 2027-01-01)")]
    public void ARefusalSaysWhenTheHoursNeverBegin(string? until, string detail) => Assert.Equal(detail,
        Hours("UTC", ("office", "Mon 07:00-19:00; holidays closed"), ("holidays", "01-01..12-31")).RefusalOf(Somebody("office") with
        {
            ValidUntil = until is null ? null : ValidityDate.Parse(until),
        }, Instant("2026-12-25T12:00:00Z"))?.Detail);

    [Theory]
    [InlineData("2026-12-25T12:00:00Z", false, "2026-12-28T07:00:00Z")]
    [InlineData("2026-12-28T12:00:00Z", true, "2026-12-28T19:00:00Z")]
    public void TheStateOfAScheduleSaysWhenItChanges(string now, bool isOpen, string changes)
    {
        AccessHours hours = Hours("UTC", ("office", "Mon-Fri 07:00-19:00; holidays closed"), ("holidays", "12-24..12-26"));
        Assert.Equal(isOpen, hours.IsOpen("OFFICE", Instant(now)));
        Assert.Equal(Instant(changes), hours.NextChange("OFFICE", Instant(now)));
    }

    [Fact]
    public void AScheduleWhoseStateIsNotKnownIsClosedAndDoesNotChange()
    {
        ScheduleOptions options = new() { ["day"] = "Mon-Sun 00:00-23:00" };
        AccessHours unset = new(options.Schedules, TimeZoneInfo.Utc, Built, "TZ is 'Berln'"), hours = new(options.Schedules, TimeZoneInfo.Utc, Built);
        foreach ((AccessHours one, string name, DateTimeOffset now) in new[]
        {
            (hours, "days", Built), (hours, "day", Instant("2025-12-31T12:00:00Z")), (unset, "day", Built),
        })
        {
            Assert.False(one.IsOpen(name, now));
            Assert.Null(one.NextChange(name, now));
        }
    }

    [Fact]
    public void ADateIsFormattedIndependentlyOfTheMachinesCalendar()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("th-TH");
            Assert.Equal("Thu 2026-12-24 08:00:30", Hours("UTC").Words(Instant("2026-12-24T08:00:30Z"), Instant("2026-11-28T00:00:00Z")));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void AnUnconfiguredScheduleIsNeverOpenAndIsNamed()
    {
        AccessHours hours = Hours("UTC", ("office", "Mon-Fri 07:00-19:00"));
        Assert.Equal(new Refusal(DenyReason.OutsideSchedule, "their schedule 'ofice' is not in section Schedules of the configuration"),
            hours.RefusalOf(Somebody("ofice"), Built));
        Gallery gallery = new(1, "test", 2,
            [Somebody("ofice"), Somebody("ofice") with { Id = 2, Name = "nora" },
            Somebody("Office") with { Id = 3 }, Somebody() with { Id = 4 }],
            new Dictionary<string, BadgeOwner>(), []);
        Assert.Equal(["'ofice' of adam, nora. Did you mean office?"], hours.Unconfigured(gallery));
    }

    [Theory]
    [InlineData(5, "p1, p2, p3, p4, p5")]
    [InlineData(6, "p1, p2, p3, p4, p5 and 1 more")]
    [InlineData(9, "p1, p2, p3, p4, p5 and 4 more")]
    public void FivePeopleWithAnUnconfiguredScheduleAreNamed(int people, string names)
    {
        Gallery gallery = new(1, "test", 2, [.. Enumerable.Range(1, people)
            .Select(id => Somebody("ofice") with { Id = id, Name = $"p{id}" })], new Dictionary<string, BadgeOwner>(), []);
        Assert.Equal([$"'ofice' of {names}."], Hours("UTC").Unconfigured(gallery));
    }

    [Fact]
    public void AnUnknownZoneDeniesOnlyPeopleWithHoursOrDates()
    {
        ScheduleOptions options = new() { ["day"] = "Mon-Sun 00:00-24:00" };
        AccessHours hours = new(options.Schedules, TimeZoneInfo.Utc, Built, "TZ is 'Europe/Berln'");
        Refusal unknown = new(DenyReason.ClockNotSet, "TZ is 'Europe/Berln'");
        Assert.Null(hours.RefusalOf(Somebody(), Built));
        Assert.Equal(unknown, hours.RefusalOf(Somebody("day"), Built));
        Assert.Equal(unknown, hours.RefusalOf(Somebody() with { ValidUntil = ValidityDate.Parse("2099-01-01") }, Built));
    }

    private static AccessHours Hours(string zone, params (string Name, string Text)[] schedules)
    {
        ScheduleOptions options = [];
        foreach ((string name, string text) in schedules)
            options.Add(name, text);
        return new AccessHours(options.Schedules, TimeZoneInfo.FindSystemTimeZoneById(zone), Built);
    }

    private static Person Somebody(string schedule = "always") => new(1, "adam", true, false, schedule, 0, 0);

    /// <summary>Returns every minute of real time from ten in the evening before to the end of that local day.</summary>
    private static IEnumerable<DateTimeOffset> MinutesOf(string zone, string day)
    {
        TimeZoneInfo place = TimeZoneInfo.FindSystemTimeZoneById(zone);
        DateTime date = DateTime.Parse(day, CultureInfo.InvariantCulture);
        DateTimeOffset from = new(date.AddDays(-2), TimeSpan.Zero);
        return Enumerable.Range(0, 5 * 1440).Select(minute => from.AddMinutes(minute))
            .Where(minute => TimeZoneInfo.ConvertTime(minute, place).DateTime is var local
                && local >= date.AddHours(-2) && local < date.AddDays(1));
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
