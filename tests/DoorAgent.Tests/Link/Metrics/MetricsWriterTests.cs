using DoorAgent.Hardware.Settings;
using DoorAgent.Link;
using DoorAgent.Link.Metrics;
using DoorAgent.Operating.Metrics;
using DoorAgent.Tests.Auditing;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Serilog;

namespace DoorAgent.Tests.Link.Metrics;

public sealed class MetricsWriterTests : IDisposable
{
    private const string Down =
        "# HELP dooragent_up 1 while 'dooragent link' gets metrics from the door.\n# TYPE dooragent_up gauge\ndooragent_up 0\n";

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(SomeEvents.Morning.ToUniversalTime());
    private readonly CollectingSink _log = new();
    private readonly CancellationTokenSource _stop = new();
    private Func<string> _door = () => "dooragent_door_open 0\n";

    private string FilePath => Path.Combine(_folder.Path, "node-exporter", "dooragent.prom");

    private string Written => File.ReadAllText(FilePath);

    public void Dispose()
    {
        _stop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task TheFileIsReplacedEvery15SecondsAndEverybodyMayReadIt()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        Task running = Start();
        Assert.EndsWith("dooragent_up 1\ndooragent_door_open 0\n", Written, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
            File.GetUnixFileMode(FilePath));
        _door = () => "dooragent_door_open 1\n";
        _time.Pass(TimeSpan.FromSeconds(14));
        Assert.EndsWith("door_open 0\n", Written, StringComparison.Ordinal);
        _time.Pass(TimeSpan.FromSeconds(1));
        Assert.EndsWith("door_open 1\n", Written, StringComparison.Ordinal);
        // Nothing that node-exporter would read lies beside the file.
        Assert.Equal(["dooragent.prom"], Directory.EnumerateFiles(Path.GetDirectoryName(FilePath)!).Select(Path.GetFileName));
        await StopAsync(running);
    }

    [Fact]
    public async Task ADoorThatDoesNotAnswerLeavesNoOldValues()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        Task running = Start();
        _door = () => throw new LinkDoorException("No door runs.");
        _time.Pass(MetricsOptions.Every);
        Assert.Equal(Down, Written);
        _door = () => "dooragent_door_open 0\n";
        _time.Pass(MetricsOptions.Every);
        Assert.EndsWith("dooragent_up 1\ndooragent_door_open 0\n", Written, StringComparison.Ordinal);
        await StopAsync(running);
    }

    [Fact]
    public async Task TheEndOfTheLinkLeavesNoOldValues()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        await StopAsync(Start());
        Assert.Equal(Down, Written);
    }

    [Fact]
    public async Task ADirectoryThatCannotBeWrittenIsReportedOnceAndTriedAgain()
    {
        Task running = Start();
        _time.Pass(MetricsOptions.Every);
        _time.Pass(MetricsOptions.Every);
        Assert.Contains("cannot be written", Assert.Single(_log.Lines), StringComparison.Ordinal);
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        _time.Pass(MetricsOptions.Every);
        Assert.Contains("again", _log.Lines.ElementAt(1), StringComparison.Ordinal);
        Assert.Contains("dooragent_up 1", Written, StringComparison.Ordinal);
        await StopAsync(running);
    }

    [Fact]
    public async Task PromtoolAcceptsTheFileOfADoorThatRunsAndOfOneThatDoesNot()
    {
        Promtool.Require();
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        DoorMetrics metrics = new("badge-and-face");
        _door = () => metrics.Print(new DoorLevels { IsCameraUp = true, IsReaderUp = true, IsDoorOpen = null, IsRelayOn = false,
            People = 0, Revision = 0 });
        Task running = Start();
        Assert.Equal("valid\n", Promtool.Metrics(FilePath));
        await StopAsync(running);
        Assert.Equal("valid\n", Promtool.Metrics(FilePath));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("/var/lib/prometheus/node-exporter/dooragent.prom", true)]
    [InlineData("dooragent.prom", false)]
    [InlineData("/var/lib/dooragent.txt", false)]
    [InlineData("/var/lib/.prom", false)]
    public void TheFileIsAnAbsolutePathThatNodeExporterReads(string? file, bool isValid) =>
        Assert.Equal(isValid, OptionErrors.Of(new MetricsOptions { File = file }).Count == 0);

    private Task Start() => InlineTime.Run(() => new MetricsWriter(new MetricsOptions { File = FilePath }, _ => Task.FromResult(_door()),
        new LoggerConfiguration().WriteTo.Sink(_log).CreateLogger(), _time).RunAsync(_stop.Token));

    private async Task StopAsync(Task running)
    {
        await _stop.CancelAsync();
        await running;
    }
}
