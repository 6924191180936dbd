using DoorAgent.Diagnostics;
using DoorAgent.Diagnostics.Checks;

namespace DoorAgent.Tests.Diagnostics.Checks;

public sealed class PermissionsCheckTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly SomeDoor _door = new();

    public void Dispose() => _door.Dispose();

    [Fact]
    public async Task DataReadableByTheOwnerOnlyIsOk()
    {
        File.Create(Path.Combine(_door.Data, "gallery.db")).Dispose();
        File.SetUnixFileMode(Path.Combine(_door.Data, "gallery.db"), OwnerOnly);
        (await _door.FindAsync<PermissionsCheck>()).AreAllOk();
    }

    [Fact]
    public async Task EachFileThatOthersMayReadIsAFault()
    {
        File.Create(Path.Combine(_door.Data, "gallery.db")).Dispose();
        File.SetUnixFileMode(Path.Combine(_door.Data, "gallery.db"), OwnerOnly | UnixFileMode.OtherRead);
        File.SetUnixFileMode(_door.Data, OwnerOnly | UnixFileMode.UserExecute | UnixFileMode.GroupExecute);
        IReadOnlyList<Finding> found = await _door.FindAsync<PermissionsCheck>();
        found.Has(FindingLevel.Fault, $"may read {_door.Data}", "chmod 700");
        found.Has(FindingLevel.Fault, "gallery.db", "chmod 600");
    }

    [Fact]
    public async Task TheDoorsUserNeedsTheGroupsOfItsDevices()
    {
        Accounts("gpio:x:5:dooragent\nvideo:x:6:pi,dooragent\ndialout:x:7:pi\n");
        (await _door.FindAsync<PermissionsCheck>())
            .Has(FindingLevel.Warning, "is not in dialout, input, i2c, spi", "usermod -aG dialout,input,i2c,spi dooragent");
        Accounts("gpio:x:5:dooragent\nvideo:x:6:pi,dooragent\ndialout:x:7:dooragent\n"
            + "input:x:8:dooragent\ni2c:x:9:dooragent\nspi:x:10:dooragent\n");
        (await _door.FindAsync<PermissionsCheck>()).AreAllOk();
    }

    [Fact]
    public async Task TheDoorsUserMustBeAbleToReadItsConfiguration()
    {
        Accounts("gpio:x:5:dooragent\nvideo:x:6:dooragent\ndialout:x:7:dooragent\n"
            + "input:x:8:dooragent\ni2c:x:9:dooragent\nspi:x:10:dooragent\n");
        string file = _door.Put("/etc/dooragent/dooragent.json", "{}");
        _door.SettingsFile = "/etc/dooragent/dooragent.json";
        File.SetUnixFileMode(file, OwnerOnly);
        (await _door.FindAsync<PermissionsCheck>())
            .Has(FindingLevel.Fault, "may not read /etc/dooragent/dooragent.json", "chgrp dooragent");
        File.SetUnixFileMode(file, OwnerOnly | UnixFileMode.OtherRead | UnixFileMode.GroupRead);
        (await _door.FindAsync<PermissionsCheck>()).AreAllOk();
    }

    [Theory]
    [InlineData("/dev/gpiochip0")]
    [InlineData("/dev/i2c-1")]
    [InlineData("/dev/spidev0.0")]
    public async Task ADeviceOfAnotherGroupIsAWarning(string device)
    {
        Accounts("gpio:x:4294967:dooragent\nvideo:x:6:dooragent\ndialout:x:7:dooragent\n"
            + "input:x:8:dooragent\ni2c:x:4294968:dooragent\nspi:x:4294969:dooragent\n");
        _door.Put(device, "");
        (await _door.FindAsync<PermissionsCheck>()).Has(FindingLevel.Warning, $"{device} belongs to the group", "udevadm trigger");
    }

    [Fact]
    public async Task AMissingDataDirectoryIsAWarning()
    {
        Directory.Delete(_door.Data);
        (await _door.FindAsync<PermissionsCheck>()).Has(FindingLevel.Warning, "there is no directory", "people add");
        Directory.CreateDirectory(_door.Data);
    }

    private void Accounts(string groups)
    {
        _door.Put("/etc/passwd", "pi:x:4294960:4294960::/:/bin/sh\ndooragent:x:4294961:4294961::/:/bin/false\n");
        _door.Put("/etc/group", groups + "dooragent:x:4294961:\n");
    }
}
