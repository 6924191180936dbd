using DoorAgent.Hardware.Badges.Osdp;

namespace DoorAgent.Hardware.Badges;

/// <summary>OSDP, whose package a build may leave out: the one place that knows whether this build has it.</summary>
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
}
