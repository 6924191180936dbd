using System.CommandLine;
using DoorAgent.Operating;

namespace DoorAgent.Commands.Door;

/// <summary>dooragent unlock.</summary>
internal static class UnlockCommand
{
    internal static Command Create()
    {
        Command command = new("unlock", """
            Unlocks the running door once, for the access time, as a grant does.

            For root and the user that runs the door. It is recorded in the journal, with the user, before the relay moves.
            """);
        command.SetAction((result, stopping) => OperatorWork.OrderAsync(result, OperatorVerb.Unlock, stopping));
        return command;
    }
}
