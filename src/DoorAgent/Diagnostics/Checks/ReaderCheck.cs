using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Badges.Rfid;
using DoorAgent.Hardware.Gpio;

namespace DoorAgent.Diagnostics.Checks;

/// <summary>Checks the device of the reader on one side, or its wires: both high at rest, and the signals while somebody presents a
/// badge.</summary>
/// <param name="side">The reader.</param>
internal class ReaderCheck(ReaderSide side) : ICheck
{
    public ReaderCheck() : this(ReaderSide.Entry)
    {
    }

    public string Name => side == ReaderSide.Exit ? "exit reader" : "badge reader";

    public async Task RunAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        HardwareOptions hardware = door.Options<HardwareOptions>();
        BadgeOptions badges = door.Options<BadgeOptions>();
        if (side == ReaderSide.Exit && !badges.HasExitReader)
        {
            findings.Ok("no exit reader is fitted");
            return;
        }

        if (!door.IsReal)
        {
            findings.Ok("simulated: badges are typed");
            return;
        }

        badges = side == ReaderSide.Exit ? badges.AtExit : badges;
        if (badges.Reader != BadgeOptions.Wiegand)
        {
            await CheckDeviceAsync(badges, door, findings, cancellationToken);
            return;
        }

        if (door.Running is { } running)
        {
            if (door.Request.Listen is not null)
                findings.Warn("not measured: the running door has the wires", Stopped(door));
            int faults = running.Events.Count(IsFault);
            if (faults > 0)
                findings.Warn($"{faults} of the running door's last {running.Events.Count} events are faults of the reader", Stopped(door));
            else
                findings.Ok($"the running door reads it without a fault in its last events; to measure the wires: {Stopped(door)}");
            return;
        }

        using IGpioLines lines = door.OpenLines(hardware);
        ReaderWires wires = ReaderWires.Of(hardware, side);
        using WiegandReader reader = new(lines, wires.D0, wires.D1, badges, door.Time);
        (bool isD0Low, bool isD1Low) = reader.AreLow;
        Low(isD0Low, "D0", wires.D0);
        Low(isD1Low, "D1", wires.D1);
        if (!isD0Low && !isD1Low)
            findings.Ok($"D0 (line {wires.D0}) and D1 (line {wires.D1}) are high at rest");
        if (door.Request.Listen is not { } time)
            findings.Ok("signals not measured; use --listen 10 and present a badge");
        else
            await ListenAsync(door, reader, wires, time, findings, cancellationToken);

        void Low(bool isLow, string wire, int line)
        {
            if (isLow)
                findings.Fault($"{wire} (line {line}) is low at rest",
                    $"Disconnect {wire} from line {line}. If the line stays low, it is shorted to ground on this side; if not, the fault "
                        + $"is in the reader or its cable, or the reader has no power.");
        }
    }

    /// <summary>Checks that the device of a reader without D0 and D1 exists and that an RFID chip answers; a running door reports by itself
    /// when the device is gone.</summary>
    private async Task CheckDeviceAsync(BadgeOptions badges, DoctorContext door, Findings findings,
        CancellationToken cancellationToken)
    {
        bool isRfid = badges.Reader == BadgeOptions.Rfid;
        if (!File.Exists(badges.Device) && isRfid)
            findings.Fault($"the bus {badges.Device} of the {badges.RfidChip} does not exist",
                "Enable the bus: 'sudo raspi-config' on a Raspberry Pi, else the modules spidev and i2c-dev. "
                    + "'ls /dev/spidev* /dev/i2c-*' lists what exists.");
        else if (isRfid && door.Running is null)
            await CheckChipAsync(badges, door, findings, cancellationToken);
        else if (!File.Exists(badges.Device))
            findings.Fault($"the {badges.Reader} reader's device {badges.Device} does not exist",
                $"Plug the reader in; 'ls /dev/input/by-id /dev/serial/by-id' lists devices, and {DeviceKey} names the reader's.");
        else
            findings.Ok($"the {badges.Reader} reader's device {badges.Device} "
                + $"exists{(door.Running is null ? "" : "; the running door reads it")}");
    }

    private static async Task CheckChipAsync(BadgeOptions badges, DoctorContext door, Findings findings,
        CancellationToken cancellationToken)
    {
        try
        {
            using IRfidChip chip = await door.OpenRfidChip(badges, cancellationToken);
            RfidScan scan = BindingCall.Ask(chip.Scan);
            findings.Ok($"the {badges.RfidChip} on {badges.Device} answers{(scan.IsOccupied ? ", and a card is at it" : "")}");
        }
        catch (IOException gone)
        {
            findings.Fault($"the {badges.RfidChip} on {badges.Device} does not answer: {gone.Message}",
                "Check its supply (3.3 V), its wires and its switches or jumpers for the bus; is Badges:RfidChip the chip that is fitted?");
        }
    }

    private async Task ListenAsync(DoctorContext door, WiegandReader reader, ReaderWires wires, TimeSpan time,
        Findings findings, CancellationToken cancellationToken)
    {
        List<BadgeRead> reads = [];
        door.Tell($"Present a badge at the {(side == ReaderSide.Exit ? "exit reader" : "reader")} now, two or three times: the doctor listens for {time.TotalSeconds:0} s.");
        using CancellationTokenSource over = new(time, door.Time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        try
        {
            await foreach (BadgeRead read in reader.Reads.ReadAllAsync(either.Token))
            {
                reads.Add(read);
                door.Tell($"  {ReaderDiagnosis.Words(read)}");
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The listening time is over.
        }

        ReaderDiagnosis.Judge(reads, reader.Pulses, wires, findings);
    }

    private string DeviceKey => $"{BadgeOptions.Section}:"
        + (side == ReaderSide.Exit ? nameof(BadgeOptions.ExitDevice) : nameof(BadgeOptions.Device));

    private bool IsFault(DoorEvent made) => made.Kind switch
    {
        DoorEventKind.ReaderFault =>
            made.Detail?.StartsWith(ReaderRule.AtTheExit, StringComparison.Ordinal) == true == (side == ReaderSide.Exit),
        DoorEventKind.LineNoise => side == ReaderSide.Entry,
        DoorEventKind.ExitLineNoise => side == ReaderSide.Exit,
        _ => false,
    };

    private static string Stopped(DoctorContext door) =>
        $"'systemctl stop dooragent; dooragent doctor --listen 10 --data {door.Places.Data}; systemctl start dooragent'";
}

/// <summary>Checks the exit reader, where there is one.</summary>
internal sealed class ExitReaderCheck() : ReaderCheck(ReaderSide.Exit);
