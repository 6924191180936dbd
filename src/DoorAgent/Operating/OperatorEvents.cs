using DoorAgent.Auditing;
using DoorAgent.Events;

namespace DoorAgent.Operating;

/// <summary>Answers requests for the journal's records after a position, and waits for the next record where there is none yet. The records
/// are read from the file on a connection of their own, so that no decision waits for a reader.</summary>
/// <param name="journal">Path of the journal.</param>
/// <param name="time">The clock.</param>
internal sealed class OperatorEvents(string journal, TimeProvider time) : IEventPublisher
{
    /// <summary>The largest number of events in an answer.</summary>
    public const int Most = 50;

    private const int LongestDetail = 4096;

    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => "the requests for events";

    /// <summary>Wakes the requests that wait.</summary>
    public void Publish(DoorEvent made) =>
        Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Returns the records after a position as soon as there are any, at the latest when the request's wait is over.</summary>
    /// <param name="request">The position, and the wait in seconds.</param>
    /// <param name="hasNames">Whether the events contain names.</param>
    /// <param name="gone">Cancelled when nobody waits for the answer any more.</param>
    public async Task<OperatorAnswer> ReadAsync(OperatorRequest request, bool hasNames, CancellationToken gone)
    {
        if (request.Seconds is not (>= 0 and <= OperatorRequest.LongestPoll))
            return OperatorAnswer.Refused($"The wait for events must be 0 to {OperatorRequest.LongestPoll:0} s.");
        using CancellationTokenSource answered = CancellationTokenSource.CreateLinkedTokenSource(gone);
        Task over = Task.Delay(TimeSpan.FromSeconds(request.Seconds), time, answered.Token);
        try
        {
            return await ReadAsync(request.After, hasNames, over, gone);
        }
        catch (UserErrorException unreadable)
        {
            return OperatorAnswer.Refused(unreadable.Message);
        }
        finally
        {
            await answered.CancelAsync();
        }
    }

    private async Task<OperatorAnswer> ReadAsync(JournalPosition? after, bool hasNames, Task over, CancellationToken gone)
    {
        while (true)
        {
            // Taken before the read, so that an event between the two ends the wait.
            Task next = Volatile.Read(ref _next).Task;
            bool isOver = over.IsCompleted;
            JournalBatch batch = await Task.Run(() => JournalTail.Read(journal, after, Most, hasNames), gone);
            if (batch.Events.Count > 0 || after is null || batch.IsOtherJournal || isOver)
                return new OperatorAnswer { Batch = Fitting(batch) };
            await Task.WhenAny(next, over).WaitAsync(gone);
        }
    }

    /// <summary>Leaves out the last events of a batch that is too long for a line.</summary>
    private static JournalBatch Fitting(JournalBatch batch)
    {
        IReadOnlyList<DoorEvent> fitting = OperatorProtocol.Fitting(batch.Events.Select(Shortened));
        int left = batch.Events.Count - fitting.Count;
        return left == 0 ? batch with { Events = fitting }
            : batch with { Events = fitting, Position = JournalPosition.Of(fitting[^1]), Waiting = batch.Waiting + left };
    }

    /// <summary>Returns an event whose detail fits into a line.</summary>
    public static DoorEvent Shortened(DoorEvent made) =>
        made.Detail is { Length: > LongestDetail } detail ? made with { Detail = detail[..LongestDetail] } : made;
}
