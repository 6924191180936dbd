using System.CommandLine;
using DoorAgent.Operating;

namespace DoorAgent.Commands.Door;

/// <summary>Creates dooragent unlock, lock and acknowledge: verbs that give a running door one order.</summary>
internal static class OperatorOrderCommand
{
    internal static Command CreateUnlock() => Create("unlock", OperatorVerb.Unlock, """
        Unlocks the running door once, for the access time, as a grant does.

        Only root and the user that runs the door may unlock. The journal records the order and the user before the relay moves.
        """);

    internal static Command CreateLock() => Create("lock", OperatorVerb.Lock, """
        Ends an unlock of the running door now. Nobody is locked out: the next grant unlocks again.

        Only root and the user that runs the door may lock. The journal records the order and the user.
        """);

    internal static Command CreateAcknowledge() => Create("acknowledge", OperatorVerb.Acknowledge, """
        Confirms that somebody has looked: 'status' no longer shows that the previous run ended without stopping.

        First check that the door is locked and closed, and read the log from before that end. Only root and the user that runs
        the door may acknowledge. The journal records the order and the user.
        """);

    private static Command Create(string verb, OperatorVerb order, string description)
    {
        Command command = new(verb, description);
        command.SetAction(async (result, stopping) =>
        {
            OperatorAnswer answer = await OperatorClient.AskAsync(CommonOptions.ShowPlaces(result), new OperatorRequest(order), stopping);
            Console.WriteLine(answer.Done);
            return 0;
        });
        return command;
    }
}
