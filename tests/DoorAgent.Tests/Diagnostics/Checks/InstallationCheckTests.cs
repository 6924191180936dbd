using DoorAgent.Diagnostics;
using DoorAgent.Diagnostics.Checks;

namespace DoorAgent.Tests.Diagnostics.Checks;

public sealed class InstallationCheckTests : IDisposable
{
    private const string List = "usr/share/dooragent/manifest.sha256", File = "usr/lib/dooragent/dooragent.dll";

    private readonly SomeDoor _door = new();

    public void Dispose() => _door.Dispose();

    [Fact]
    public async Task ABuildInACheckoutIsNoFlaw() =>
        (await _door.FindAsync<InstallationCheck>()).Has(FindingLevel.Ok, "not installed as a package");

    [Fact]
    public async Task AMissingFileAndAReplacedUnitAreWarningsThatNameTheCommand()
    {
        _door.Put(List, "# dooragent 1.0 amd64: x\n"
            + $"{new string('0', 64)}  {File}\n{new string('0', 64)}  usr/lib/systemd/system/dooragent.service\n");
        _door.Put("usr/lib/systemd/system/dooragent.service", "[Service]\n");
        _door.Put("etc/systemd/system/dooragent.service", "[Service]\n");
        IReadOnlyList<Finding> found = await _door.FindAsync<InstallationCheck>();
        found.Has(FindingLevel.Warning, "/etc/systemd/system/dooragent.service takes the place of", "verify-install");
        Assert.Contains(found, finding => finding.What == $"/{File} is missing");
    }

    [Fact]
    public async Task ADamagedListIsAFault()
    {
        _door.Put(List, "x\n");
        (await _door.FindAsync<InstallationCheck>()).Has(FindingLevel.Fault, "is damaged", "Install the package again");
    }
}
