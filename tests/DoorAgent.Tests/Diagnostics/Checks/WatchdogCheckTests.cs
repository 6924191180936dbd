using DoorAgent.Diagnostics;
using DoorAgent.Diagnostics.Checks;

namespace DoorAgent.Tests.Diagnostics.Checks;

public sealed class WatchdogCheckTests : IDisposable
{
    private const string Unit = "/usr/lib/systemd/system/dooragent.service";

    private readonly SomeDoor _door = new();

    public void Dispose() => _door.Dispose();

    [Fact]
    public async Task ARealDoorNeedsItsUnitAndASimulatedOneDoesNot()
    {
        (await _door.FindRealAsync<WatchdogCheck>()).Has(FindingLevel.Warning, "no unit is installed", "apt-get install");
        (await _door.FindAsync<WatchdogCheck>()).AreAllOk();
    }

    [Fact]
    public async Task AnEnabledUnitWithItsWatchdogIsOk()
    {
        _door.Put(Unit, "[Service]\n# WatchdogSec=5\nWatchdogSec=30\n");
        _door.Put("/etc/systemd/system/multi-user.target.wants/dooragent.service", "");
        _door.Put("/etc/systemd/system/dooragent.service.d/slow.conf", "[Service]\nWatchdogSec=120\n");
        IReadOnlyList<Finding> found = await _door.FindRealAsync<WatchdogCheck>();
        found.AreAllOk();
        found.Has(FindingLevel.Ok, "WatchdogSec 120");
    }

    [Fact]
    public async Task EachMissingPartIsAWarningWithItsNextStep()
    {
        _door.Put(Unit, "[Service]\nType=notify\n");
        _door.Put("/dev/watchdog", "");
        IReadOnlyList<Finding> found = await _door.FindRealAsync<WatchdogCheck>();
        found.Has(FindingLevel.Warning, "does not start with the machine", "systemctl enable --now dooragent");
        found.Has(FindingLevel.Warning, "does not notice a door that hangs", "WatchdogSec=30");
        found.Has(FindingLevel.Warning, "nothing uses the board's watchdog", "RuntimeWatchdogSec=15");
    }

    [Fact]
    public async Task ABoardsWatchdogThatIsUsedIsOk()
    {
        _door.Put(Unit, "WatchdogSec=30\n");
        _door.Put("/dev/watchdog", "");
        _door.Put("/etc/systemd/system.conf.d/w.conf", "[Manager]\nRuntimeWatchdogSec=15\n");
        (await _door.FindRealAsync<WatchdogCheck>()).Has(FindingLevel.Ok, "RuntimeWatchdogSec 15");
    }
}
