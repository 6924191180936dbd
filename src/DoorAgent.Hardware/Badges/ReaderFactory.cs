using DoorAgent.Hardware.Badges.Linux;
using DoorAgent.Hardware.Badges.Osdp;
using DoorAgent.Hardware.Badges.Rfid;
using DoorAgent.Hardware.Gpio;

namespace DoorAgent.Hardware.Badges;

/// <summary>Opens the configured badge reader.</summary>
internal static class ReaderFactory
{
    /// <summary>Opens the reader that <see cref="BadgeOptions.Reader"/> names. A missing device that can be plugged in is not an error: the
    /// reader reports its loss.</summary>
    /// <exception cref="IOException">A line is not available, or the key file does not exist.</exception>
    /// <exception cref="InvalidDataException">The key is invalid.</exception>
    public static IBadgeReader Open(IGpioLines lines, HardwareOptions wiring, BadgeOptions options, TimeProvider time) =>
        Open(lines, ReaderWires.Of(wiring, ReaderSide.Entry), "badge reader", wiring.RfidReset, options, time);

    /// <summary>Opens the reader that <see cref="BadgeOptions.ExitReader"/> names; null for a door without one.</summary>
    /// <exception cref="IOException">A line is not available, or the key file does not exist.</exception>
    /// <exception cref="InvalidDataException">The key is invalid.</exception>
    public static IBadgeReader? OpenExit(IGpioLines lines, HardwareOptions wiring, BadgeOptions options, TimeProvider time) =>
        options.HasExitReader
            ? Open(lines, ReaderWires.Of(wiring, ReaderSide.Exit), "exit reader", reset: null, options.AtExit, time) : null;

    private static IBadgeReader Open(
        IGpioLines lines, ReaderWires wires, string use, int? reset, BadgeOptions options, TimeProvider time) => options.Reader switch
    {
        BadgeOptions.Keyboard => OpenText(options, "USB", time, () => KeyboardSource.Open(options.Device!)),
        BadgeOptions.Serial => OpenText(options, $"serial ({options.Baud} baud)", time,
            () => new SerialSource(options.Device!, options.Baud)),
        BadgeOptions.Osdp => OpenOsdp(options, time),
        BadgeOptions.Rfid => OpenRfid(lines, reset, options, time),
        _ => new WiegandReader(lines, wires.D0, wires.D1, options, time, use),
    };

    private static PluggedReader OpenText(BadgeOptions options, string kind, TimeProvider time, Func<ITextSource> open) => new(
        $"{kind} reader {options.Device} ({options.TextFormat})",
        _ => Task.FromResult<IReaderDevice>(new TextReaderDevice(open(), options.Text, time)), time);

    private static PluggedReader OpenOsdp(BadgeOptions options, TimeProvider time)
    {
        OsdpKey key = OsdpKey.Read(options.OsdpKey, Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY"));
        return new PluggedReader($"OSDP reader {options.OsdpAddress} on {options.Device} ({options.Baud} baud)",
            stopping => BuiltIn.OpenOsdp(options, key, time, stopping), time);
    }

    private static PluggedReader OpenRfid(IGpioLines lines, int? resetLine, BadgeOptions options, TimeProvider time)
    {
        (IGpioLines Lines, int Line)? reset = resetLine is { } line ? (lines, line) : null;
        return new PluggedReader($"{options.RfidChip} reader on {options.Device}",
            async stopping => new RfidDevice(await RfidBus.OpenAsync(options, reset, time, stopping), time), time);
    }
}
