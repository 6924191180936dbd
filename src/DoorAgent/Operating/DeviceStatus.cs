using DoorAgent.Hardware.Devices;
using DoorAgent.Settings;

namespace DoorAgent.Operating;

/// <summary>Adds the state of the devices to a status.</summary>
internal static class DeviceStatus
{
    private const string None = "none";

    /// <summary>Returns a status with the present state of the devices.</summary>
    /// <param name="status">The status without devices.</param>
    /// <param name="devices">The devices.</param>
    /// <param name="framesPerSecond">The measured frame rate of the camera.</param>
    public static DoorStatus With(DoorStatus status, DoorDevices devices, double framesPerSecond) => status with
    {
        Contact = Word(devices.Inputs.IsDoorOpen, "open", "closed"),
        ExitButton = Word(devices.Inputs.IsExitPressed, "pressed", "released"),
        Reader = devices.Reader.Description,
        ExitReader = devices.ExitReader?.Description,
        Display = devices.Display is { } display ? string.Join(" / ", display.Texts.DefaultIfEmpty("dark")) : null,
        FramesASecond = Math.Round(framesPerSecond, 1),
        Version = BuildInfo.Version,
    };

    private static string Word(bool? isActive, string active, string passive) => isActive switch
    {
        null => None,
        true => active,
        false => passive,
    };
}
