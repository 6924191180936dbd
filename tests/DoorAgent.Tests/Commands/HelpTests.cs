using System.CommandLine;
using System.Text.RegularExpressions;
using DoorAgent.Commands;

namespace DoorAgent.Tests.Commands;

public sealed class HelpTests
{
    [Fact]
    public void EachVerbHasOneShortLineInTheList() => Assert.All(Verbs(Root.Create()), verb =>
    {
        Assert.DoesNotContain('\n', verb.Description!);
        Assert.InRange(verb.Description!.Length, 1, 120);
        Assert.EndsWith(".", verb.Description, StringComparison.Ordinal);
    });

    [Fact]
    public void TheHelpOfAVerbGivesTheDetails()
    {
        string all = Help("--help"), own = Help("verify", "--help");
        Assert.Contains("Says whether a picture shows a person, as the door would after their badge.", all, StringComparison.Ordinal);
        Assert.DoesNotContain("or the picture shows no usable face", all, StringComparison.Ordinal);
        Assert.Contains("or the picture shows no usable face", own, StringComparison.Ordinal);
    }

    [Fact]
    public void TheHelpDoesNotListTheCompletions() => Assert.All(Paths(Root.Create(), []), path =>
        Assert.All(Help([.. path, "--help"]).Split('\n'), line => Assert.InRange(line.Length, 0, 500)));

    [Fact]
    public void EveryVerbHasHelp() =>
        Assert.All(Paths(Root.Create(), []), path => Assert.Contains("Usage:", Help([.. path, "--help"]), StringComparison.Ordinal));

    [Theory]
    [InlineData("evaluate")]
    [InlineData("calibrate")]
    [InlineData("explain")]
    [InlineData("people", "audit")]
    [InlineData("people", "rule")]
    [InlineData("people", "separate")]
    [InlineData("people", "learn")]
    [InlineData("people", "consent")]
    [InlineData("people", "erase")]
    [InlineData("people", "export-data")]
    [InlineData("models", "add")]
    [InlineData("models", "import")]
    [InlineData("models", "calibration")]
    public void ExamplesOfTheHelpAreCommandLinesOfTheVerb(params string[] verb)
    {
        string[] examples = [.. Regex.Matches(Help([.. verb, "--help"]), @"(?m)(?:^ *|Examples?: | {5})dooragent (.+?)(?= {5}|\r?$)")
            .Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.StartsWith($"{string.Join(' ', verb)}", example, StringComparison.Ordinal));
        Assert.All(examples, example => Assert.Empty(Root.Create().Parse(example).Errors));
    }

    private static string Help(params string[] arguments)
    {
        using StringWriter output = new();
        ParseResult asked = Root.Create().Parse(arguments);
        // A request for help needs no arguments and is not refused.
        Assert.Empty(asked.Errors);
        Assert.Equal(0, asked.Invoke(new InvocationConfiguration { Output = output }));
        return output.ToString();
    }

    private static IEnumerable<Command> Verbs(Command command) => command.Subcommands.SelectMany(verb => Verbs(verb).Prepend(verb));

    private static IEnumerable<string[]> Paths(Command command, string[] before) =>
        command.Subcommands.SelectMany(verb => Paths(verb, [.. before, verb.Name]).Prepend([.. before, verb.Name]));
}
