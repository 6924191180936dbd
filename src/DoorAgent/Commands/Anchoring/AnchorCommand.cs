using System.CommandLine;

namespace DoorAgent.Commands.Anchoring;

/// <summary>Creates dooragent anchor: the copy of how far the door has come that only root can write.</summary>
internal static class AnchorCommand
{
    internal static Command Create() => new("anchor", """
        Keeps how far the door has come (newest gallery, last record) where the daemon's user cannot change it.

        With the anchor an older gallery or journal in the place of the newest one is noticed, also when both were replaced. The units
        dooragent-anchor.path and .timer run 'anchor update' as root. A data directory other than the system's has no anchor.
        """)
    {
        AnchorShowCommand.Create(),
        AnchorUpdateCommand.Create(),
    };
}
