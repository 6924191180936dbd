using DoorAgent.Galleries;

namespace DoorAgent.Tests.Galleries;

public sealed class ScheduleNameTests
{
    [Theory]
    [InlineData("OFFICE", "Office")]
    [InlineData(" Office ", "Office")]
    [InlineData("Always", "always")]
    [InlineData("Night Shift", "Night Shift")]
    public void AConfiguredNameHasTheConfigurationsSpelling(string text, string name) =>
        Assert.Equal(name, ScheduleName.Parse(text, ["Office"]));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a:b")]
    [InlineData("a\tb")]
    public void AnImpossibleScheduleNameIsRefused(string text) =>
        Assert.Contains("is not the name of a schedule", Assert.Throws<UserErrorException>(() => ScheduleName.Parse(text, [])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void ANameHasAtMost64Characters() => Assert.Throws<UserErrorException>(() => ScheduleName.Parse(new string('x', 65), []));
}
