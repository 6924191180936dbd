using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace DoorAgent.Tests.Support;

/// <summary>Counts the exceptions that some work throws, including those that it catches itself: expected results are returned as
/// values.</summary>
internal static class Thrown
{
    private static readonly AsyncLocal<StrongBox<int>?> Counter = new();

    /// <summary>Runs the work and returns the number of exceptions thrown in it, on any of its threads.</summary>
    public static async Task<int> InAsync(Func<Task> work)
    {
        StrongBox<int> count = new();
        void Count(object? sender, FirstChanceExceptionEventArgs thrown)
        {
            if (Counter.Value == count)
                Interlocked.Increment(ref count.Value);
        }

        AppDomain.CurrentDomain.FirstChanceException += Count;
        Counter.Value = count;
        try
        {
            await work();
        }
        finally
        {
            Counter.Value = null;
            AppDomain.CurrentDomain.FirstChanceException -= Count;
        }

        return count.Value;
    }

    /// <summary>Counts the exceptions of synchronous work.</summary>
    public static int In(Action work) => InAsync(() =>
    {
        work();
        return Task.CompletedTask;
    }).GetAwaiter().GetResult();
}
