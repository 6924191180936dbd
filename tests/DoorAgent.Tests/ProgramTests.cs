using DoorAgent.Tests.Commands;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests;

[Collection(nameof(WholeConsole))]
public sealed class ProgramTests : IDisposable
{
    private readonly WholeConsole _console = new();

    public void Dispose() => _console.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(0, "--help")]
    [InlineData(0, "people", "add", "--help")]
    [InlineData(0, "people", "re-encode", "-h")]
    [InlineData(0, "verify", "--help")]
    [InlineData(0, "people", "rename", "--help")]
    [InlineData(0, "config", "set", "--help")]
    [InlineData(0, "config", "show", "--set", "Hardware:Kind=simulated", "--set", "Hardware:Contact=23")]
    [InlineData(1, "config", "show", "--set", "Auditing:SlowAfter=1h")]
    [InlineData(2, "config", "show", "--set", "Auditing:SlowAftre=1s")]
    [InlineData(2, "config", "show", "--config", "/nowhere/dooragent.json")]
    [InlineData(2, "run", "--set", "Hardware:Kind=pins")]
    [InlineData(2, "run", "--set", "Hardware:Kind")]
    [InlineData(2, "nonsense")]
    [InlineData(2, "people")]
    [InlineData(2, "verify")]
    [InlineData(2, "simulate", "day", "--set", "Doors:AccessTime=5s")]
    [InlineData(2, "simulate", "nowhere.door")]
    [InlineData(2, "config", "show", "--nonsense")]
    public async Task TheExitCodeMatchesTheOutcome(int expected, params string[] arguments) =>
        Assert.Equal(expected, await Program.Main(arguments));

    [Theory]
    [InlineData("Hardware:Camera=/nowhere")]
    [InlineData("Faces:Detector=yunet-n")]
    [InlineData("Matching:Fmr=1e-9")]
    public async Task ARunThatIsRefusedExitsWithTwo(string wrong)
    {
        using TempFolder data = new();
        string camera = Path.Combine(AppContext.BaseDirectory, "builtin", "people", "adam");
        Assert.Equal(2, await Program.Main(["run", "--data", data.Path, "--set", "Hardware:Kind=simulated", "--set", "Hardware:Contact=23",
            "--set", $"Hardware:Camera={camera}", "--set", wrong]));
    }

    [Fact]
    public void TheLinkEndsBeforeTheDoorWhereMemoryIsShort()
    {
        string[] unit = File.ReadAllLines(Path.Combine(Repository.Root, "deploy", "debian", "dooragent-link.service"));
        Assert.Contains("MemoryMax=400M", unit);
        Assert.Contains("OOMScoreAdjust=500", unit);
        Assert.Contains("Restart=always", unit);
    }

    [Fact]
    public void TheUnitStartsADoorAgainAfterEachOfItsExitCodes()
    {
        string[] unit = File.ReadAllLines(Path.Combine(Repository.Root, "deploy", "debian", "dooragent.service"));
        Assert.Contains("Restart=always", unit);
        Assert.DoesNotContain(unit, line => line.StartsWith("RestartPreventExitStatus", StringComparison.Ordinal));
        // 143 is a stop during the start; none of the verb's own codes for an error counts as a success.
        Assert.Equal("SuccessExitStatus=143", Assert.Single(unit, line => line.StartsWith("SuccessExitStatus", StringComparison.Ordinal)));
    }
}
