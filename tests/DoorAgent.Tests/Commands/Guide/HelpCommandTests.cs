using DoorAgent.Commands.Guide;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Commands.Guide;

[Collection(nameof(WholeConsole))]
public sealed class HelpCommandTests
{
    public static TheoryData<string> Topics => [.. GuidePages.Topics];

    [Fact]
    public void TheProgramContainsEveryPageOfTheGuide() => Assert.Equal(
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "deploy", "guide"), "*.md").Select(Path.GetFileNameWithoutExtension)
            .Append("installing").Order(StringComparer.Ordinal),
        GuidePages.Topics);

    [Fact]
    public async Task WithoutATopicEachPageIsListedOnOneLine()
    {
        string[] lines = (await WholeConsole.SaysAsync(0, "dooragent help PAGE", "help")).Split('\n');
        Assert.All(GuidePages.Topics, topic => Assert.Single(lines, line => line.StartsWith($"  {topic} ", StringComparison.Ordinal)
            && line.Contains(GuidePages.TitleOf(topic).Split(':')[0], StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public async Task APageIsPlainTextWithoutATerminal(string topic)
    {
        string page = await WholeConsole.SaysAsync(0, GuidePages.TitleOf(topic), "help", topic);
        Assert.DoesNotContain('\u001b', page);
        Assert.DoesNotContain("**", page, StringComparison.Ordinal);
        Assert.DoesNotContain("](", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<!--", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?m)^#+ |^\\|", page);
        Assert.DoesNotContain($"(help {topic})", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoWordOfAPageIsLost()
    {
        string page = await WholeConsole.SaysAsync(0, "Badge readers", "help", "readers");
        Assert.Contains("The program shows and keeps none of these digits", page, StringComparison.Ordinal);
        Assert.Contains("dooragent people pin adam", page, StringComparison.Ordinal);
        // A line may end between any two words.
        string modes = await WholeConsole.SaysAsync(0, "Modes", "help", "modes-and-hours");
        string[] words = modes.Split(null as char[], StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("(help cameras)", string.Join(' ', words), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("People: pictures", "help", "People")]
    [InlineData("'dooragent people --help'", "help", "people")]
    [InlineData("peopel' is neither a page of the guide nor a command. Did you mean people?", "help", "peopel")]
    [InlineData("Known here: ", "help", "quarterly-report")]
    [InlineData("'people ad' is neither", "help", "people", "ad")]
    public async Task HelpFindsAPageOrNamesWhatIsKnown(string words, params string[] arguments) =>
        await WholeConsole.SaysAsync(words.Contains("neither", StringComparison.Ordinal)
            || words.StartsWith("Known", StringComparison.Ordinal) ? 2 : 0, words, arguments);

    [Theory]
    [InlineData("Enrols a person", "people", "add")]
    [InlineData("last events", "status")]
    public async Task TheNameOfACommandShowsTheHelpOfTheCommand(string words, params string[] command) =>
        Assert.Equal(await WholeConsole.SaysAsync(0, words, [.. command, "--help"]),
            await WholeConsole.SaysAsync(0, words, ["help", .. command]));
}
