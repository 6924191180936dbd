using DoorAgent.Hardware.Devices;
using DoorAgent.Settings;

namespace DoorAgent.Operating;

/// <summary>What the devices say, for the status.</summary>
internal static class DeviceStatus
{
    private const string None = "none";

    /// <summary>A status with what the devices say at this moment.</summary>
    /// <param name="status">What the deciding loop knows.</param>
    /// <param name="devices">The devices.</param>
    /// <param name="framesASecond">What the seeing loop counts.</param>
    public static DoorStatus With(DoorStatus status, DoorDevices devices, double framesASecond) => status with
    {
        Contact = Word(devices.Inputs.IsDoorOpen, "open", "closed"),
        ExitButton = Word(devices.Inputs.IsExitPressed, "pressed", "released"),
        Reader = devices.Reader.Description,
        Display = devices.Display is { } display ? string.Join(" / ", display.Texts.DefaultIfEmpty("dark")) : null,
        FramesASecond = Math.Round(framesASecond, 1),
        Version = BuildInfo.Version,
    };

    private static string Word(bool? isActive, string active, string passive) => isActive switch
    {
        null => None,
        true => active,
        false => passive,
    };
}
