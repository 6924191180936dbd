using DoorAgent.Auditing;
using DoorAgent.Events;

namespace DoorAgent.Running;

/// <summary>
/// What the times of the journal's records are worth: their order is their numbers', and their times are judged against each other. A wall
/// clock without a battery begins anywhere, and nothing that happened is longer ago for that.
/// </summary>
internal static class PreviousClock
{
    /// <summary>How long ago each record was, at least: time of which nobody knows how long it was counts as none. Pure.</summary>
    /// <param name="newestFirst">The journal's records.</param>
    /// <param name="today">Wall time.</param>
    /// <param name="built">A wall clock before it was never set.</param>
    public static IEnumerable<(DoorEvent Entry, TimeSpan Age)> Ages(IEnumerable<DoorEvent> newestFirst, DateTimeOffset today, DateTimeOffset built)
    {
        TimeSpan sum = TimeSpan.Zero;
        (DateTimeOffset At, bool IsAfterJump) newer = (today, false);
        foreach (DoorEvent entry in newestFirst)
        {
            if (entry.Time is { } at)
            {
                bool isKnown = !newer.IsAfterJump && at <= newer.At && at < built == newer.At < built;
                sum += isKnown ? newer.At - at : TimeSpan.Zero;
                newer = (at, entry.Kind == DoorEventKind.ClockJumped);
                // Between two clocks that were right it was as long as they say, and no longer.
                yield return (entry, at <= today && today - at < sum ? today - at : sum);
            }
            else
            {
                yield return (entry, sum);
            }
        }
    }

    /// <summary>What is to be said when the clock at the start does not follow the newest record's; null when it does.</summary>
    public static DoorEvent? JumpOf(DoorEvent? newest, DateTimeOffset today, DateTimeOffset built) =>
        newest?.Time is { } at && (at - today > ClockWatch.Tolerance || (at < built && today >= built))
            ? new DoorEvent(DoorEventKind.ClockJumped) { Detail = $"{ClockWatch.Words(at, today)}, between two runs" } : null;
}
