using DoorAgent.Hardware.Badges.Osdp;

namespace DoorAgent.Hardware.Badges;

/// <summary>Gives access to OSDP, which a build may leave out. No other type knows whether this build includes OSDP.</summary>
internal static class BuiltIn
{
#if OSDP_NET
    public static bool HasOsdp => true;

    public static Task<IReaderDevice> OpenOsdp(BadgeOptions options, OsdpKey key, TimeProvider time, CancellationToken stopping) =>
        OsdpDevice.OpenAsync(options, key, time, stopping);
#else
    public static bool HasOsdp => false;

    public static Task<IReaderDevice> OpenOsdp(BadgeOptions options, OsdpKey key, TimeProvider time, CancellationToken stopping) =>
        throw new InvalidOperationException(
            $"This build does not include OSDP and cannot use {key}. The check of the options refuses such a reader earlier.");
#endif
}
