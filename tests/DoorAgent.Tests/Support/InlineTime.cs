using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Support;

/// <summary>Lets everything that the passing of a fake time makes due run to its end, on the test's own thread: without a context of
/// synchronization, continuations are not posted elsewhere.</summary>
internal static class InlineTime
{
    /// <summary>Moves the time on.</summary>
    public static void Pass(this FakeTimeProvider time, TimeSpan by) => Run(() =>
    {
        time.Advance(by);
        return true;
    });

    /// <summary>Starts what waits for the time.</summary>
    public static T Run<T>(Func<T> start)
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return start();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }
}
