using System.CommandLine;

namespace DoorAgent.Commands.Camera;

/// <summary>Creates dooragent camera: the verbs on cameras and on what the door sees.</summary>
internal static class CameraCommand
{
    internal static Command Create() => new("camera", """
        Lists cameras and shows what the door sees through its camera.

        The camera is Hardware:Camera; try another one with --set Hardware:Camera=1. A camera serves one program at a time:
        while the door runs, the door has the camera.
        """)
    {
        CameraListCommand.Create(),
        CameraSnapCommand.Create(),
        CameraWatchCommand.Create(),
    };
}
