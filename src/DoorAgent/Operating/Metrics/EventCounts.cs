using System.Collections.Immutable;
using DoorAgent.Events;

namespace DoorAgent.Operating.Metrics;

/// <summary>Counts events by kind, denials by reason, and remembers which alarms last. The duress alarm is silent: neither is it counted
/// nor does it appear as a kind. One thread notes, others may read.</summary>
internal sealed class EventCounts
{
    /// <summary>The kinds that are shown.</summary>
    public static ImmutableArray<DoorEventKind> Kinds { get; } =
        [.. Enum.GetValues<DoorEventKind>().Where(kind => kind != DoorEventKind.Duress)];

    /// <summary>The alarms that last until another event ends them.</summary>
    public static ImmutableArray<DoorEventKind> Alarms { get; } =
        [.. Kinds.Where(kind => kind.IsAlarm() && kind.RestoredBy() is not null)];

    private static readonly DenyReason[] Reasons = Enum.GetValues<DenyReason>();

    private readonly long[] _byKind = new long[Enum.GetValues<DoorEventKind>().Length];
    private readonly long[] _byReason = new long[Reasons.Length];
    private readonly bool[] _isActive = new bool[Alarms.Length];

    /// <summary>Notes one event.</summary>
    public void Note(DoorEvent made)
    {
        if (made.Kind is not { } kind)
            return;
        Interlocked.Increment(ref _byKind[(int)kind]);
        if (kind == DoorEventKind.Denied && made.Reason is { } reason)
            Interlocked.Increment(ref _byReason[(int)reason]);
        for (int alarm = 0; alarm < Alarms.Length; alarm++)
        {
            if (Alarms[alarm] == kind)
                Volatile.Write(ref _isActive[alarm], true);
            else if (Alarms[alarm].RestoredBy() == kind)
                Volatile.Write(ref _isActive[alarm], false);
        }
    }

    /// <summary>The number of events of a kind.</summary>
    public long Of(DoorEventKind kind) => Interlocked.Read(ref _byKind[(int)kind]);

    /// <summary>Whether a lasting alarm lasts now.</summary>
    public bool IsActive(DoorEventKind alarm) => Alarms.IndexOf(alarm) is >= 0 and var index && Volatile.Read(ref _isActive[index]);

    /// <summary>The number of denials for each reason.</summary>
    public IEnumerable<(DenyReason Reason, long Count)> Denials() =>
        Reasons.Select(reason => (reason, Interlocked.Read(ref _byReason[(int)reason])));

    /// <summary>For each lasting alarm, whether it lasts now.</summary>
    public IEnumerable<(DoorEventKind Kind, bool IsActive)> ActiveAlarms() =>
        Alarms.Select((kind, alarm) => (kind, Volatile.Read(ref _isActive[alarm])));
}
