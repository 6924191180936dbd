using System.Globalization;

namespace DoorAgent.Diagnostics.Checks;

/// <summary>Checks the board's memory, temperature and power supply.</summary>
internal sealed class BoardCheck : ICheck
{
    /// <summary>Free memory in kB below which the kernel may soon end a program; the door needs 200 MB.</summary>
    public const long LittleMemory = 100_000;

    /// <summary>Temperature in degrees Celsius of a hot board; a Raspberry Pi slows down from 80 degrees on.</summary>
    public const double Hot = 78;

    // Bits that the firmware of a Raspberry Pi reports (vcgencmd get_throttled): the current state, and 16 bits higher the state since the
    // start.
    private const int UnderVoltage = 1 << 0, Slowed = 1 << 1 | 1 << 2 | 1 << 3, SinceStart = 16;

    public string Name => "board";

    public async Task RunAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        CheckMemory(door.Machine, findings);
        CheckTemperature(door.Machine, findings);
        string? said = door.Machine.Text("/sys/devices/platform/soc/soc:firmware/get_throttled")
            ?? await door.Machine.AskAsync("vcgencmd", ["get_throttled"], cancellationToken);
        if (said is not null && int.TryParse(said.Split("0x")[^1], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int bits))
            CheckSupply(bits, findings);
    }

    private static void CheckMemory(Machine machine, Findings findings)
    {
        if (Kilobytes(machine, "MemAvailable") is not { } free || Kilobytes(machine, "MemTotal") is not { } all)
            return;
        string words = string.Create(CultureInfo.InvariantCulture, $"{free / 1e3:0} of {all / 1e3:0} MB of memory are free");
        if (free < LittleMemory)
            findings.Warn(words, "See which programs use it ('ps aux --sort=-rss | head'), and stop what a door does not need, such as a "
                + "desktop: 'sudo systemctl set-default multi-user.target'.");
        else
            findings.Ok(words);
    }

    private static void CheckTemperature(Machine machine, Findings findings)
    {
        double[] degrees = [.. machine.In("/sys/class/thermal", "thermal_zone*")
            .Select(zone => double.TryParse(machine.Text($"{zone}/temp"), CultureInfo.InvariantCulture, out double thousandths)
            ? thousandths / 1000 : 0)];
        if (degrees.Length == 0)
            return;
        string words = string.Create(CultureInfo.InvariantCulture, $"{degrees.Max():0} degrees Celsius");
        if (degrees.Max() >= Hot)
            findings.Warn(words, "Give the board a heat sink and air: a closed box in the sun slows it down.");
        else
            findings.Ok(words);
    }

    private static void CheckSupply(int bits, Findings findings)
    {
        const string Supply = "Use the supply that the board's maker names (Pi 4: 5.1 V 3 A, Pi 5: "
            + "5.1 V 5 A) and a short, thick cable; never feed the lock from it.";
        if ((bits & UnderVoltage) != 0)
            findings.Fault("the supply's voltage is too low now", Supply);
        else if ((bits & (UnderVoltage << SinceStart)) != 0)
            findings.Warn("the supply's voltage was too low since the start", Supply);
        if ((bits & (Slowed | Slowed << SinceStart)) != 0)
            findings.Warn("the processor was slowed down since the start",
                "The board was too hot or short of current: give it a heat sink and air, and check its supply.");
        if (bits == 0)
            findings.Ok("neither slowed down nor short of current since the start");
    }

    private static long? Kilobytes(Machine machine, string key) => (machine.Text("/proc/meminfo") ?? "").Split('\n')
        .Where(line => line.StartsWith($"{key}:", StringComparison.Ordinal))
        .Select(line => long.TryParse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], out long value) ? value : (long?)null)
        .FirstOrDefault();
}
