using System.Globalization;
using CsCheck;
using DoorAgent.Schedules;

namespace DoorAgent.Tests.Schedules;

/// <summary>Dates, ranges and days of every year.</summary>
public sealed class HolidaysTests
{
    [Theory]
    [InlineData("2026-12-25", "2026-12-25", true)]
    [InlineData("2026-12-25", "2027-12-25", false)]
    [InlineData("2026-12-24..2026-12-31", "2026-12-23", false)]
    [InlineData("2026-12-24..2026-12-31", "2026-12-24", true)]
    [InlineData("2026-12-24..2026-12-31", "2026-12-31", true)]
    [InlineData("2026-12-24..2026-12-31", "2027-01-01", false)]
    [InlineData("2026-12-24..2027-01-06", "2027-01-06", true)]
    [InlineData("12-25", "2026-12-25", true)]
    [InlineData("12-25", "2031-12-25", true)]
    [InlineData("12-25", "2031-12-26", false)]
    [InlineData("12-24..01-01", "2026-12-23", false)]
    [InlineData("12-24..01-01", "2026-12-24", true)]
    [InlineData("12-24..01-01", "2027-01-01", true)]
    [InlineData("12-24..01-01", "2027-01-02", false)]
    [InlineData("05-01..05-03", "2026-05-03", true)]
    [InlineData("05-01..05-03", "2026-04-30", false)]
    [InlineData("02-29", "2028-02-29", true)]
    [InlineData("02-29", "2027-02-28", false)]
    [InlineData("02-29", "2027-03-01", false)]
    [InlineData("02-28..03-01", "2028-02-29", true)]
    [InlineData("01-01, 2026-04-03", "2026-04-03", true)]
    [InlineData("01-01, 2026-04-03", "2027-01-01", true)]
    public void ADayIsAHolidayByDateOrInEveryYear(string holidays, string day, bool isHoliday) =>
        Assert.Equal(isHoliday, Holidays.Parse(holidays).Contains(DateOnly.Parse(day, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("", "column 1: a date, such as 2026-12-25, or 12-25 for every year, is missing here")]
    [InlineData("12-25,", "column 7: a date, such as 2026-12-25")]
    [InlineData("12-25, 25.12.", "column 8: '25.12.' is not a date: write 2026-12-25")]
    [InlineData("2026-02-29", "column 1: '2026-02-29' is not a date")]
    [InlineData("02-30", "column 1: '02-30' is not a date")]
    [InlineData("2026-12-24..", "column 13: a date, such as 2026-12-25")]
    [InlineData("2026-12-24..12-31", "column 13: one end of the range has a year and the other has none")]
    [InlineData("12-24..2027-01-01", "column 8: one end of the range has a year")]
    [InlineData("05-01, 2026-12-24..2026-12-23", "column 20: the range ends before it begins")]
    [InlineData("2026-12-24 - 2026-12-31", "column 1: '2026-12-24 - 2026-12-31' is not a date")]
    [InlineData("1-1", "column 1: '1-1' is not a date")]
    public void InvalidHolidaysAreRefusedWithTheColumn(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => Holidays.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void SpacesDoNotMatterAndOneDayIsPrintedAsOne() =>
        Assert.Equal("2026-12-25, 12-24..01-01, 05-01", Holidays.Parse(" 2026-12-25 ,12-24 .. 01-01,  05-01..05-01").ToString());

    [Theory]
    [InlineData("2026-12-24..2026-12-31, 2026-05-01", "2026-12-31")]
    [InlineData("2026-12-24, 05-01", null)]
    public void TheLastDayIsKnownWhereNoDayIsOfEveryYear(string holidays, string? last) => Assert.Equal(
        last is null ? null : DateOnly.Parse(last, CultureInfo.InvariantCulture), Holidays.Parse(holidays).Last);

    [Fact]
    public void PrintedHolidaysAreReadBackEqual() => Some.Sample(
        holidays => Holidays.Parse(holidays.ToString()).Ranges.SequenceEqual(holidays.Ranges), print: holidays => holidays.ToString());

    [Fact]
    public void DatesAreTheSameInEveryCalendarOfTheMachine()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("th-TH");
            Assert.Equal("2026-12-25", Holidays.Parse("2026-12-25").ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>Any holidays of the years 2025 to 2028 and of every year.</summary>
    internal static Gen<Holidays> Some { get; } = Gen.Select(Gen.Int[0, 1460], Gen.Int[0, 20], Gen.Bool, Range).Array[1, 4]
        .Select(ranges => new Holidays([.. ranges]));

    private static HolidayRange Range(int day, int length, bool isEveryYear)
    {
        DateOnly first = new DateOnly(2025, 1, 1).AddDays(day), last = first.AddDays(length);
        return isEveryYear
            ? new HolidayRange(new DateOnly(HolidayRange.AnyYear, first.Month, first.Day),
                new DateOnly(HolidayRange.AnyYear, last.Month, last.Day), true)
            : new HolidayRange(first, last, false);
    }
}
