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

    // 2026-12-25 is a Friday. The holidays are the 24th to the 26th of December, 1 January and 29 February of every year, and the 3 April 2026.
    [Theory]
    [InlineData(Office, "2026-12-25T12:00:00", true)]
    [InlineData(Office + "; holidays closed", "2026-12-25T12:00:00", false)]
    [InlineData(Office + "; holidays closed", "2026-12-23T12:00:00", true)]
    [InlineData(Office + "; holidays closed", "2026-04-03T12:00:00", false)]
    [InlineData(Office + "; holidays closed", "2027-04-02T12:00:00", true)]
    [InlineData(Office + "; holidays 09:00-10:00", "2026-12-25T09:59:59", true)]
    [InlineData(Office + "; holidays 09:00-10:00", "2026-12-25T10:00:00", false)]
    [InlineData(Office + "; holidays 09:00-10:00", "2026-12-23T09:30:00", true)]
    [InlineData("Mon-Thu,holidays 07:00-19:00; Fri 07:00-12:00", "2026-12-25T18:00:00", true)]
    [InlineData("Mon-Thu,holidays 07:00-19:00; Fri 07:00-12:00", "2026-12-18T18:00:00", false)]
    [InlineData("holidays 09:00-10:00", "2028-02-29T09:30:00", true)]
    [InlineData("holidays 09:00-10:00", "2027-02-28T09:30:00", false)]
    [InlineData("holidays 09:00-10:00", "2027-03-01T09:30:00", false)]
    [InlineData("Mon-Sun 22:00-06:00; holidays closed", "2026-12-24T05:59:59", true)]
    [InlineData("Mon-Sun 22:00-06:00; holidays closed", "2026-12-24T22:00:00", false)]
    [InlineData("Mon-Sun 22:00-06:00; holidays closed", "2026-12-27T05:00:00", false)]
    [InlineData("Mon-Sun 22:00-06:00; holidays closed", "2026-12-27T22:00:00", true)]
    [InlineData("Sat 08:00-09:00; holidays 22:00-06:00", "2026-12-27T05:59:59", true)]
    [InlineData("Sat 08:00-09:00; holidays 22:00-06:00", "2026-12-27T06:00:00", false)]
    [InlineData("Sat 08:00-09:00; holidays 22:00-06:00", "2026-12-24T05:00:00", false)]
    public void OnHolidaysAScheduleIsOpenAsItsWordsSay(string schedule, string local, bool isOpen) => Assert.Equal(isOpen,
        Schedule.Parse(schedule).With(Holidays.Parse("12-24..12-26, 01-01, 2026-04-03, 02-29")).IsOpenAt(At(local)));

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
    [InlineData("Mon 07:00-08:00; holliday closed", "column 18: 'holliday' is not a day. Did you mean holidays?")]
    [InlineData("Mon 07:00-08:00; holidays cloesd", "column 27: 'cloesd' is not a time of day")]
    [InlineData("Mon 07:00-08:00; holidays", "column 26: a time, such as 07:00-19:00, is missing")]
    [InlineData("Mon 07:00-08:00; Tue closed", "column 22: only holidays are closed; leave out other days")]
    [InlineData("Mon 07:00-08:00; Tue,holidays closed", "column 31: only holidays are closed")]
    [InlineData("Mon-holidays 07:00-08:00", "column 5: holidays do not end a range; use a comma")]
    [InlineData("holidays-Tue 07:00-08:00", "column 9: a time, such as 07:00-19:00, is missing")]
    [InlineData("holidays closed", "column 16: the schedule is never open: write hours too")]
    [InlineData("Mon 07:00-08:00; holidays closed; holidays 08:00-09:00", "column 44: the holidays are closed already")]
    [InlineData("holidays 08:00-09:00; holidays closed", "column 32: the holidays have hours already")]
    [InlineData("Mon 07:00-08:00; holidays closed, 09:00-10:00", "column 33: ', 09:00-10:00' is not expected here")]
    public void AnInvalidScheduleIsRefusedWithTheColumnAndTheNearestWord(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => Schedule.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void CaseAndSpacesDoNotMatter() =>
        Assert.Equal("Mon-Wed,Sun 07:00-19:00; Mon-Wed,Sun 20:00-02:00",
            Schedule.Parse(" mon - WED , sun  7:00 - 19:00 , 20:00-2:00 ").ToString());

    [Theory]
    [InlineData("Mon-Fri 07:00-19:00; HOLIDAYS Closed", "Mon-Fri 07:00-19:00; holidays closed")]
    [InlineData("holidays closed; Mon-Fri 07:00-19:00", "Mon-Fri 07:00-19:00; holidays closed")]
    [InlineData("holidays , Mon 09:00-12:00,22:00-2:00", "Mon,holidays 09:00-12:00; Mon,holidays 22:00-02:00")]
    public void HolidaysAreTheLastDay(string text, string printed) => Assert.Equal(printed, Schedule.Parse(text).ToString());

    [Fact]
    public void APrintedScheduleIsReadBackEqual() => Some.Sample(
        schedule => Schedule.Parse(schedule.ToString()) is var read && read.Intervals.SequenceEqual(schedule.Intervals)
            && read.IsClosedOnHolidays == schedule.IsClosedOnHolidays, print: schedule => schedule.ToString());

    /// <summary>Any schedule, with and without words on holidays.</summary>
    internal static Gen<Schedule> Some { get; } = Gen.Select(Gen.Int[1, 255], Gen.Int[0, 1439], Gen.Int[0, 1440])
        .Where((_, from, until) => from != until)
        .Select((days, from, until) => new ScheduleInterval(days, TimeSpan.FromMinutes(from), TimeSpan.FromMinutes(until)))
        .Array[1, 5].Select(Gen.Bool, (intervals, isClosed) => new Schedule([.. intervals])
        {
            IsClosedOnHolidays = isClosed && !intervals.Any(interval => interval.BeginsOnHolidays),
        });

    private static DateTime At(string local) => DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture);
}
