namespace DoorAgent.Operating;

/// <summary>Sends requests to a running door and waits for the answer.</summary>
internal static class OperableRequests
{
    /// <summary>The longest wait for an answer: longer than the decision loop needs for anything except a stuck disk.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <param name="door">The door.</param>
    /// <param name="request">A request with one answer.</param>
    /// <param name="by">The operator, for the record.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Cancels the wait.</param>
    /// <returns>The answer; a refusal where none came in time.</returns>
    public static async Task<OperatorAnswer> AskAsync(
        this IOperable door, OperatorRequest request, string by, TimeProvider time, CancellationToken stop)
    {
        TaskCompletionSource<OperatorAnswer> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        door.Ask(request, by, answer => answered.TrySetResult(answer));
        try
        {
            return await answered.Task.WaitAsync(Patience, time, stop);
        }
        catch (TimeoutException)
        {
            return OperatorAnswer.Refused(
                $"The door has not answered for {Patience.TotalSeconds:0} s: look at its log; a slow disk may delay the door.");
        }
    }
}
