using DoorAgent.Hardware.Badges.Linux;
using DoorAgent.Hardware.Badges.Osdp;
using DoorAgent.Hardware.Badges.Rfid;
using DoorAgent.Hardware.Gpio;

namespace DoorAgent.Hardware.Badges;

/// <summary>Opens what the configuration calls the badge reader.</summary>
internal static class ReaderFactory
{
    /// <summary>The reader of <see cref="BadgeOptions.Reader"/>. A missing reader on a plug is
    /// not an error here: it counts as disconnected.</summary>
    /// <exception cref="IOException">A line cannot be had, or the key file is not there.</exception>
    /// <exception cref="InvalidDataException">The OSDP key is not valid.</exception>
    public static IBadgeReader Open(IGpioLines lines, HardwareOptions wiring, BadgeOptions options, TimeProvider time) =>
        options.Reader switch
    {
        BadgeOptions.Keyboard => Typing(options, "USB", time, () => KeyboardSource.Open(options.Device!)),
        BadgeOptions.Serial => Typing(options, $"serial ({options.Baud} baud)", time,
            () => new SerialSource(options.Device!, options.Baud)),
        BadgeOptions.Osdp => OpenOsdp(options, time),
        BadgeOptions.Rfid => OpenRfid(lines, wiring, options, time),
        _ => new WiegandReader(lines, wiring.D0, wiring.D1, options, time),
    };

    private static PluggedReader Typing(BadgeOptions options, string kind, TimeProvider time, Func<ITextSource> open) => new(
        $"{kind} reader {options.Device} ({options.TextFormat})",
        _ => Task.FromResult<IReaderDevice>(new TextReaderDevice(open(), options.Text, time)), time);

    private static PluggedReader OpenOsdp(BadgeOptions options, TimeProvider time)
    {
        OsdpKey key = OsdpKey.Read(options.OsdpKey, Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY"));
        return new PluggedReader($"OSDP reader {options.OsdpAddress} on {options.Device} ({options.Baud} baud)",
            stopping => BuiltIn.OpenOsdp(options, key, time, stopping), time);
    }

    private static PluggedReader OpenRfid(IGpioLines lines, HardwareOptions wiring, BadgeOptions options, TimeProvider time) => new(
        $"{options.RfidChip} reader on {options.Device}",
        async stopping => new RfidDevice(
            await RfidBus.OpenAsync(options, wiring.RfidReset is { } reset ? (lines, reset) : null, time, stopping), time),
        time);
}
