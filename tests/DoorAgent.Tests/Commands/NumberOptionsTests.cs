using System.CommandLine;
using DoorAgent.Commands;

namespace DoorAgent.Tests.Commands;

public sealed class NumberOptionsTests
{
    [Theory]
    [InlineData("--gallery is 'x', and must be a whole number", "evaluate", "set", "--gallery", "10", "x")]
    [InlineData("--fmr is 'x', and must be a number, such as 0.9", "calibrate", "--fmr", "x")]
    [InlineData("--older-than is '1.5', and must be a whole number", "people", "audit", "--older-than", "1.5")]
    [InlineData("--distance is 'near', and must be a number", "people", "separate", "anna", "ben", "--distance", "near")]
    [InlineData("--event is '', and must be a whole number", "explain", "--event", "")]
    [InlineData("--last is '99999999999', and must be a whole number, at most 2147483647", "log", "--last", "99999999999")]
    public void AWordInsteadOfANumberIsOneErrorThatNamesTheOption(string words, params string[] arguments) =>
        Assert.StartsWith(words, Assert.Single(Root.Create().Parse(arguments).Errors).Message, StringComparison.Ordinal);

    [Fact]
    public void NoNumberOfAnyVerbThrows() => Assert.All(Numbers(Root.Create(), []), arguments =>
        Assert.Contains(Root.Create().Parse(arguments).Errors, error => error.Message.Contains(arguments[^2], StringComparison.Ordinal)));

    [Fact]
    public void LearnNamesItsSource() => Assert.StartsWith("Name where the pictures are: --from-log",
        Assert.Single(Root.Create().Parse(["people", "learn", "anna"]).Errors).Message, StringComparison.Ordinal);

    [Fact]
    public void NumbersStillReachTheOtherChecks() =>
        Assert.StartsWith("--gallery takes numbers of people",
            Assert.Single(Root.Create().Parse(["evaluate", "set", "--gallery", "0"]).Errors).Message, StringComparison.Ordinal);

    private static IEnumerable<string[]> Numbers(Command command, string[] before) => command.Options
        .Where(option => (Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType).IsPrimitive && option.ValueType != typeof(bool)
            && option.ValueType != typeof(bool?))
        .Select(option => (string[])[.. before, option.Name, "x"])
        .Concat(command.Subcommands.SelectMany(verb => Numbers(verb, [.. before, verb.Name])));
}
