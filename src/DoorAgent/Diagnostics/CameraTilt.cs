using DoorAgent.Hardware;

namespace DoorAgent.Diagnostics;

/// <summary>What to say of a camera that is mounted on its side or upside down. Pure.</summary>
internal static class CameraTilt
{
    /// <summary>The setting that turns a camera's picture.</summary>
    public static string Key { get; } = $"{HardwareOptions.Section}:{nameof(HardwareOptions.CameraRotation)}";

    /// <summary>What the setting should be.</summary>
    /// <param name="turn">By how many degrees the picture must be turned clockwise, as it comes now.</param>
    /// <param name="rotation">What the setting is now.</param>
    public static int Wanted(int turn, int rotation) => (rotation + turn) % 360;

    /// <summary>How the picture seems to lie; null when it is upright.</summary>
    public static string? Words(int turn) => turn switch
    {
        0 => null,
        180 => "the picture seems to be upside down",
        _ => "the picture seems to be turned by 90 degrees",
    };

    /// <summary>What to do about it.</summary>
    public static string Remedy(int turn, int rotation) => $"set {Key} to {Wanted(turn, rotation)}";
}
