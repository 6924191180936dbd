using System.Collections.Immutable;
using DoorAgent.Hardware.Badges;

namespace DoorAgent.Decisions;

/// <summary>The recent signals of the reader: detects repeated reads, and faults that add up to line noise. Pure; times are
/// monotonic.</summary>
internal sealed record ReaderWatch
{
    /// <summary>Number of faults within <see cref="Within"/> that are line noise; the noise ends after the same time without a
    /// fault.</summary>
    public const int FaultsOfNoise = 5;

    public static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    /// <summary>Maximum number of remembered reads: more than the cards of one wallet, and few enough to keep the state small.</summary>
    private const int RememberedReads = 16;

    public static ReaderWatch Quiet { get; } = new();

    private ImmutableArray<(Badge Badge, TimeSpan At)> Reads { get; init; } = [];

    private ImmutableArray<TimeSpan> Faults { get; init; } = [];

    /// <summary>Whether the alarm is on.</summary>
    public bool IsNoisy { get; private init; }

    /// <summary>Number of faults during the alarm, which are not recorded one by one.</summary>
    public int FaultsSinceAlarm { get; private init; }

    /// <summary>End of the alarm unless another fault comes; null while there is no alarm.</summary>
    public TimeSpan? QuietAt => IsNoisy ? Faults[^1] + Within : null;

    /// <summary>Remembers a read, and reports whether the same badge was read shortly before.</summary>
    public ReaderWatch Read(Badge badge, TimeSpan at, TimeSpan repeatedWithin, out bool isRepeated)
    {
        ImmutableArray<(Badge Badge, TimeSpan At)> recent = Reads.RemoveAll(read => at - read.At > repeatedWithin);
        ImmutableArray<(Badge Badge, TimeSpan At)> others = recent.RemoveAll(read => read.Badge == badge);
        isRepeated = others.Length < recent.Length;
        if (others.Length == RememberedReads)
            others = others.RemoveAt(0);
        return this with { Reads = others.Add((badge, at)) };
    }

    /// <summary>Counts a fault, and reports whether it starts the alarm.</summary>
    public ReaderWatch Fault(TimeSpan now, out bool startsAlarm)
    {
        ImmutableArray<TimeSpan> recent = Faults.RemoveAll(at => now - at >= Within).Add(now);
        if (recent.Length > FaultsOfNoise)
            recent = recent.RemoveAt(0);
        startsAlarm = !IsNoisy && recent.Length == FaultsOfNoise;
        return this with { Faults = recent, IsNoisy = IsNoisy || startsAlarm, FaultsSinceAlarm = IsNoisy ? FaultsSinceAlarm + 1 : 0 };
    }

    public ReaderWatch Calmed() => this with { IsNoisy = false, Faults = [], FaultsSinceAlarm = 0 };
}
