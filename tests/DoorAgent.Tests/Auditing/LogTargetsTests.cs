using DoorAgent.Auditing;
using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Tests.Auditing;

public sealed class LogTargetsTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, true, "Serilog:WriteTo:0:Name=File", "Serilog:WriteTo:0:Args:path=/data/other.log")]
    [InlineData(false, true, "Auditing:LogToConsole=false", "Serilog:WriteTo:0=Console")]
    [InlineData(true, false, "Auditing:LogToFiles=off")]
    public void ConsoleAndFilesStayUnlessTheyAreTurnedOffByName(bool console, bool files, params string[] assignments)
    {
        LogTargets targets = Of(assignments);
        Assert.Equal((console, files), (targets.Console, targets.Files));
        Assert.Empty(targets.Warnings());
    }

    [Theory]
    [InlineData("twice", "Serilog:WriteTo:0:Name=Console")]
    [InlineData("twice", "Serilog:AuditTo:0=Console")]
    [InlineData("nobody sees the log", "Auditing:LogToConsole=false", "Auditing:LogToFiles=false")]
    [InlineData("section Serilog writes /data/logs/dooragent.jsonl", "Serilog:WriteTo:0:Name=File",
        "Serilog:WriteTo:0:Args:path=/data/logs/dooragent.jsonl")]
    public void UnusualTargetsAreReported(string expected, params string[] assignments) =>
        Assert.Contains(expected, Assert.Single(Of(assignments).Warnings()), StringComparison.Ordinal);

    [Fact]
    public void AFileBelowAnotherSinkIsFoundToo() => Assert.False(Of("Serilog:WriteTo:0:Name=Logger",
        "Serilog:WriteTo:0:Args:configureLogger:WriteTo:0:Name=File",
        "Serilog:WriteTo:0:Args:configureLogger:WriteTo:0:Args:path=/data/logs/dooragent.jsonl").Files);

    private static LogTargets Of(params string[] assignments)
    {
        LoadedSettings settings = SettingsFile.FromAssignments("test", assignments);
        return new LogTargets(settings.Section<AuditingOptions>(), settings.Serilog, new Places("/data", []));
    }
}
