using DoorAgent.Hardware.Badges.Osdp;

namespace DoorAgent.Hardware.Badges;

/// <summary>The readers whose packages a build may leave out: the one place that knows which it has.</summary>
internal static class BuiltIn
{
#if OSDP_NET
    public static bool HasOsdp => true;

    public static Task<IReaderDevice> OpenOsdp(BadgeOptions options, OsdpKey key, TimeProvider time, CancellationToken stopping) =>
        OsdpDevice.OpenAsync(options, key, time, stopping);
#else
    public static bool HasOsdp => false;

    public static Task<IReaderDevice> OpenOsdp(BadgeOptions options, OsdpKey key, TimeProvider time, CancellationToken stopping) =>
        throw new InvalidOperationException($"{key} is of no use: built without OSDP. The options' check comes first.");
#endif

#if IOT_DEVICE_BINDINGS
    public static bool HasRfid => true;

    public static IReaderDevice OpenRfid(BadgeOptions options, TimeProvider time) => Rfid.RfidDevice.Open(options.RfidChip, options.Device!, time);
#else
    public static bool HasRfid => false;

    public static IReaderDevice OpenRfid(BadgeOptions options, TimeProvider time) =>
        throw new InvalidOperationException("Built without RFID chips. The options' check comes first.");
#endif
}
