namespace DoorAgent.Running;

/// <summary>Work that is done again and again beside the door's loops.</summary>
internal static class PeriodicWork
{
    /// <summary>Does it at once, before it returns to its caller, and then at each interval until it is told to stop. Work that
    /// throws ends it with that failure; when it ends, no work is under way any more.</summary>
    public static async Task RunAsync(Action work, TimeSpan interval, TimeProvider time, CancellationToken stopping)
    {
        TaskCompletionSource failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Do();
        // Disposed before it returns: work under way is waited for.
        await using ITimer timer = time.CreateTimer(_ => Do(), null, interval, interval);
        try
        {
            await failed.Task.WaitAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // That is how it ends.
        }

        void Do()
        {
            try
            {
                work();
            }
#pragma warning disable CA1031 // Out of a timer's callback it would end the process on the spot; as a loop's failure it ends it in order.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                failed.TrySetException(failure);
            }
        }
    }
}
