using DoorAgent.Events;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Badges.Rfid;
using DoorAgent.Hardware.Gpio;

namespace DoorAgent.Diagnostics.Checks;

/// <summary>Checks the reader's device, or its wires: both high at rest, and the signals while somebody presents a badge.</summary>
internal sealed class ReaderCheck : ICheck
{
    public string Name => "badge reader";

    public async Task RunAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        HardwareOptions hardware = door.Options<HardwareOptions>();
        BadgeOptions badges = door.Options<BadgeOptions>();
        if (!door.IsReal)
        {
            findings.Ok("simulated: badges are typed");
            return;
        }

        if (badges.Reader != BadgeOptions.Wiegand)
        {
            await CheckDeviceAsync(badges, door, findings, cancellationToken);
            return;
        }

        if (door.Running is { } running)
        {
            if (door.Request.Listen is not null)
                findings.Warn("not measured: the running door has the wires", Stopped(door));
            int faults = running.Events.Count(made => made.Kind is DoorEventKind.ReaderFault or DoorEventKind.LineNoise);
            if (faults > 0)
                findings.Warn($"{faults} of the running door's last {running.Events.Count} events are faults of the reader", Stopped(door));
            else
                findings.Ok($"the running door reads it without a fault in its last events; to measure the wires: {Stopped(door)}");
            return;
        }

        using IGpioLines lines = door.OpenLines(hardware);
        using WiegandReader reader = new(lines, hardware.D0, hardware.D1, badges, door.Time);
        (bool isD0Low, bool isD1Low) = reader.AreLow;
        Low(isD0Low, nameof(HardwareOptions.D0), hardware.D0);
        Low(isD1Low, nameof(HardwareOptions.D1), hardware.D1);
        if (!isD0Low && !isD1Low)
            findings.Ok($"D0 (line {hardware.D0}) and D1 (line {hardware.D1}) are high at rest");
        if (door.Request.Listen is not { } time)
            findings.Ok("signals not measured; use --listen 10 and present a badge");
        else
            await ListenAsync(door, reader, hardware, time, findings, cancellationToken);

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
    private static async Task CheckDeviceAsync(BadgeOptions badges, DoctorContext door, Findings findings,
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
                "Plug the reader in; 'ls /dev/input/by-id /dev/serial/by-id' lists devices, and Badges:Device names the reader's.");
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

    private static async Task ListenAsync(DoctorContext door, WiegandReader reader, HardwareOptions hardware, TimeSpan time,
        Findings findings, CancellationToken cancellationToken)
    {
        List<BadgeRead> reads = [];
        door.Tell($"Present a badge at the reader now, two or three times: the doctor listens for {time.TotalSeconds:0} s.");
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

        ReaderDiagnosis.Judge(reads, reader.Pulses, hardware, findings);
    }

    private static string Stopped(DoctorContext door) =>
        $"'systemctl stop dooragent; dooragent doctor --listen 10 --data {door.Places.Data}; systemctl start dooragent'";
}
