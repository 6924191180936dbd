using System.Globalization;
using DoorAgent.Hardware.Gpio;
using DoorAgent.Hardware.Gpio.Linux;

namespace DoorAgent.Hardware.Tests.Gpio.Linux;

/// <summary>A chip of the kernel's gpio-sim, driven and measured through its files; skips the test when gpio-sim is absent.</summary>
internal sealed class GpioSimBench : IGpioBench
{
    private readonly string _files;

    public GpioSimBench()
    {
        string? files = Directory.Exists("/sys/devices/platform")
            ? Directory.GetDirectories("/sys/devices/platform", "gpio-sim.*")
                .SelectMany(device => Directory.GetDirectories(device, "gpiochip*")).FirstOrDefault()
            : null;
        if (files is null)
            Assert.Skip("needs a GPIO chip of the kernel's gpio-sim: the virtual unit has one (tests/virtual-door/run.sh)");
        _files = files;
        Chip = GpioChip.All(out _).Single(chip => chip.Path == "/dev/" + Path.GetFileName(files));
        Lines = new LinuxGpioLines(Chip);
    }

    public GpioChip Chip { get; }

    public IGpioLines Lines { get; }

    public int LineCount => Chip.LineCount;

    public void Drive(int line, bool high) => File.WriteAllText(FileOf(line, "pull"), high ? "pull-up" : "pull-down");

    public bool IsHigh(int line) => File.ReadAllText(FileOf(line, "value")).Trim() == "1";

    public void Dispose() => Lines.Dispose();

    private string FileOf(int line, string name) =>
        Path.Combine(_files, string.Create(CultureInfo.InvariantCulture, $"sim_gpio{line}"), name);
}
