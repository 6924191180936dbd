using System.CommandLine;
using DoorAgent.Operating;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Door;

/// <summary>Asks the door that runs on a data directory for its state, for verbs that also work without a running door.</summary>
internal static class RunningDoor
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Returns the state of the running door; null where no door runs, and null with a warning where the door does not
    /// answer.</summary>
    public static async Task<DoorStatus?> StatusOrNullAsync(ParseResult result, CancellationToken stopping)
    {
        (DoorStatus? status, string? refusal) = await StatusAsync(CommonOptions.PlacesOf(result), stopping);
        if (refusal is not null)
            Console.Error.WriteLine($"WARNING: who is locked out is not known: {refusal}");
        return status;
    }

    /// <summary>Returns the state of the running door, or why the door did not answer; both are null where no door runs.</summary>
    public static async Task<(DoorStatus? Status, string? Refusal)> StatusAsync(Places places, CancellationToken stopping)
    {
        using CancellationTokenSource timeout = new(Timeout, TimeProvider.System);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping);
        try
        {
            if (!Permission.Exists(places.OperatorSocket))
                return (null, null);
            (OperatorAnswer answer, _) = await OperatorClient.TryAskAsync(places, new OperatorRequest(OperatorVerb.Status), either.Token);
            return (answer.Status, answer.Refusal);
        }
        catch (UserErrorException refusal)
        {
            return (null, refusal.Message);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return (null, $"The door did not answer within {Timeout.TotalSeconds:0} s. Its log says more ('journalctl -u dooragent'); "
                + "restart the door: 'systemctl restart dooragent'.");
        }
    }
}
