using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Gpio.Linux;

namespace DoorAgent.Diagnostics.Checks;

/// <summary>Checks that the GPIO chip exists, and that each configured line is free or held by the running door.</summary>
internal sealed class LinesCheck : ICheck
{
    private const string Ours = "dooragent";

    public string Name => "GPIO lines";

    public Task RunAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        HardwareOptions hardware = door.Options<HardwareOptions>();
        if (!door.IsReal)
        {
            findings.Ok("simulated: no line of a chip is used");
            return Task.CompletedTask;
        }

        IReadOnlyList<GpioLine> lines = door.Lines(hardware);
        List<string> right = [];
        BadgeOptions badges = door.Options<BadgeOptions>();
        foreach ((string key, int number) in hardware.LinesInUse().Where(use => IsUsed(use.Key, badges, door.Running is not null)))
        {
            GpioLine? line = lines.FirstOrDefault(line => line.Line == number);
            if (line is null)
                findings.Fault($"Hardware:{key} is line {number}, and the chip has lines 0 to {lines.Count - 1}",
                    "Set the line to a number that 'dooragent pins' shows.");
            else if (Wrong(line, door.Running is not null, key) is not { } wrong)
                right.Add($"{key} {number}");
            else
                findings.Refuse(wrong);
        }

        if (right.Count > 0)
            findings.Ok($"{(door.Running is null ? "free" : "held by the running door")}: {string.Join(", ", right)}");
        return Task.CompletedTask;
    }

    /// <summary>Returns whether a line is in use. The reset line of a chip is held only while the chip answers, so a running door may not
    /// hold it.</summary>
    private static bool IsUsed(string key, BadgeOptions badges, bool isRunning) => key switch
    {
        nameof(HardwareOptions.D0) or nameof(HardwareOptions.D1) => badges.Reader == BadgeOptions.Wiegand,
        nameof(HardwareOptions.ExitD0) or nameof(HardwareOptions.ExitD1) => badges.ExitReader == BadgeOptions.Wiegand,
        nameof(HardwareOptions.RfidReset) => badges.Reader == BadgeOptions.Rfid && !isRunning,
        _ => true,
    };

    /// <summary>Returns sentences about a wrong holder of a line; null when the holder is right.</summary>
    private static string? Wrong(GpioLine line, bool isRunning, string key) => line.HeldBy switch
    {
        null when isRunning => $"{key} (line {line.Line}) is free although the door runs: the door was started with other settings. "
            + $"Restart the door: 'systemctl restart dooragent'.",
        null => null,
        { } holder when holder.StartsWith(Ours, StringComparison.Ordinal) => isRunning ? null
            : $"{key} (line {line.Line}) is held by '{holder}', and no door answers on these data. Another door runs: 'systemctl status "
                + $"dooragent' shows it; name its data with --data, or run the doctor as root.",
        "" => $"{key} (line {line.Line}) is held by the kernel itself. Find what uses the line in config.txt (dtoverlay, "
            + "dtparam: SPI, I2C, a fan), or use another line.",
        { } other => $"{key} (line {line.Line}) is held by '{other}'. Stop that program, remove its dtoverlay from config.txt, or set "
            + $"Hardware:{key} to another line ('dooragent pins' shows which are free).",
    };
}
