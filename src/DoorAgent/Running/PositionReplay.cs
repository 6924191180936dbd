using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Hardware;

namespace DoorAgent.Running;

/// <summary>Restores from the journal on which side of the door each person is, so that a restart or a power cut does not end
/// anti-passback.</summary>
internal static class PositionReplay
{
    /// <summary>The most records that are read: the passes of more than a thousand people. Whose last pass is older is unknown, and may
    /// enter.</summary>
    public const int MostRecords = 10_000;

    /// <summary>Reads the positions; all are unknown at a door without anti-passback.</summary>
    /// <exception cref="UserErrorException">The journal is damaged, foreign or newer, or cannot be read.</exception>
    public static Positions Read(string journal, DecisionOptions options, TimeProvider time, DateTimeOffset built)
    {
        if (options.Passback == PassbackMode.Off && options.AntiPassback == TimeSpan.Zero)
            return Positions.Unknown;
        // A jump of the clock says nothing about people, but without it their ages would be wrong.
        JournalFilter passes = new(Kinds: [.. Positions.Kinds, DoorEventKind.ClockJumped]) { Denials = Positions.Denials };
        using JournalReader reader = new(journal, passes);
        return Of(reader.Newest(MostRecords), time.GetUtcNow(), time.Monotonic(), built);
    }

    /// <summary>Computes the positions from records. Pure.</summary>
    /// <param name="newestFirst">Records of the kinds of <see cref="Positions.Kinds"/>.</param>
    /// <param name="today">Wall time.</param>
    /// <param name="now">Monotonic time.</param>
    /// <param name="built">The build date, which a correct wall clock cannot precede.</param>
    public static Positions Of(IReadOnlyList<DoorEvent> newestFirst, DateTimeOffset today, TimeSpan now, DateTimeOffset built)
    {
        Positions positions = Positions.Unknown;
        foreach ((DoorEvent entry, TimeSpan age) in PreviousClock.Ages(newestFirst, today, built).Reverse())
            positions = positions.After(entry, now - age);
        return positions.After(new DoorEvent(DoorEventKind.Started), now);
    }
}
