using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Commands.Setup;

[Collection(nameof(WholeConsole))]
public sealed class ConfigSetTests : IDisposable
{
    private const string Sound =
        """{ "Hardware": { "Kind": "simulated", "Contact": "23" }, "Badges": { "Formats": ["H10301", "H10304", "H10306"] } }""";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AValidChangeIsWrittenAndThePreviousFileIsKept()
    {
        string file = _folder.Write("a.json", $"{Sound} // mine");
        string said = await SaysAsync(0, "after its next start: 'sudo systemctl restart dooragent'", file, "set", "Doors:AccessTime",
            "5s", "Doors:Shunt", "12 s");
        Assert.Contains($"only {file}.bak has them", said, StringComparison.Ordinal);
        Assert.Equal($"{Sound} // mine", File.ReadAllText($"{file}.bak"));
        await WholeConsole.SaysAsync(0, "5 s", "config", "show", "--config", file);
        // A second write would replace the backup that contains the comments.
        await SaysAsync(0, "already says so; nothing was written", file, "set", "Doors:AccessTime", "5s");
        Assert.Equal($"{Sound} // mine", File.ReadAllText($"{file}.bak"));
        Assert.DoesNotContain("comments", await SaysAsync(0, "Written", file, "unset", "Doors:AccessTime"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Doors:AccessTime is 70 s; allowed: 1 s to 30 s.", "set", "Doors:AccessTime", "70s")]
    [InlineData("Did you mean Doors:AccessTime?", "set", "Doors:AcessTime", "7s")]
    [InlineData("must be a time with its unit", "set", "Doors:AccessTime", "seven")]
    [InlineData("Doors:AccessTime has no value", "set", "Doors:AccessTime")]
    [InlineData("write key and value apart", "set", "Doors:AccessTime=5s")]
    [InlineData("Doors:AccessTime is given twice", "set", "Doors:AccessTime", "5s", "doors:accesstime", "6s")]
    [InlineData("Serilog is a section", "set", "Serilog", "Debug")]
    [InlineData("It is a section", "set", "Doors", "5s")]
    [InlineData("--set applies to one command", "set", "Doors:AccessTime", "5s", "--set", "Doors:Shunt=5s")]
    [InlineData("Badges:Keypad is none", "set", "Decisions:Pin", "required")]
    [InlineData("Hardware:Contact is not set", "unset", "Hardware:Contact")]
    [InlineData("Did you mean Hardware:Contact?", "unset", "Hardware:Contct")]
    public async Task AChangeThatAStartWouldRefuseIsNotWritten(string words, params string[] arguments)
    {
        string file = _folder.Write("a.json", Sound);
        await SaysAsync(2, words, file, arguments);
        Assert.Equal(Sound, File.ReadAllText(file));
        Assert.False(File.Exists($"{file}.bak"));
    }

    [Fact]
    public async Task AFileIsCreatedStepByStepAndMissingSettingsAreNamed()
    {
        string file = _folder.File("new.json");
        await SaysAsync(0, "Hardware:Contact is not set", file, "set", "Hardware:Kind", "simulated");
        Assert.DoesNotContain("No door starts", await SaysAsync(0, "Written", file, "set", "Hardware:Contact", "23"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task ItemsOfAListAreRemovedByTheirOriginalNumbers()
    {
        string file = _folder.Write("a.json", Sound);
        await SaysAsync(0, "Written", file, "unset", "Badges:Formats:0", "Badges:Formats:1");
        Assert.Contains("H10306", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.DoesNotContain("H1030", File.ReadAllText(file).Replace("H10306", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AChangeThatWeakensTheDoorGivesAWarning() =>
        await SaysAsync(0, "WARNING: in mode badge-only", _folder.Write("a.json", Sound), "set", "Decisions:Mode", "badge-only",
        "Decisions:IKnowBadgesCanBeCopied", "yes");

    private static Task<string> SaysAsync(int exitCode, string words, string file, params string[] arguments) =>
        WholeConsole.SaysAsync(exitCode, words, ["config", .. arguments, "--config", file]);
}
