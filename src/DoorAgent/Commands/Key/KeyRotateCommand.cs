using System.CommandLine;

namespace DoorAgent.Commands.Key;

/// <summary>Creates dooragent key rotate.</summary>
internal static class KeyRotateCommand
{
    internal static Command Create() => new("rotate", "x");
}
