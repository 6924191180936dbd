using DoorAgent.Commands;

namespace DoorAgent.Tests.Commands;

public sealed class UnknownOptionsTests
{
    [Theory]
    [InlineData("--force", "explain", "visit", "adam", "--force")]
    [InlineData("--fast", "models", "pull", "yunet-n", "--fast")]
    [InlineData("--loud", "help", "people", "--loud")]
    [InlineData("--image", "people", "add", "--image")]
    [InlineData("-x", "config", "show", "-x")]
    public void AnUnknownOptionIsNotTheValueOfAnArgument(string option, params string[] arguments) =>
        Assert.Contains(Root.Create().Parse(arguments).Errors,
            error => error.Message.StartsWith($"Unrecognized option '{option}'", StringComparison.Ordinal));

    [Fact]
    public void AFileWhoseNameBeginsWithDashesIsNamedByItsPath() =>
        Assert.Empty(Root.Create().Parse(["explain", "./--force", "adam"]).Errors);
}
