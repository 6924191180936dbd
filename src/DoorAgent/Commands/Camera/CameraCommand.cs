using System.CommandLine;

namespace DoorAgent.Commands.Camera;

/// <summary>dooragent camera: what is there, and what the door sees.</summary>
internal static class CameraCommand
{
    internal static Command Create() => new("camera", """
        Which cameras there are, and what the door sees through its own.

        The camera is Hardware:Camera; another one is tried with --set Hardware:Camera=1. A camera has one user at a time:
        while the door runs it has it.
        """)
    {
        CameraListCommand.Create(),
        CameraSnapCommand.Create(),
        CameraWatchCommand.Create(),
    };
}
