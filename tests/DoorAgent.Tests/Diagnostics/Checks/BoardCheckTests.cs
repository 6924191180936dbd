using DoorAgent.Diagnostics;
using DoorAgent.Diagnostics.Checks;

namespace DoorAgent.Tests.Diagnostics.Checks;

public sealed class BoardCheckTests : IDisposable
{
    private const string Throttled = "/sys/devices/platform/soc/soc:firmware/get_throttled";

    private readonly SomeDoor _door = new();

    public BoardCheckTests() => _door.Put("/proc/meminfo", "MemTotal:        1000000 kB\nMemFree:   1 kB\nMemAvailable:     600000 kB\n");

    public void Dispose() => _door.Dispose();

    [Fact]
    public async Task ACoolBoardWithMemoryIsOk()
    {
        _door.Put("/sys/class/thermal/thermal_zone0/temp", "51234\n");
        _door.Put(Throttled, "0\n");
        IReadOnlyList<Finding> found = await _door.FindAsync<BoardCheck>();
        found.AreAllOk();
        found.Has(FindingLevel.Ok, "600 of 1000 MB");
        found.Has(FindingLevel.Ok, "51 degrees");
    }

    [Fact]
    public async Task LittleMemoryAndHeatAreWarnings()
    {
        _door.Put("/proc/meminfo", "MemTotal: 1000000 kB\nMemAvailable: 50000 kB\n");
        _door.Put("/sys/class/thermal/thermal_zone0/temp", "40000");
        _door.Put("/sys/class/thermal/thermal_zone1/temp", "82000");
        IReadOnlyList<Finding> found = await _door.FindAsync<BoardCheck>();
        found.Has(FindingLevel.Warning, "50 of 1000 MB", "ps aux");
        found.Has(FindingLevel.Warning, "82 degrees", "heat sink");
    }

    [Theory]
    [InlineData("throttled=0x1", FindingLevel.Fault, "too low now")]
    [InlineData("throttled=0x10000", FindingLevel.Warning, "too low since the start")]
    [InlineData("throttled=0x80000", FindingLevel.Warning, "slowed down")]
    [InlineData("throttled=0x0", FindingLevel.Ok, "neither")]
    internal async Task TheFirmwareIsAsked(string said, FindingLevel level, string what)
    {
        _door.Says("vcgencmd", said);
        (await _door.FindAsync<BoardCheck>()).Has(level, what);
    }

    [Fact]
    public async Task AMachineWithoutSensorsIsNotAFault() =>
        Assert.DoesNotContain(await _door.FindAsync<BoardCheck>(), finding => finding.Level == FindingLevel.Fault);
}
