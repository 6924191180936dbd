using System.Text.RegularExpressions;
using DoorAgent.Events;
using DoorAgent.Simulation;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Simulation;

public sealed partial class ScenarioGuideTests
{
    private static readonly string Guide = File.ReadAllText(Path.Combine(Repository.Root, "deploy", "guide", "scenarios.md"));

    [Fact]
    public void TheGuideAndTheHelpShowTheSameGrammar() => Assert.Contains(ScenarioGrammar.Text, Guide, StringComparison.Ordinal);

    [Fact]
    public void TheGrammarListsEveryKeyword()
    {
        // The parser lists its own keywords: each choice is tested with an unknown word.
        string[] asked =
        [
            "0 qqqqqqqq", "0 door qqqqqqqq", "0 exit qqqqqqqq", "0 badges qqqqqqqq", "0 people qqqqqqqq", "0 restart\n  qqqqqqqq", "0 "
                + "kill\n  expect qqqqqqqq",
            "0 kill\n  expect relay qqqqqqqq", "0 kill\n  expect state qqqqqqqq", "0 kill\n  expect lights qqqqqqqq", "qqqqqqqq",
        ];
        Assert.All(asked, text =>
        {
            string refusal = Assert.Throws<UserErrorException>(() => ScenarioParser.Parse("start 2026-03-02 07:55:00 "
                + $"UTC\n{text}", "a.door")).Message;
            string[] known = Known().Match(refusal) is { Success: true } list ? list.Groups[1].Value.Split(", ") : [];
            Assert.True(known.Length > 0, refusal);
            Assert.All(known, word => Assert.Matches($@"\b{word}\b", ScenarioGrammar.Text));
        });
    }

    [Fact]
    public void ReasonsAndKindsOfTheGuideAreThoseOfTheProgram()
    {
        foreach (Match expected in Expected().Matches(Guide))
        {
            string word = expected.Groups[2].Value;
            Assert.True(expected.Groups[1].Value == "denied" ? Enum.TryParse<DenyReason>(word, out _)
                : Enum.TryParse<DoorEventKind>(word, out _), word);
        }
    }

    [Fact]
    public async Task TheExampleOfTheGuidePlaysAsExpected()
    {
        using TempFolder folder = new();
        string file = folder.Write("example.door", Example().Match(Guide).Groups[1].Value);
        (ScenarioReport report, _) = await ScenarioRun.PlayAsync(
            file, ScenarioFiles.Roots([]), [Places.BuiltInModels], isLogged: false, TestContext.Current.CancellationToken);
        Assert.True(report.IsAsExpected, report.Summary);
        Assert.Equal(6, report.Rows.Count);
    }

    [GeneratedRegex("Known here: ([^.]*)\\.")]
    private static partial Regex Known();

    [GeneratedRegex("expect (denied|event) ([A-Z][a-z]\\w+)")]
    private static partial Regex Expected();

    [GeneratedRegex("```door\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
