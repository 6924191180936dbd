using System.Collections.Immutable;
using DoorAgent.Hardware.Badges;

namespace DoorAgent.Decisions;

/// <summary>What the reader sent lately: repeated reads, and faults that add up to line noise. Pure; times are monotonic.</summary>
internal sealed record ReaderWatch
{
    /// <summary>So many faults within <see cref="Within"/> are line noise; so long without one, and it is over.</summary>
    public const int FaultsOfNoise = 5;

    public static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    /// <summary>Cards in one wallet, generously: what is remembered stays small, whatever is held to the reader.</summary>
    private const int RememberedReads = 16;

    public static ReaderWatch Quiet { get; } = new();

    private ImmutableArray<(Badge Badge, TimeSpan At)> Reads { get; init; } = [];

    private ImmutableArray<TimeSpan> Faults { get; init; } = [];

    /// <summary>Whether the alarm is on.</summary>
    public bool IsNoisy { get; private init; }

    /// <summary>How many faults came while the alarm was on: the alarm stands for them.</summary>
    public int FaultsSinceAlarm { get; private init; }

    /// <summary>When the alarm is over unless another fault comes; null while it is off.</summary>
    public TimeSpan? QuietAt => IsNoisy ? Faults[^1] + Within : null;

    /// <summary>Remembers the read; says whether it is one of before, repeated.</summary>
    public ReaderWatch Read(Badge badge, TimeSpan at, TimeSpan repeatedWithin, out bool isRepeated)
    {
        ImmutableArray<(Badge Badge, TimeSpan At)> recent = Reads.RemoveAll(read => at - read.At > repeatedWithin);
        ImmutableArray<(Badge Badge, TimeSpan At)> others = recent.RemoveAll(read => read.Badge == badge);
        isRepeated = others.Length < recent.Length;
        if (others.Length == RememberedReads)
            others = others.RemoveAt(0);
        return this with { Reads = others.Add((badge, at)) };
    }

    /// <summary>Counts a fault; says whether it starts the alarm.</summary>
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
