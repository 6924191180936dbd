namespace DoorAgent.Running;

/// <summary>Runs work periodically beside the door's loops.</summary>
internal static class PeriodicWork
{
    /// <summary>Runs the work once before returning to the caller, and then at each interval until it is cancelled. An exception
    /// of the work ends the task with that failure; when the task ends, no work is running any more.</summary>
    public static async Task RunAsync(Action work, TimeSpan interval, TimeProvider time, CancellationToken stopping)
    {
        TaskCompletionSource failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        RunOnce();
        // Disposing the timer waits for running work.
        await using ITimer timer = time.CreateTimer(_ => RunOnce(), null, interval, interval);
        try
        {
            await failed.Task.WaitAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Normal shutdown.
        }

        void RunOnce()
        {
            try
            {
                work();
            }
#pragma warning disable CA1031 // A timer's exception would kill the process; as the loop's failure it ends the door in order.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                failed.TrySetException(failure);
            }
        }
    }
}
