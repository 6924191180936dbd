using DoorAgent.Schedules;
using DoorAgent.Settings;
using Microsoft.Extensions.Configuration;

namespace DoorAgent.Tests.Schedules;

public sealed class ScheduleOptionsTests
{
    [Fact]
    public void NamesKeepTheirCaseAndSpaces()
    {
        ScheduleOptions options = Settings(
            "Schedules:Office=Mon-Fri 07:00-19:00", "Schedules:night shift=Mon-Sun 22:00-06:00", "Schedules:Comparer=Mon 01:00-02:00",
            "Schedules:Item=Mon 01:00-02:00").Section<ScheduleOptions>();
        Assert.Equal(["Comparer", "Item", "Office", "night shift"], options.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("Mon-Fri 07:00-19:00", options.Schedules["OFFICE"].ToString());
    }

    [Fact]
    public void WithoutTheSectionThereAreNoSchedules() => Assert.Empty(Settings().Section<ScheduleOptions>().Schedules);

    [Fact]
    public void TheEffectiveSettingsShowTheSchedules() => Assert.Contains(
        new EffectiveSetting("Schedules:office", "Mon 07:00-08:00", "scenario"), Settings("Schedules:office=Mon 07:00-08:00").Effective);

    [Theory]
    [InlineData("Schedules:office=Mon-Fir 07:00-19:00",
        "Schedules:office is 'Mon-Fir 07:00-19:00': column 5: 'Fir' is not a day. Did you mean Fri?")]
    [InlineData("Schedules:office=", "Schedules:office is '': column 1: a day")]
    [InlineData("Schedules:Always=Mon 07:00-08:00", "Schedules:Always is Mon 07:00-08:00: everybody who has no other schedule has always")]
    public void AnInvalidScheduleIsRefusedWithNameAndColumn(string setting, string message) => Assert.StartsWith(
        message, Assert.Throws<UserErrorException>(() => Settings(setting).Section<ScheduleOptions>()).Message, StringComparison.Ordinal);

    [Fact]
    public void HolidaysAreDatesAndNoScheduleOfThatName()
    {
        ScheduleOptions options = Settings("Schedules:Holidays=2026-12-25, 01-01", "Schedules:office=Mon-Sun 07:00-19:00; holidays closed",
            "Schedules:guard=Mon-Sun 07:00-19:00").Section<ScheduleOptions>();
        Assert.Equal("2026-12-25, 01-01", options.Holidays.ToString());
        Assert.Equal(["guard", "office"], options.Schedules.Keys.Order(StringComparer.Ordinal));
        DateTime christmas = new(2026, 12, 25, 12, 0, 0);
        Assert.Equal([true, false], new[] { "guard", "office" }.Select(name => options.Schedules[name].IsOpenAt(christmas)));
        Assert.False(options.HasScheduleOfHolidays);
    }

    // The name was free until holidays came.
    [Fact]
    public void AScheduleWithTheNameOfHolidaysStaysASchedule()
    {
        ScheduleOptions options = Settings("Schedules:holidays=Mon-Sun 09:00-12:00").Section<ScheduleOptions>();
        Assert.True(options.HasScheduleOfHolidays);
        Assert.Empty(options.Holidays.Ranges);
        Assert.Equal("Mon-Sun 09:00-12:00", options.Schedules["holidays"].ToString());
    }

    [Theory]
    [InlineData("Schedules:holidays=25.12.", "Schedules:holidays is '25.12.': column 1: '25.12.' is not a date")]
    [InlineData("Schedules:holidays=", "Schedules:holidays is '': column 1: a date, such as 2026-12-25")]
    [InlineData("Schedules:holidays=Mun 07:00-08:00", "Schedules:holidays is 'Mun 07:00-08:00': column 1: 'Mun' is not a day")]
    [InlineData("Schedules:office=Mon 07:00-08:00; holidays closed",
        "Schedules:office is 'Mon 07:00-08:00; holidays closed': no holidays are configured: write their dates into Schedules:holidays")]
    public void InvalidHolidaysAreRefusedWithNameAndColumn(string setting, string message) => Assert.StartsWith(
        message, Assert.Throws<UserErrorException>(() => Settings(setting).Section<ScheduleOptions>()).Message, StringComparison.Ordinal);

    [Fact]
    public void AMisspeltSectionIsNamed() => Assert.Contains(
        "Did you mean Schedules:office?",
        Assert.Throws<UserErrorException>(() => Settings("Schedule:office=Mon 07:00-08:00")).Message, StringComparison.Ordinal);

    private static LoadedSettings Settings(params string[] assignments) => SettingsFile.FromAssignments("scenario", assignments);
}
