using System.CommandLine;
using DoorAgent.Operating;

namespace DoorAgent.Commands.Door;

/// <summary>dooragent lock.</summary>
internal static class LockCommand
{
    internal static Command Create()
    {
        Command command = new("lock", """
            Ends an unlock of the running door now. It locks no one out: the next grant unlocks again.

            For root and the user that runs the door. It is recorded in the journal, with the user.
            """);
        command.SetAction((result, stopping) => OperatorWork.OrderAsync(result, OperatorVerb.Lock, stopping));
        return command;
    }
}
