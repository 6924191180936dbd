using System.Globalization;

namespace DoorAgent.Diagnostics.Checks;

/// <summary>The board: memory, temperature, and whether its supply is strong enough.</summary>
internal sealed class BoardCheck : ICheck
{
    /// <summary>The door needs 200 MB; with less left, in kB, the kernel will end something.</summary>
    public const long LittleMemory = 100_000;

    /// <summary>A Raspberry Pi slows down from 80 degrees on.</summary>
    public const double Hot = 78;

    // What the firmware of a Raspberry Pi tells (vcgencmd get_throttled): now, and 16 bits higher since the start.
    private const int UnderVoltage = 1 << 0, Slowed = 1 << 1 | 1 << 2 | 1 << 3, SinceStart = 16;

    public string Name => "board";

    public async Task LookAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        LookAtMemory(door.Machine, findings);
        LookAtTemperature(door.Machine, findings);
        string? said = door.Machine.Text("/sys/devices/platform/soc/soc:firmware/get_throttled")
            ?? await door.Machine.AskAsync("vcgencmd", ["get_throttled"], cancellationToken);
        if (said is not null && int.TryParse(said.Split("0x")[^1], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int bits))
            LookAtSupply(bits, findings);
    }

    private static void LookAtMemory(Machine machine, Findings findings)
    {
        if (Kilobytes(machine, "MemAvailable") is not { } free || Kilobytes(machine, "MemTotal") is not { } all)
            return;
        string words = string.Create(CultureInfo.InvariantCulture, $"{free / 1e3:0} of {all / 1e3:0} MB of memory are free");
        if (free < LittleMemory)
            findings.Warn(words, "See what takes it ('ps aux --sort=-rss | head'), and end what a door does not need; a desktop, for one: 'sudo systemctl set-default multi-user.target'.");
        else
            findings.Ok(words);
    }

    private static void LookAtTemperature(Machine machine, Findings findings)
    {
        double[] degrees = [.. machine.In("/sys/class/thermal", "thermal_zone*")
            .Select(zone => double.TryParse(machine.Text($"{zone}/temp"), CultureInfo.InvariantCulture, out double thousandths) ? thousandths / 1000 : 0)];
        if (degrees.Length == 0)
            return;
        string words = string.Create(CultureInfo.InvariantCulture, $"{degrees.Max():0} degrees Celsius");
        if (degrees.Max() >= Hot)
            findings.Warn(words, "Give it a heat sink and air: a closed box in the sun slows it down.");
        else
            findings.Ok(words);
    }

    private static void LookAtSupply(int bits, Findings findings)
    {
        const string Supply = "Use the supply that the board's maker names (Pi 4: 5.1 V 3 A, Pi 5: 5.1 V 5 A) and a short, thick cable; never feed the lock from it.";
        if ((bits & UnderVoltage) != 0)
            findings.Fault("the supply's voltage is too low now", Supply);
        else if ((bits & (UnderVoltage << SinceStart)) != 0)
            findings.Warn("the supply's voltage was too low since the start", Supply);
        if ((bits & (Slowed | Slowed << SinceStart)) != 0)
            findings.Warn("the processor was slowed down since the start", "It was too hot or short of current: give it a heat sink and air, and look at its supply.");
        if (bits == 0)
            findings.Ok("neither slowed down nor short of current since the start");
    }

    private static long? Kilobytes(Machine machine, string key) => (machine.Text("/proc/meminfo") ?? "").Split('\n')
        .Where(line => line.StartsWith($"{key}:", StringComparison.Ordinal))
        .Select(line => long.TryParse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], out long value) ? value : (long?)null)
        .FirstOrDefault();
}
