using System.Runtime.CompilerServices;
using DoorAgent.Events;

namespace DoorAgent.Auditing;

/// <summary>Waits for new records of a journal.</summary>
internal static class JournalFollowing
{
    /// <summary>How often to look.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>What comes, until it is cancelled; then it ends without an exception.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<DoorEvent>> FollowAsync(
        JournalReader journal, TimeProvider time, [EnumeratorCancellation] CancellationToken stopping)
    {
        using PeriodicTimer timer = new(Interval, time);
        while (await TicksAsync(timer, stopping))
        {
            if (journal.Next() is { Count: > 0 } more)
                yield return more;
        }
    }

    private static async Task<bool> TicksAsync(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
    }
}
