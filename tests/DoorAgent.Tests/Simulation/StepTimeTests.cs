using DoorAgent.Simulation;

namespace DoorAgent.Tests.Simulation;

public sealed class StepTimeTests
{
    private static readonly ScenarioStart Morning = new(new DateTime(2026, 3, 28, 7, 55, 0), "Europe/Berlin");

    [Theory]
    [InlineData("0", 0, 0)]
    [InlineData("12.0000001", 3, 12.0000001)]
    [InlineData("+0.5", 3, 3.5)]
    [InlineData("+0", 3, 3)]
    [InlineData("07:55:00", 0, 0)]
    [InlineData("08:00:00", 0, 300)]
    [InlineData("08:00:00", 300, 300)]
    public void CountsFromTheStartFromTheStepBeforeOrByTheClock(string text, double before, double expected) =>
        Assert.Equal(TimeSpan.FromSeconds(expected), Read(text, before));

    [Fact]
    public void APastTimeOfDayMeansTheNextDayEvenIfThatDayIsAnHourShorter() =>
        Assert.Equal(TimeSpan.FromHours(22), Read("07:00:00", 0) + TimeSpan.FromMinutes(-5));

    [Fact]
    public void ATimeSkippedByTheClockIsRefused() =>
        Assert.Contains("does not exist", Assert.Throws<ScenarioSyntaxException>(() => Read("02:30:00", 1)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void AnAmbiguousTimeIsTheFirstNotBeforeTheStepAbove()
    {
        ScenarioStart start = new(new DateTime(2026, 10, 25, 0, 0, 0), "Europe/Berlin");
        Assert.Equal(TimeSpan.FromHours(2.5), StepTime.Read(Word("02:30:00"), start, TimeSpan.Zero));
        Assert.Equal(TimeSpan.FromHours(3.5), StepTime.Read(Word("02:30:00"), start, TimeSpan.FromHours(3)));
    }

    [Theory]
    [InlineData("8:00:00")]
    [InlineData("25:00:00")]
    [InlineData("1e3")]
    [InlineData("+")]
    [InlineData("99999999999")]
    public void AnInvalidTimeIsRefused(string text) => Assert.Throws<ScenarioSyntaxException>(() => Read(text, 0));

    private static TimeSpan Read(string text, double before) => StepTime.Read(Word(text), Morning, TimeSpan.FromSeconds(before));

    private static Word Word(string text) => new(text, 1, false);
}
