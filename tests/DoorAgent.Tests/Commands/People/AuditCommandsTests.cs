using System.Text.Json;
using System.Text.RegularExpressions;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Commands.People;

/// <summary>Tests people audit and people separate as a user types them, with the built-in people.</summary>
[Collection(nameof(WholeConsole))]
public sealed class AuditCommandsTests : IDisposable
{
    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Slow]
    [Fact]
    public async Task AnAuditAnswersWithItsExitCodeAndNamesTheNextCommand()
    {
        await Says(2, "there is no gallery", "people", "audit");
        await Says(0, "added", "people", "add", "adam", "--images", People("adam"));
        await Says(0, "added", "people", "add", "nora", "--images", People("nora"));
        string clean = await Says(0, "nothing found.", "people", "audit");
        Assert.Matches(@"adam +nora +1\.\d\d\d", clean);
        Assert.Contains("Unused badges are not known: There is no journal", clean, StringComparison.Ordinal);
        await Says(0, "added", "people", "add", "Emil B", "--images", People("emil/enrol-1.jpg"));
        string found = await Says(1, "1 finding.", "people", "audit");
        Assert.Contains("-> dooragent people pictures 'Emil B' --images DIR", found, StringComparison.Ordinal);
        await Says(2, "--older-than must be from 1", "people", "audit", "--older-than", "0");
    }

    [Slow]
    [Fact]
    public async Task TheHtmlOpensOfflineAndJsonIsOneLine()
    {
        await Says(0, "added", "people", "add", "adam", "--images", People("adam"), "--set", "People:KeepCrops=true");
        await Says(0, "added", "people", "add", "nora", "--images", People("nora/enrol-1.jpg"), "--set", "People:KeepCrops=true");
        string html = _data.File("audit.html");
        await Says(1, "it names people and may show them", "people", "audit", "--html", html);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(html));
        string page = File.ReadAllText(html);
        Assert.Contains("href='data:image/png;base64,", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(new Regex("<script|<link|(src|href)=['\"](?!data:)|url\\("), page);
        await Says(2, "audit.html already exists", "people", "audit", "--html", html);
        using WholeConsole console = new();
        Assert.Equal(1, await Program.Main(["people", "audit", "--json", "--data", _data.Path]));
        using JsonDocument read = JsonDocument.Parse(console.Out);
        JsonElement finding = Assert.Single(read.RootElement.GetProperty("findings").EnumerateArray().ToArray());
        Assert.Equal(("OnePicture", "nora"), (finding.GetProperty("kind").GetString(), finding.GetProperty("person").GetString()));
    }

    [Slow]
    [Fact]
    public async Task TwoPeopleAreSeparatedAndBroughtTogetherAgain()
    {
        await Says(0, "added", "people", "add", "adam", "--images", People("adam"));
        await Says(0, "added", "people", "add", "nora", "--images", People("nora"));
        string said = await Says(0, "adam and nora are separated", "people", "separate", "Adam", "nora");
        Assert.Contains("3 of 3 pictures of adam are recognised by the others", said, StringComparison.Ordinal);
        await Says(0, "nothing found", "people", "audit");
        await Says(2, "cannot be told apart at a distance of 0.100", "people", "separate", "adam", "nora", "--distance", "0.1");
        await Says(0, "It's adam, welcome in!", "verify", "adam", People("adam/door-1/03.jpg"));
        await Says(0, "have no rule of their own any more", "people", "separate", "nora", "adam", "--off");
        await Says(0, "had no rule of their own", "people", "separate", "nora", "adam", "--off");
        await Says(2, "is one person. Name two.", "people", "separate", "nora", "NORA");
        await Says(2, "--distance must be above 0", "people", "separate", "adam", "nora", "--distance", "2");
    }

    private static string People(string path) => Path.Combine(Places.BuiltInPeople, path);

    private Task<string> Says(int exitCode, string words, params string[] arguments) =>
        WholeConsole.SaysAsync(exitCode, words, [.. arguments, "--data", _data.Path]);
}
