using DoorAgent.Hardware;
using DoorAgent.Running;
using DoorAgent.Settings;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Running;

public sealed class LoadedFileMonitorTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly Mailbox<DoorMessage> _inbox = new(16);
    private readonly CancellationTokenSource _stop = new();

    private string Network => _folder.File("net.onnx");

    private string Configuration => _folder.File("dooragent.json");

    public void Dispose()
    {
        _stop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task AFileWithUnchangedContentIsNotReported()
    {
        Begin();
        Assert.Empty(await Next());
        File.SetLastWriteTimeUtc(Network, new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Empty(await Look());
    }

    [Fact]
    public async Task AReplacedOrOverwrittenNetworkIsReportedUntilTheRightOneIsRestored()
    {
        Begin();
        Assert.Empty(await Next());
        File.WriteAllText(Network, "another");
        Assert.Contains($"the network {Network} is no longer the file that was read",
            Assert.Single(await Look()), StringComparison.Ordinal);
        Assert.Single(await Look());
        File.Delete(Network);
        Assert.Contains("is gone", Assert.Single(await Look()), StringComparison.Ordinal);
        File.WriteAllText(Network, "network");
        Assert.Empty(await Look());
    }

    [Theory]
    [InlineData(false, "but the next start will be refused. Restore")]
    [InlineData(true, "but the next start will be refused or, without the file, weaker against pictures. Restore")]
    public async Task AMissingNetworkIsReportedWithWhatTheNextStartDoes(bool isOptional, string words)
    {
        Begin(isOptional);
        Assert.Empty(await Next());
        File.Delete(Network);
        Assert.Contains(words, Assert.Single(await Look()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AChangedConfigurationIsReportedWithTheNextStep()
    {
        Begin();
        Assert.Empty(await Next());
        File.WriteAllText(Configuration, "{ \"Doors\": {} }");
        Assert.Contains("systemctl restart dooragent", Assert.Single(await Look()), StringComparison.Ordinal);
    }

    [Fact]
    public void TheSettingsKnowTheirFile()
    {
        File.WriteAllText(Configuration, "{}");
        LoadedFile file = SettingsFile.Load(Configuration, []).File!;
        Assert.Equal((Configuration, null), (file.Path, file.Change()));
        Assert.Null(SettingsFile.FromAssignments("made", []).File);
    }

    [Fact]
    public void ANewFileIsAChange()
    {
        LoadedFile none = new(_folder.File("none"), null);
        Assert.Null(none.Change());
        File.WriteAllText(none.Path, "{}");
        Assert.NotNull(none.Change());
    }

    private void Begin(bool isOptional = false)
    {
        File.WriteAllText(Network, "network");
        File.WriteAllText(Configuration, "{}");
        LoadedFile network = LoadedFile.Of(Network, "network"u8) with { IsOptional = isOptional };
        LoadedFile configuration = LoadedFile.Of(Configuration, "{}"u8);
        _ = new LoadedFileMonitor(() => [network], configuration, () => null, _inbox, _time).RunAsync(_stop.Token);
    }

    private Task<IReadOnlyList<string>> Look()
    {
        _time.Advance(TimeSpan.FromSeconds(5));
        return Next();
    }

    /// <summary>Returns the next messages; a check that never happens fails the test, so that the run ends.</summary>
    private Task<IReadOnlyList<string>> Next() => PostedAsync().WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

    private async Task<IReadOnlyList<string>> PostedAsync()
    {
        await foreach (DoorMessage message in _inbox.ReadAllAsync(TestContext.Current.CancellationToken))
            return Assert.IsType<DoorMessage.FilesLookedAt>(message).Changes;
        throw new InvalidOperationException("nothing was posted");
    }
}
