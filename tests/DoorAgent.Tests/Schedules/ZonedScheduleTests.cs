using System.Globalization;
using CsCheck;
using DoorAgent.Schedules;

namespace DoorAgent.Tests.Schedules;

/// <summary>When a schedule opens and closes in real places, over holidays and changes of the clock.</summary>
public sealed class ZonedScheduleTests
{
    private const string Office = "Mon-Fri 07:00-19:00; Sat 08:00-12:00";

    // 2026-03-02 is a Monday, and 2026-12-25 a Friday.
    [Theory]
    [InlineData("UTC", Office, "2026-03-02T06:00:00Z", "2026-03-02T07:00:00Z")]
    [InlineData("UTC", Office, "2026-03-02T07:00:00Z", "2026-03-02T19:00:00Z")]
    [InlineData("UTC", Office, "2026-03-06T19:00:00Z", "2026-03-07T08:00:00Z")]
    [InlineData("UTC", Office, "2026-03-07T12:00:00Z", "2026-03-09T07:00:00Z")]
    [InlineData("UTC", "Mon 08:00-09:00", "2026-03-02T09:00:00Z", "2026-03-09T08:00:00Z")]
    [InlineData("UTC", "Mon 08:00-09:00; Mon 09:00-10:00", "2026-03-02T08:30:00Z", "2026-03-02T10:00:00Z")]
    [InlineData("UTC", "Mon 22:00-06:00; Tue 05:00-07:00", "2026-03-02T23:00:00Z", "2026-03-03T07:00:00Z")]
    [InlineData("UTC", "Mon-Sun 00:00-24:00", "2026-03-02T08:30:00Z", null)]
    [InlineData("UTC", "Mon-Sun 00:00-24:00; holidays closed", "2026-03-02T08:30:00Z", "2026-12-24T00:00:00Z")]
    [InlineData("UTC", "Mon-Sun 00:00-24:00; holidays closed", "2026-12-24T00:00:00Z", "2027-01-02T00:00:00Z")]
    [InlineData("UTC", "Mon-Fri 07:00-19:00; holidays closed", "2026-12-23T19:00:00Z", "2027-01-04T07:00:00Z")]
    [InlineData("UTC", "Mon-Fri 07:00-19:00; holidays 09:00-10:00", "2026-12-23T19:00:00Z", "2026-12-24T09:00:00Z")]
    [InlineData("UTC", "Mon-Fri 22:00-06:00; holidays closed", "2026-12-23T23:00:00Z", "2026-12-24T06:00:00Z")]
    [InlineData("Europe/Berlin", "Sun 02:30-05:00", "2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("Europe/Berlin", "Sun 02:00-02:30", "2026-03-29T00:30:00Z", "2026-04-05T00:00:00Z")]
    [InlineData("Europe/Berlin", "Sun 01:00-02:30", "2026-10-25T00:10:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("Europe/Berlin", "Sun 01:00-02:30", "2026-10-25T00:40:00Z", "2026-10-25T01:00:00Z")]
    [InlineData("Europe/Berlin", "Sun 01:00-02:30", "2026-10-25T01:10:00Z", "2026-10-25T01:30:00Z")]
    [InlineData("Atlantic/Azores", "Sat 22:00-00:30", "2026-10-25T00:40:00Z", "2026-10-25T01:00:00Z")]
    [InlineData("Asia/Beirut", "Sat 22:00-23:30", "2026-10-24T20:40:00Z", "2026-10-24T21:00:00Z")]
    public void TheNextChangeIsFound(string zone, string schedule, string now, string? next) => Assert.Equal(
        next is null ? null : At(next),
        new ZonedSchedule(Schedule.Parse(schedule).With(Holidays.Parse("12-24..01-01")), Zone(zone)).NextChange(At(now))?.ToUniversalTime());

    [Theory]
    [InlineData("02-29", "2026-03-02T00:00:00Z", "2028-02-29T09:00:00Z")]
    [InlineData("02-29", "2096-03-01T00:00:00Z", "2104-02-29T09:00:00Z")]
    [InlineData("2025-02-28", "2026-03-02T00:00:00Z", null)]
    public void HoursOnHolidaysAloneOpenOnTheNextOne(string holidays, string now, string? next) => Assert.Equal(
        next is null ? null : At(next),
        new ZonedSchedule(Schedule.Parse("holidays 09:00-10:00").With(Holidays.Parse(holidays)), TimeZoneInfo.Utc).NextChange(At(now)));

    [Fact]
    public void AScheduleThatIsClosedAllTheYearNeverChanges() => Assert.Null(new ZonedSchedule(
        Schedule.Parse("Mon-Sun 07:00-19:00; holidays closed").With(Holidays.Parse("01-01..12-31")), Zone("Europe/Berlin"))
        .NextChange(At("2026-03-02T00:00:00Z")));

    // Each minute of ten days is asked: around the changes of the clock, and with holidays in between.
    [Fact]
    public void OpenMinutesAndTheNextChangeEqualANaiveWalk() => Gen.Select(ScheduleTests.Some, HolidaysTests.Some,
        OneOf("UTC", "Europe/Berlin", "Atlantic/Azores", "Asia/Beirut", "America/New_York", "Australia/Lord_Howe"),
        OneOf("2026-03-27", "2026-10-22", "2026-12-22", "2028-02-26", "2026-04-02"), Gen.Int[0, 4 * 1440]).Sample(
        (schedule, holidays, zone, day, minute) =>
        {
            schedule = schedule.With(holidays);
            ZonedSchedule zoned = new(schedule, Zone(zone));
            DateTimeOffset now = At(day + "T00:00:00Z").AddMinutes(minute);
            bool isOpen = IsNaivelyOpen(schedule, Local(now, zone));
            Assert.Equal(isOpen, zoned.IsOpenAt(now));
            DateTimeOffset walked = now.AddMinutes(1), end = now.AddDays(10);
            while (walked < end && IsNaivelyOpen(schedule, Local(walked, zone)) == isOpen)
                walked = walked.AddMinutes(1);
            DateTimeOffset? next = zoned.NextChange(now);
            Assert.True(walked < end ? next == walked : next is null || next >= end, $"{next} is not {walked}");
        }, print: one => $"{one}", iter: 300);

    /// <summary>Counts the intervals that begin today or began yesterday, minute by minute.</summary>
    private static bool IsNaivelyOpen(Schedule schedule, DateTime local)
    {
        for (int back = 0; back <= 1; back++)
        {
            DateTime date = local.Date.AddDays(-back);
            bool isHoliday = schedule.Holidays.Ranges.Any(range => IsNaivelyIn(range, date));
            foreach (ScheduleInterval interval in schedule.Intervals)
            {
                bool heeds = schedule.IsClosedOnHolidays || schedule.Intervals.Any(one => (one.Days & 128) != 0);
                bool begins = heeds && isHoliday ? (interval.Days & 128) != 0 : (interval.Days & (1 << (int)date.DayOfWeek)) != 0;
                double from = interval.From.TotalMinutes, until = interval.Until.TotalMinutes + (interval.Until <= interval.From ? 1440 : 0);
                double at = (local - date).TotalMinutes;
                if (begins && at >= from && at < until)
                    return true;
            }
        }

        return false;
    }

    private static bool IsNaivelyIn(HolidayRange range, DateTime date)
    {
        for (DateOnly day = range.First; ; day = range.IsEveryYear && (day.Month, day.Day) == (12, 31) ? new DateOnly(2000, 1, 1) : day.AddDays(1))
        {
            if ((day.Month, day.Day) == (date.Month, date.Day) && (range.IsEveryYear || day.Year == date.Year))
                return true;
            if (day == range.Last)
                return false;
        }
    }

    private static Gen<string> OneOf(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);

    private static DateTime Local(DateTimeOffset moment, string zone) => TimeZoneInfo.ConvertTime(moment, Zone(zone)).DateTime;

    private static TimeZoneInfo Zone(string name) => TimeZoneInfo.FindSystemTimeZoneById(name);

    private static DateTimeOffset At(string moment) => DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture);
}
