using System.CommandLine;
using DoorAgent.Operating;

namespace DoorAgent.Commands.Door;

/// <summary>dooragent acknowledge.</summary>
internal static class AcknowledgeCommand
{
    internal static Command Create()
    {
        Command command = new("acknowledge", """
            Says that somebody has looked: 'status' no longer shows that the run before ended without stopping.

            Look first whether the door is locked and closed, and at the log from before that end. For root and the user that runs
            the door. It is recorded in the journal, with the user.
            """);
        command.SetAction((result, stopping) => OperatorWork.OrderAsync(result, OperatorVerb.Acknowledge, stopping));
        return command;
    }
}
