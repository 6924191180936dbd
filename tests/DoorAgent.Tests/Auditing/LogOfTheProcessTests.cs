using DoorAgent.Auditing;
using DoorAgent.Settings;
using DoorAgent.Storage;
using DoorAgent.Tests.Commands;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Auditing;

/// <summary>The console and Serilog's own log belong to the process, so that these tests run alone.</summary>
[Collection(nameof(WholeConsole))]
public sealed class LogOfTheProcessTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("on", true)]
    [InlineData("off", false)]
    public void TheConsoleIsTurnedOffByName(string isOn, bool isWritten)
    {
        using WholeConsole console = new();
        Log($"Auditing:LogToConsole={isOn}");
        Assert.Equal(isWritten, console.Out.Contains("INF a line", StringComparison.Ordinal));
        Assert.Contains("a line", File.ReadAllText(_folder.File("logs/dooragent.jsonl")), StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatASinkCannotOpenIsReported()
    {
        using WholeConsole console = new();
        Log("Serilog:WriteTo:0:Name=File", $"Serilog:WriteTo:0:Args:path={_folder.Path}");
        Assert.Contains($"WRN section Serilog: unable to open file sink for {_folder.Path}", console.Out, StringComparison.Ordinal);
        Assert.Contains("INF a line", console.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "config", "check")]
    [InlineData(1, "doctor")]
    [InlineData(2, "run")]
    [InlineData(2, "config", "show")]
    public Task EveryCommandRefusesASinkThatThereIsNot(int exitCode, params string[] verb) => WholeConsole.SaysAsync(
        exitCode, "Serilog:WriteTo:0:Name is 'Fil' (command line)",
        [.. verb, "--data", _folder.Path, "--set", "Serilog:WriteTo:0:Name=Fil", "--set", "Hardware:Kind=simulated", "--set",
            "Hardware:Contact=23"]);

    private void Log(params string[] settings)
    {
        LoadedSettings given = SettingsFile.FromAssignments("test", settings);
        using Serilog.Core.Logger logger = LogSetup.Create(
            given.Section<AuditingOptions>(), given.Serilog, new Places(_folder.Path, []), TimeProvider.System, simulated: false);
        logger.Information("a line");
    }
}
