using DoorAgent.Diagnostics;
using DoorAgent.Diagnostics.Checks;
using DoorAgent.Hardware.Gpio.Linux;

namespace DoorAgent.Tests.Diagnostics.Checks;

public sealed class LinesCheckTests : IDisposable
{
    private readonly SomeDoor _door = new();

    public LinesCheckTests() => Hold(null);

    public void Dispose() => _door.Dispose();

    [Fact]
    public async Task FreeLinesAreOk()
    {
        IReadOnlyList<Finding> found = await _door.FindRealAsync<LinesCheck>("Hardware:Exit=24");
        found.AreAllOk();
        found.Has(FindingLevel.Ok, "free: D0 17, D1 18, Relay 22, Contact 23, Exit 24");
    }

    [Fact]
    public async Task AReaderWithoutWiegandWiresUsesNoLines() =>
        (await _door.FindRealAsync<LinesCheck>("Badges:Reader=serial", "Badges:Device=/dev/ttyUSB0"))
            .Has(FindingLevel.Ok, "free: Relay 22, Contact 23");

    [Fact]
    public async Task TheResetLineOfAChipIsCheckedWhenTheDoorIsNotRunning()
    {
        string[] rfid = ["Badges:Reader=rfid", "Badges:Device=/dev/spidev0.0", "Hardware:RfidReset=25"];
        (await _door.FindRealAsync<LinesCheck>(rfid)).Has(FindingLevel.Ok, "free: Relay 22, Contact 23, RfidReset 25");
        (await _door.FindRealAsync<LinesCheck>("Hardware:RfidReset=25")).Has(FindingLevel.Ok, "free: D0 17, D1 18, Relay 22, Contact 23");
        _door.Running = _door.Status();
        Hold("dooragent of ours", 22, 23);
        (await _door.FindRealAsync<LinesCheck>(rfid)).AreAllOk();
    }

    [Fact]
    public async Task ASimulatedDoorUsesNoLines() => (await _door.FindAsync<LinesCheck>()).AreAllOk();

    [Theory]
    [InlineData("spi0 CS1", "held by 'spi0 CS1'", "dtoverlay")]
    [InlineData("", "held by the kernel itself", "config.txt")]
    [InlineData("dooragent lock relay", "no door answers", "systemctl status")]
    public async Task AHeldLineIsAFaultThatNamesItsHolder(string holder, string what, string next)
    {
        Hold(holder, 22);
        IReadOnlyList<Finding> found = await _door.FindRealAsync<LinesCheck>();
        found.Has(FindingLevel.Fault, what, next);
        found.Has(FindingLevel.Ok, "free: D0 17, D1 18, Contact 23");
    }

    [Fact]
    public async Task LinesThatTheRunningDoorHoldsAreOkAndTheOthersAreFaults()
    {
        _door.Running = _door.Status();
        Hold("dooragent of ours", 17, 18, 22);
        IReadOnlyList<Finding> found = await _door.FindRealAsync<LinesCheck>();
        found.Has(FindingLevel.Ok, "held by the running door: D0 17, D1 18, Relay 22");
        found.Has(FindingLevel.Fault, "Contact (line 23) is free although the door runs", "systemctl restart");
    }

    [Fact]
    public async Task ALineThatTheChipDoesNotHaveIsAFault() =>
        (await _door.FindRealAsync<LinesCheck>("Hardware:Relay=99"))
            .Has(FindingLevel.Fault, "the chip has lines 0 to 31", "dooragent pins");

    private void Hold(string? holder, params int[] lines) =>
        _door.Lines = [.. Enumerable.Range(0, 32)
            .Select(line => new GpioLine(line, "", lines.Contains(line) ? holder : null, IsOutput: false))];
}
