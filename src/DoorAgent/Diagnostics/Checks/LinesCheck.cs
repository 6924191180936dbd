using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Gpio.Linux;

namespace DoorAgent.Diagnostics.Checks;

/// <summary>The chip is there, and each configured line is free or the running door's.</summary>
internal sealed class LinesCheck : ICheck
{
    private const string Ours = "dooragent";

    public string Name => "GPIO lines";

    public Task LookAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        HardwareOptions hardware = door.Options<HardwareOptions>();
        if (!door.IsReal)
        {
            findings.Ok("simulated: no line of a chip is used");
            return Task.CompletedTask;
        }

        IReadOnlyList<GpioLine> lines = door.Lines(hardware);
        List<string> right = [];
        string reader = door.Options<BadgeOptions>().Reader;
        foreach ((string key, int number) in hardware.LinesInUse().Where(use => IsUsed(use.Key, reader, door.Running is not null)))
        {
            GpioLine? line = lines.FirstOrDefault(line => line.Line == number);
            if (line is null)
                findings.Fault($"Hardware:{key} is line {number}, and the chip has lines 0 to {lines.Count - 1}", "Set it to one that 'dooragent pins' shows.");
            else if (Wrong(line, door.Running is not null, key) is not { } wrong)
                right.Add($"{key} {number}");
            else
                findings.Refuse(wrong);
        }

        if (right.Count > 0)
            findings.Ok($"{(door.Running is null ? "free" : "held by the running door")}: {string.Join(", ", right)}");
        return Task.CompletedTask;
    }

    /// <summary>Whether the reader uses its lines. The reset line of a chip is held only while the chip answers, so a running door may not hold it.</summary>
    private static bool IsUsed(string key, string reader, bool isRunning) => key switch
    {
        nameof(HardwareOptions.D0) or nameof(HardwareOptions.D1) => reader == BadgeOptions.Wiegand,
        nameof(HardwareOptions.RfidReset) => reader == BadgeOptions.Rfid && !isRunning,
        _ => true,
    };

    /// <summary>What is wrong with who holds a line, in sentences; null when nothing is.</summary>
    private static string? Wrong(GpioLine line, bool isRunning, string key) => line.HeldBy switch
    {
        null when isRunning => $"{key} (line {line.Line}) is free though the door runs: it was started with other settings. Start it again: 'systemctl restart dooragent'.",
        null => null,
        { } holder when holder.StartsWith(Ours, StringComparison.Ordinal) => isRunning ? null
            : $"{key} (line {line.Line}) is held by '{holder}', and no door answers on these data. Another one runs: 'systemctl status dooragent' shows it; name its data with --data, or ask as root.",
        "" => $"{key} (line {line.Line}) is held by the kernel itself. Look for what uses it in config.txt (dtoverlay, dtparam: SPI, I2C, a fan), or take another line.",
        { } other => $"{key} (line {line.Line}) is held by '{other}'. End that program, take its dtoverlay out of config.txt, or set Hardware:{key} to another line ('dooragent pins' shows which are free).",
    };
}
