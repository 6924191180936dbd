using CsCheck;
using DoorAgent.Schedules;

namespace DoorAgent.Tests.Schedules;

public sealed class ScheduleTests
{
    private const string Office = "Mon-Fri 07:00-19:00; Sat 08:00-12:00";

    // 2026-03-02 is a Monday.
    [Theory]
    [InlineData(Office, "2026-03-02T06:59:59", false)]
    [InlineData(Office, "2026-03-02T07:00:00", true)]
    [InlineData(Office, "2026-03-02T18:59:59", true)]
    [InlineData(Office, "2026-03-02T19:00:00", false)]
    [InlineData(Office, "2026-03-06T12:00:00", true)]
    [InlineData(Office, "2026-03-07T07:30:00", false)]
    [InlineData(Office, "2026-03-07T11:59:59", true)]
    [InlineData(Office, "2026-03-08T12:00:00", false)]
    [InlineData("Mon 22:00-06:00", "2026-03-02T05:00:00", false)]
    [InlineData("Mon 22:00-06:00", "2026-03-02T22:00:00", true)]
    [InlineData("Mon 22:00-06:00", "2026-03-03T05:59:59", true)]
    [InlineData("Mon 22:00-06:00", "2026-03-03T06:00:00", false)]
    [InlineData("Mon 22:00-06:00", "2026-03-03T22:00:00", false)]
    [InlineData("Sun 22:00-06:00", "2026-03-02T03:00:00", true)]
    [InlineData("Sun 22:00-24:00", "2026-03-08T23:59:59", true)]
    [InlineData("Sun 22:00-24:00", "2026-03-09T00:00:00", false)]
    [InlineData("Sun 22:00-00:00", "2026-03-09T00:00:00", false)]
    [InlineData("Mon-Sun 00:00-24:00", "2026-03-09T00:00:00", true)]
    [InlineData("Tue 08:00-09:00", "2028-02-29T08:30:00", true)]
    [InlineData("Tue 22:00-02:00", "2028-03-01T01:00:00", true)]
    [InlineData("Mon,Wed 08:00-12:00,13:00-17:00", "2026-03-04T12:30:00", false)]
    [InlineData("Mon,Wed 08:00-12:00,13:00-17:00", "2026-03-04T13:30:00", true)]
    [InlineData("Sat-Mon 08:00-12:00", "2026-03-08T08:00:00", true)]
    [InlineData("Sat-Mon 08:00-12:00", "2026-03-10T08:00:00", false)]
    public void AScheduleIsOpenInItsIntervalsByTheirFirstDay(string schedule, string local, bool isOpen) =>
        Assert.Equal(isOpen, Schedule.Parse(schedule).IsOpenAt(At(local)));

    [Theory]
    [InlineData("2026-03-02T19:00:00", "2026-03-03T07:00:00")]
    [InlineData("2026-03-02T06:00:00", "2026-03-02T07:00:00")]
    [InlineData("2026-03-06T19:00:00", "2026-03-07T08:00:00")]
    [InlineData("2026-03-07T12:00:00", "2026-03-09T07:00:00")]
    public void TheNextOpeningIsFound(string local, string next) => Assert.Equal(At(next), Schedule.Parse(Office).NextOpening(At(local)));

    [Fact]
    public void AWeeklyIntervalOpensNextInAWeek() =>
        Assert.Equal(At("2026-03-09T08:00:00"), Schedule.Parse("Mon 08:00-09:00").NextOpening(At("2026-03-02T08:00:00")));

    [Theory]
    [InlineData("", "column 1: a day, such as Mon or Mon-Fri, is missing")]
    [InlineData("Mon-Fir 07:00-19:00", "column 5: 'Fir' is not a day. Did you mean Fri?")]
    [InlineData("Feiertags 07:00-19:00", "column 1: 'Feiertags' is not a day. Known here: Mon, Tue")]
    [InlineData("Mon-Fri", "column 8: a time, such as 07:00-19:00, is missing")]
    [InlineData("Mon 7-19", "column 5: '7' is not a time of day")]
    [InlineData("Mon 07:60-19:00", "column 5: '07:60' is not a time of day")]
    [InlineData("Mon 07:00-24:01", "column 11: '24:01' is not a time of day")]
    [InlineData("Mon 07:00", "column 10: the end of the interval is missing")]
    [InlineData("Mon 24:00-07:00", "column 5: 24:00 is the end of a day")]
    [InlineData("Mon 07:00-07:00", "column 5: the interval begins and ends at the same time")]
    [InlineData("Mon 07:00-08:00 Tue 09:00-10:00",
        "column 17: 'Tue 09:00-10:00' is not expected here: use a semicolon before the next days")]
    [InlineData("Mon 07:00-08:00;", "column 17: a day")]
    [InlineData("Mon,07:00-08:00", "column 5: '07:00' is not a day")]
    public void AnInvalidScheduleIsRefusedWithTheColumnAndTheNearestWord(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => Schedule.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void CaseAndSpacesDoNotMatter() =>
        Assert.Equal("Mon-Wed,Sun 07:00-19:00; Mon-Wed,Sun 20:00-02:00",
            Schedule.Parse(" mon - WED , sun  7:00 - 19:00 , 20:00-2:00 ").ToString());

    [Fact]
    public void APrintedScenarioIsReadBackEqual() => Some.Sample(
        schedule => Schedule.Parse(schedule.ToString()).Intervals.SequenceEqual(schedule.Intervals), print: schedule =>
            schedule.ToString());

    [Fact]
    [Slow]
    public void AScheduleIsOpenExactlyInTheMinutesOfANaiveCount() => Some.Sample(
        schedule =>
        {
            bool[] minutes = MinutesOfTheWeek(schedule);
            for (int minute = 0; minute < minutes.Length; minute += 7)
            {
                DateTime local = At("2026-03-01T00:00:00").AddMinutes(minute);
                Assert.Equal(minutes[minute], schedule.IsOpenAt(local));
                if (!minutes[minute])
                    Assert.True(minutes[(int)(schedule.NextOpening(local) - At("2026-03-01T00:00:00")).TotalMinutes % minutes.Length]);
            }
        },
        print: schedule => schedule.ToString(), iter: 200);

    private static Gen<Schedule> Some { get; } = Gen.Select(Gen.Int[1, 0b111_1111], Gen.Int[0, 1439], Gen.Int[0, 1440])
        .Where((_, from, until) => from != until)
        .Select((days, from, until) => new ScheduleInterval(days, TimeSpan.FromMinutes(from), TimeSpan.FromMinutes(until)))
        .Array[1, 5].Select(intervals => new Schedule([.. intervals]));

    /// <summary>A naive implementation: every minute from Sunday 00:00 on, each interval minute by minute.</summary>
    private static bool[] MinutesOfTheWeek(Schedule schedule)
    {
        const int Day = 1440;
        bool[] minutes = new bool[7 * Day];
        foreach (ScheduleInterval interval in schedule.Intervals)
        {
            for (int day = 0; day < 7; day++)
            {
                if ((interval.Days & (1 << day)) == 0)
                    continue;
                int from = (day * Day) + (int)interval.From.TotalMinutes;
                int until = (day * Day) + (int)interval.Until.TotalMinutes + (interval.Until < interval.From ? Day : 0);
                for (int minute = from; minute < until; minute++)
                    minutes[minute % minutes.Length] = true;
            }
        }

        return minutes;
    }

    private static DateTime At(string local) => DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture);
}
