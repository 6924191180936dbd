using DoorAgent.Hardware.Linux;
using Microsoft.Win32.SafeHandles;

namespace DoorAgent.Hardware.Gpio.Linux;

/// <summary>One GPIO chip of this machine.</summary>
/// <param name="Path">Its device, such as /dev/gpiochip0: may be another one after the next start.</param>
/// <param name="Label">What it is, such as pinctrl-rp1: stays.</param>
/// <param name="LineCount">How many lines it has.</param>
internal sealed record GpioChip(string Path, string Label, int LineCount)
{
    /// <summary>The chips that carry the header of a board, best known first.</summary>
    public static readonly IReadOnlyList<string> OfBoards =
        ["pinctrl-rp1", "pinctrl-bcm2711", "pinctrl-bcm2835", "tegra234-gpio", "tegra194-gpio", "tegra-gpio"];

    /// <summary>The chips of this machine, by their devices' names. One that may not be opened is left out and told.</summary>
    /// <param name="refused">Devices that could not be asked, with the reason.</param>
    public static IReadOnlyList<GpioChip> All(out IReadOnlyList<string> refused)
    {
        List<GpioChip> chips = [];
        List<string> failures = [];
        foreach (string path in Directory.GetFiles("/dev", "gpiochip*").OrderBy(path => path.Length).ThenBy(path => path, StringComparer.Ordinal))
        {
            try
            {
                // A second name of the same chip (the Pi 5 has one for old programs) is no second chip.
                if (new FileInfo(path).LinkTarget is null)
                    chips.Add(Ask(path));
            }
            catch (IOException failure)
            {
                failures.Add(failure.Message);
            }
        }

        refused = failures;
        return chips;
    }

    /// <summary>The chip with a label; with none given, the one that carries the header of a board we know.</summary>
    /// <exception cref="IOException">There is none, or more than one; the message says which there are.</exception>
    public static GpioChip Find(string? label)
    {
        IReadOnlyList<GpioChip> chips = All(out IReadOnlyList<string> refused);
        GpioChip[] found = [.. label is not null ? chips.Where(chip => chip.Label == label) : chips.Where(chip => OfBoards.Contains(chip.Label)).Take(1)];
        if (found.Length == 1)
            return found[0];
        string there = chips.Count > 0 ? string.Join(", ", chips.Select(chip => $"{chip.Label} ({chip.Path}, {chip.LineCount} lines)")) : "none";
        string kept = refused.Count > 0 ? $" Not to be asked: {string.Join("; ", refused)} Is the user in the group gpio?" : "";
        string wanted = label is null ? "a board that is known by itself; name its chip in Hardware:Chip"
            : found.Length == 0 ? $"a chip '{label}' (Hardware:Chip)" : $"one single chip '{label}' (Hardware:Chip)";
        throw new IOException($"There is not {wanted}. Chips here: {there}.{kept} 'dooragent pins' shows them.");
    }

    /// <summary>The chip's lines, with who holds them.</summary>
    /// <exception cref="IOException">The device cannot be asked.</exception>
    public IReadOnlyList<GpioLine> Lines()
    {
        using SafeFileHandle device = Kernel.Open(Path);
        return [.. Enumerable.Range(0, LineCount).Select(line => LineOf(device, line))];
    }

    /// <exception cref="IOException">The device cannot be asked.</exception>
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

    private static GpioChip Ask(string path)
    {
        using SafeFileHandle device = Kernel.Open(path);
        GpioAbi.ChipInfo info = default;
        Kernel.Call(device, GpioAbi.GetChipInfo, ref info, path);
        return new GpioChip(path, info.Label.ToString(), (int)info.Lines);
    }
}

/// <summary>One line of a chip.</summary>
/// <param name="Line">Its offset: the number that the configuration takes.</param>
/// <param name="Name">The board's name for it, such as GPIO22; may be empty.</param>
/// <param name="HeldBy">Who holds it; null when it is free.</param>
/// <param name="IsOutput">Whether it is an output now.</param>
internal sealed record GpioLine(int Line, string Name, string? HeldBy, bool IsOutput);
