using DoorAgent.Hardware.Linux;
using Microsoft.Win32.SafeHandles;

namespace DoorAgent.Hardware.Gpio.Linux;

/// <summary>A GPIO chip of this machine.</summary>
/// <param name="Path">The device node, such as /dev/gpiochip0; may change at the next start.</param>
/// <param name="Label">The chip's label, such as pinctrl-rp1, which does not change.</param>
/// <param name="LineCount">The number of lines.</param>
internal sealed record GpioChip(string Path, string Label, int LineCount)
{
    /// <summary>The labels of chips that serve the header of a known board, most common first.</summary>
    public static readonly IReadOnlyList<string> OfBoards =
        ["pinctrl-rp1", "pinctrl-bcm2711", "pinctrl-bcm2835", "tegra234-gpio", "tegra194-gpio", "tegra-gpio"];

    /// <summary>Lists the chips of this machine in order of their device numbers, without those that cannot be opened.</summary>
    /// <param name="refused">Devices that could not be queried, with the reason.</param>
    public static IReadOnlyList<GpioChip> All(out IReadOnlyList<string> refused)
    {
        List<GpioChip> chips = [];
        List<string> failures = [];
        IEnumerable<string> nodes = Directory.GetFiles("/dev", "gpiochip*");
        foreach (string path in nodes.OrderBy(path => path.Length).ThenBy(path => path, StringComparer.Ordinal))
        {
            try
            {
                // A link is a second name of the same chip; the Pi 5 has one for old programs.
                if (new FileInfo(path).LinkTarget is null)
                    chips.Add(Query(path));
            }
            catch (IOException failure)
            {
                failures.Add(failure.Message);
            }
        }

        refused = failures;
        return chips;
    }

    /// <summary>Finds the chip with a label; without a label, the chip that serves the header of a known board.</summary>
    /// <exception cref="IOException">No chip or several chips match; the message lists the chips of this machine.</exception>
    public static GpioChip Find(string? label)
    {
        IReadOnlyList<GpioChip> chips = All(out IReadOnlyList<string> refused);
        GpioChip[] found = label is not null
            ? [.. chips.Where(chip => chip.Label == label)] : [.. chips.Where(chip => OfBoards.Contains(chip.Label)).Take(1)];
        if (found.Length == 1)
            return found[0];
        string present = string.Join(", ", chips.Select(chip => $"{chip.Label} ({chip.Path}, {chip.LineCount} lines)"));
        string failed = refused.Count > 0 ? $" Not readable: {string.Join("; ", refused)} Is the user in the group gpio?" : "";
        string problem = label is null ? "This board is not a known one; set Hardware:Chip to the label of its chip"
            : found.Length == 0 ? $"The chip '{label}' (Hardware:Chip) does not exist"
            : $"Several chips have the label '{label}' (Hardware:Chip)";
        throw new IOException($"{problem}. Chips: {(chips.Count > 0 ? present : "none")}.{failed} 'dooragent pins' lists them.");
    }

    /// <summary>Lists the chip's lines with their holders.</summary>
    /// <exception cref="IOException">The device cannot be queried.</exception>
    public IReadOnlyList<GpioLine> Lines()
    {
        using SafeFileHandle device = Kernel.Open(Path);
        return [.. Enumerable.Range(0, LineCount).Select(line => LineOf(device, line))];
    }

    /// <exception cref="IOException">The device cannot be queried.</exception>
    public GpioLine Line(int line)
    {
        using SafeFileHandle device = Kernel.Open(Path);
        return LineOf(device, line);
    }

    private GpioLine LineOf(SafeFileHandle device, int line)
    {
        GpioAbi.LineInfo info = new() { Offset = (uint)line };
        Kernel.Call(device, GpioAbi.GetLineInfo, ref info, $"{Path}, line {line}");
        return new GpioLine(line, info.Name.ToString(), info.Flags.HasFlag(GpioAbi.LineFlags.Used) ? info.Consumer.ToString() : null,
            info.Flags.HasFlag(GpioAbi.LineFlags.Output));
    }

    private static GpioChip Query(string path)
    {
        using SafeFileHandle device = Kernel.Open(path);
        GpioAbi.ChipInfo info = default;
        Kernel.Call(device, GpioAbi.GetChipInfo, ref info, path);
        return new GpioChip(path, info.Label.ToString(), (int)info.Lines);
    }
}

/// <summary>A line of a chip.</summary>
/// <param name="Line">The offset, which is the number used in the configuration.</param>
/// <param name="Name">The board's name for the line, such as GPIO22; may be empty.</param>
/// <param name="HeldBy">The consumer that holds the line; null when the line is free.</param>
/// <param name="IsOutput">Whether the line is an output now.</param>
internal sealed record GpioLine(int Line, string Name, string? HeldBy, bool IsOutput);
