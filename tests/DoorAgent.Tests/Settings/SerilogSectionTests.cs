using System.Globalization;
using DoorAgent.Settings;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Configuration;
using Serilog;

namespace DoorAgent.Tests.Settings;

/// <summary>Tests which files the section's own sinks have written.</summary>
public sealed class SerilogSectionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Infinite")]
    [InlineData("Year")]
    [InlineData("Month")]
    [InlineData("Day")]
    [InlineData("Hour")]
    [InlineData("Minute")]
    public void EveryFileThatSerilogRolledIsFound(string interval)
    {
        using (Serilog.Core.Logger log = new LoggerConfiguration().WriteTo.File(_folder.File("door.v2.log"),
            formatProvider: CultureInfo.InvariantCulture, rollingInterval: Enum.Parse<RollingInterval>(interval), fileSizeLimitBytes: 1,
            rollOnFileSizeLimit: true).CreateLogger())
        {
            log.Information("a line");
            log.Information("another line");
        }

        string[] written = Directory.GetFiles(_folder.Path);
        Assert.Equal(2, written.Length);
        foreach (string other in new[] { "door.v2-other.log", "door.v2.log.bak", "door.v2_1.log", "my-door.v2.log", "door.log" })
            _folder.Write(other, "");
        Assert.Equal(written.Order(StringComparer.Ordinal), Section("door.v2.log").WrittenFiles);
    }

    [Fact]
    public void AFileInADirectoryThatIsNotThereIsNone() => Assert.Empty(Section("none/door.log").WrittenFiles);

    private SerilogSection Section(string file) => new(new ConfigurationBuilder().AddInMemoryCollection([
        new("Serilog:WriteTo:0:Name", "File"), new("Serilog:WriteTo:0:Args:path", _folder.File(file)),
    ]).Build());
}
