using DoorAgent.Auditing;
using DoorAgent.Events;

namespace DoorAgent.Running;

/// <summary>
/// Computes the age of journal records from wall times that may be wrong: the sequence numbers give the order, and times are
/// compared with each other. A clock without a battery starts at any time, which must not make records older.
/// </summary>
internal static class PreviousClock
{
    /// <summary>Computes the least possible age of each record: a span of unknown length counts as zero. Pure.</summary>
    /// <param name="newestFirst">The journal's records.</param>
    /// <param name="today">Wall time.</param>
    /// <param name="built">The build date, which a correct wall clock cannot precede.</param>
    public static IEnumerable<(DoorEvent Entry, TimeSpan Age)> Ages(
        IEnumerable<DoorEvent> newestFirst, DateTimeOffset today, DateTimeOffset built)
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
                // Between two correct clocks the age is exactly their difference.
                yield return (entry, at <= today && today - at < sum ? today - at : sum);
            }
            else
            {
                yield return (entry, sum);
            }
        }
    }

    /// <summary>Returns an event when the clock at the start contradicts the newest record's time; else null.</summary>
    public static DoorEvent? JumpOf(DoorEvent? newest, DateTimeOffset today, DateTimeOffset built) =>
        newest?.Time is { } at && (at - today > ClockWatch.Tolerance || (at < built && today >= built))
            ? new DoorEvent(DoorEventKind.ClockJumped) { Detail = $"{ClockWatch.Words(at, today)}, between two runs" } : null;
}
