using System.Runtime.ExceptionServices;

namespace DoorAgent.Evaluation;

/// <summary>Runs numbered pieces of work on all cores, with one state for each worker.</summary>
internal static class CoreWorkers
{
    /// <summary>Does every piece once, in about ascending order.</summary>
    /// <param name="pieces">Number of pieces.</param>
    /// <param name="newState">Creates the state of a worker, on the worker's thread; there are at most as many as cores.</param>
    /// <param name="work">Does one piece with the state of its worker.</param>
    /// <param name="cancellation">Cancels the work between two pieces.</param>
    /// <returns>The states of all workers.</returns>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    /// <remarks>The first exception of a worker stops the others and is thrown as it is.</remarks>
    public static IReadOnlyList<TState> Run<TState>(int pieces, Func<TState> newState, Action<TState, int> work,
        CancellationToken cancellation)
    {
        List<TState> states = [];
        int next = -1;
        cancellation.ThrowIfCancellationRequested();
        try
        {
            Parallel.For(0, Math.Min(Environment.ProcessorCount, pieces), (_, loop) =>
            {
                TState state = newState();
                lock (states)
                    states.Add(state);
                while (!loop.IsExceptional && Interlocked.Increment(ref next) is var piece && piece < pieces)
                {
                    cancellation.ThrowIfCancellationRequested();
                    work(state, piece);
                }
            });
        }
        catch (AggregateException failure)
        {
            ExceptionDispatchInfo.Throw(failure.InnerExceptions[0]);
        }

        return states;
    }
}
