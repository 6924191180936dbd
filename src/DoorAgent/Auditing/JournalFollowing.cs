using System.Runtime.CompilerServices;
using DoorAgent.Events;

namespace DoorAgent.Auditing;

/// <summary>Follows a journal.</summary>
internal static class JournalFollowing
{
    /// <summary>Interval between two reads.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Returns new records until the cancellation, which ends the sequence without an exception.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<DoorEvent>> FollowAsync(
        JournalReader journal, TimeProvider time, [EnumeratorCancellation] CancellationToken stopping)
    {
        using PeriodicTimer timer = new(Interval, time);
        while (await WaitAsync(timer, stopping))
        {
            if (journal.Next() is { Count: > 0 } more)
                yield return more;
        }
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken stopping)
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
