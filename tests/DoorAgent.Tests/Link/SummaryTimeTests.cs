using DoorAgent.Link;

namespace DoorAgent.Tests.Link;

public sealed class SummaryTimeTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("07:00", true)]
    [InlineData("00:00", true)]
    [InlineData("23:59", true)]
    [InlineData("off", true)]
    [InlineData("24:00", false)]
    [InlineData("7:00", false)]
    [InlineData("07:00:00", false)]
    [InlineData("", false)]
    [InlineData("Off", false)]
    public void ATimeIsHoursAndMinutesOrOff(string text, bool isValid) => Assert.Equal(isValid, SummaryTime.IsValid(text));

    [Theory]
    [InlineData("2026-03-02T06:59:59+01:00", "2026-03-02T07:00:00+01:00")]
    [InlineData("2026-03-02T07:00:00+01:00", "2026-03-03T07:00:00+01:00")]
    [InlineData("2026-03-02T23:59:00+01:00", "2026-03-03T07:00:00+01:00")]
    [InlineData("2026-03-02T23:30:00+00:00", "2026-03-03T07:00:00+01:00")]
    [InlineData("2026-03-28T08:00:00+01:00", "2026-03-29T07:00:00+02:00")]
    public void TheNextSummaryIsAtTheNextTimeOfTheLocalClock(string since, string next) => Assert.Equal(DateTimeOffset.Parse(next, null),
        SummaryTime.Next(DateTimeOffset.Parse(since, null), new TimeOnly(7, 0), Berlin));

    /// <summary>On 2026-03-29 the clocks go from 2:00 to 3:00, and on 2026-10-25 from 3:00 to 2:00.</summary>
    [Theory]
    [InlineData("2026-03-28T12:00:00+01:00", "2026-03-29T03:30:00+02:00")]
    [InlineData("2026-10-24T12:00:00+02:00", "2026-10-25T02:30:00+01:00")]
    [InlineData("2026-10-25T02:30:00+01:00", "2026-10-26T02:30:00+01:00")]
    public void AChangeOfTheClocksNeitherDropsNorRepeatsASummary(string since, string next) =>
        Assert.Equal(DateTimeOffset.Parse(next, null),
        SummaryTime.Next(DateTimeOffset.Parse(since, null), new TimeOnly(2, 30), Berlin));

    [Fact]
    public void OverTwoYearsThereIsOneSummaryADay()
    {
        DateTimeOffset at = new(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(1));
        HashSet<DateTime> days = [];
        for (int day = 0; day < 730; day++)
        {
            at = SummaryTime.Next(at, new TimeOnly(2, 30), Berlin);
            Assert.True(days.Add(TimeZoneInfo.ConvertTime(at, Berlin).Date));
        }

        Assert.Equal(729, (days.Max() - days.Min()).Days);
    }
}
