using DoorAgent.Diagnostics;
using DoorAgent.Diagnostics.Checks;
using DoorAgent.Events;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Badges.Rfid;
using DoorAgent.Hardware.Gpio;

namespace DoorAgent.Tests.Diagnostics.Checks;

public sealed class ReaderCheckTests : IDisposable
{
    private const int D0 = 17, D1 = 18;

    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(1);

    private readonly SomeDoor _door = new();
    private readonly SimulatedGpioLines _lines;

    public ReaderCheckTests() => _door.Chip = _lines = new SimulatedGpioLines(_door.Time, 32);

    public void Dispose() => _door.Dispose();

    [Theory]
    [InlineData("/dev/null", FindingLevel.Ok, "the serial reader's device /dev/null exists")]
    [InlineData("/dev/ttyUSB99", FindingLevel.Fault, "/dev/ttyUSB99 does not exist")]
    public async Task AReaderWithoutWiegandWiresIsCheckedByItsDevice(string device, object level, string what) =>
        (await _door.FindRealAsync<ReaderCheck>("Badges:Reader=serial", $"Badges:Device={device}")).Has((FindingLevel)level, what);

    [Fact]
    public async Task AnRfidChipThatAnswersIsOkAndASilentChipIsAFault()
    {
        // The check does not open the file as a bus, so any existing file serves.
        string[] settings = ["Badges:Reader=rfid", "Badges:RfidChip=pn532", "Badges:Device=/dev/null"];
        (await _door.FindRealAsync<ReaderCheck>(settings))
            .Has(FindingLevel.Fault, "the pn532 on /dev/null does not answer: no chip answers", "3.3 V");
        _door.RfidChip = new SomeChip();
        (await _door.FindRealAsync<ReaderCheck>(settings)).Has(FindingLevel.Ok, "the pn532 on /dev/null answers, and a card is at it");
        (await _door.FindRealAsync<ReaderCheck>("Badges:Reader=rfid", "Badges:Device=/dev/spidev97.0"))
            .Has(FindingLevel.Fault, "/dev/spidev97.0 of the mfrc522 does not exist", "raspi-config");
    }

    [Fact]
    public async Task WiresThatAreHighWhenIdleAreOk()
    {
        IReadOnlyList<Finding> found = await _door.FindRealAsync<ReaderCheck>();
        found.AreAllOk();
        found.Has(FindingLevel.Ok, "high at rest");
        found.Has(FindingLevel.Ok, "--listen 10");
    }

    [Fact]
    public async Task AWireThatIsLowWhenIdleIsAFault()
    {
        _lines.Drive(D1, high: false);
        (await _door.FindRealAsync<ReaderCheck>()).Has(FindingLevel.Fault, "D1 (line 18) is low at rest", "Disconnect D1 from line 18");
    }

    [Fact]
    public async Task ALineThatAnotherProgramHoldsIsAFault()
    {
        using IInputLines other =
            _lines.RequestInputs(new InputRequest("a thermometer", [D0], LineEdges.Both, LineBias.AsIs, ActiveLow: false));
        (await _door.FindRealAsync<ReaderCheck>()).Has(FindingLevel.Fault, "a thermometer already holds it", "Give each use a separate line");
    }

    [Fact]
    public async Task ABadgeIsReadAndItsNumberIsNotPrinted()
    {
        IReadOnlyList<Finding> found = await ListenAsync(() => Send(WiegandFormat.Encode(Badge.Parse("H10301:123:4567"))));
        found.AreAllOk();
        found.Has(FindingLevel.Ok, "1 badge read (H10301 ...67)");
        Assert.DoesNotContain(_door.Told, told => told.Contains("4567", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SwappedWiresAreNamed() =>
        (await ListenAsync(() => Send(WiegandFormat.Encode(Badge.Parse("H10301:123:4567")), isSwapped: true)))
        .Has(FindingLevel.Fault, "the wires are swapped", "Exchange them");

    [Fact]
    public async Task SilenceIsAWarning() => (await ListenAsync(() => { })).Has(FindingLevel.Warning, "nothing came", "Present a badge");

    [Fact]
    public async Task ASilentWireIsNamed() =>
        (await ListenAsync(() => Send(new string('1', 24)))).Has(FindingLevel.Fault, "none over D0", "line 17");

    [Fact]
    public async Task AWrongParityBitIsAFault()
    {
        string bits = WiegandFormat.Encode(Badge.Parse("H10301:123:4567"));
        (await ListenAsync(() => Send(bits[..^1] + (bits[^1] == '0' ? '1' : '0')))).Has(FindingLevel.Fault, "parity", "cable");
    }

    [Fact]
    public async Task AnUnknownLengthIsAWarningThatNamesTheFormats() =>
        (await ListenAsync(() => Send("0110011001100110011001100110011010"))).Has(FindingLevel.Warning, "34 bits", "Badges:Formats");

    [Fact]
    public async Task EdgesTooCloseTogetherAreNoise() =>
        (await ListenAsync(() => Send("0101010101", gap: TimeSpan.FromMicroseconds(20)))).Has(FindingLevel.Fault, "noise", "Shield");

    [Fact]
    public async Task ARunningDoorKeepsItsReaderForItself()
    {
        _door.Running = _door.Status();
        (await _door.FindRealAsync<ReaderCheck>()).Has(FindingLevel.Ok, "systemctl stop dooragent");
        _door.Running = _door.Running with { Events = [_door.Status(default, 1).Events[0] with { Kind = DoorEventKind.ReaderFault }] };
        (await _door.FindRealAsync<ReaderCheck>()).Has(FindingLevel.Warning, "1 of the running door's last 1 events", "--listen 10");
        _door.Listen = TimeSpan.FromSeconds(10);
        (await _door.FindRealAsync<ReaderCheck>()).Has(FindingLevel.Warning, "not measured", "systemctl stop dooragent");
    }

    /// <summary>Runs the check while bits arrive over the wires.</summary>
    private async Task<IReadOnlyList<Finding>> ListenAsync(Action send)
    {
        _door.Listen = TimeSpan.FromSeconds(10);
        Task<IReadOnlyList<Finding>> finding = _door.FindRealAsync<ReaderCheck>();
        send();
        await _lines.WhenIdleAsync();
        // The first step is the silence that ends a frame, the second ends the listening.
        _door.Time.Advance(TimeSpan.FromSeconds(1));
        _door.Time.Advance(TimeSpan.FromSeconds(10));
        return await finding;
    }

    private void Send(string bits, bool isSwapped = false, TimeSpan? gap = null)
    {
        TimeSpan at = _door.Time.Monotonic();
        foreach (char bit in bits)
        {
            int line = (bit == '1') == isSwapped ? D0 : D1;
            _lines.Drive(line, false, at);
            _lines.Drive(line, true, at);
            at += gap ?? Gap;
        }
    }

    private sealed class SomeChip : IRfidChip
    {
        public RfidScan Scan() => RfidScan.Card([0x62, 0xB4, 0x34, 0x23]);

        public void Dispose()
        {
        }
    }
}
