using DoorAgent.Hardware;

namespace DoorAgent.Diagnostics;

/// <summary>Words and remedy for a camera that is mounted on its side or upside down. Pure.</summary>
internal static class CameraTilt
{
    /// <summary>Key of the setting that rotates a camera's picture.</summary>
    public static string Key { get; } = $"{HardwareOptions.Section}:{nameof(HardwareOptions.CameraRotation)}";

    /// <summary>Returns the value that the setting should have, in degrees clockwise.</summary>
    /// <param name="turn">Degrees by which the current picture must be turned clockwise.</param>
    /// <param name="rotation">The current value of the setting.</param>
    public static int Wanted(int turn, int rotation) => (rotation + turn) % 360;

    /// <summary>Describes the orientation of the picture; null when the picture is upright.</summary>
    public static string? Words(int turn) => turn switch
    {
        0 => null,
        180 => "the picture seems to be upside down",
        _ => "the picture seems to be turned by 90 degrees",
    };

    /// <summary>Describes how to correct the orientation.</summary>
    public static string Remedy(int turn, int rotation) => $"set {Key} to {Wanted(turn, rotation)}";
}
