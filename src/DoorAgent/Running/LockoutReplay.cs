using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Hardware;

namespace DoorAgent.Running;

/// <summary>
/// Restores lockouts from the journal, so that a power cut does not end them. The records of the last 24 h are counted again by
/// the same rules. For an attempt that another badge ended, only the closest comparison is recorded.
/// </summary>
internal static class LockoutReplay
{
    /// <summary>The most records that are read: more than a busy door writes in a day.</summary>
    public const int MostRecords = 10_000;

    /// <summary>How many records before those are searched for failures: a flood, such as of two badges presented by turns, writes some
    /// dozens a second, and must not push a lockout out of what is read.</summary>
    public const int MostOfAFlood = 500_000;

    // What the replay counts, and what says that the clock was wrong.
    private static readonly DoorEventKind[] Counted = [DoorEventKind.Granted, DoorEventKind.Denied, DoorEventKind.KeysNotUsed,
        DoorEventKind.Started, DoorEventKind.ClockJumped];

    /// <summary>Reads the initial state of the policy.</summary>
    /// <exception cref="UserErrorException">The journal is damaged, foreign or newer, or cannot be read.</exception>
    public static AccessState Read(string journal, DecisionOptions options, TimeProvider time, DateTimeOffset built)
    {
        DateTimeOffset today = time.GetUtcNow();
        using JournalReader reader = new(journal, new JournalFilter());
        IReadOnlyList<DoorEvent> newest = reader.Newest(MostRecords);
        bool isFlooded = newest.Count == MostRecords && PreviousClock.Ages(newest, today, built).Last().Age < LockoutRule.Forgets;
        return Of(isFlooded ? [.. newest, .. Before(newest[^1].Sequence, journal)] : newest, options, today, time.Monotonic(), built);
    }

    /// <summary>Computes the initial state from records. Pure.</summary>
    /// <param name="newestFirst">The journal's records.</param>
    /// <param name="options">Checked options.</param>
    /// <param name="today">Wall time.</param>
    /// <param name="now">Monotonic time.</param>
    /// <param name="built">The build date, which a correct wall clock cannot precede.</param>
    public static AccessState Of(
        IReadOnlyList<DoorEvent> newestFirst, DecisionOptions options, DateTimeOffset today, TimeSpan now, DateTimeOffset built)
    {
        AccessState state = AccessState.Initial;
        TimeSpan at = now - LockoutRule.Forgets;
        // Forgotten records in between do not end the replay: their clock may have been wrong.
        var recent = PreviousClock.Ages(newestFirst, today, built).Where(record => record.Age < LockoutRule.Forgets);
        foreach ((DoorEvent entry, TimeSpan age) in recent.Reverse())
        {
            // The rules need times that never decrease, although a wall clock may have gone back.
            at = now - age > at ? now - age : at;
            state = After(state, entry, at, options);
        }

        return state;
    }

    private static AccessState After(AccessState state, DoorEvent entry, TimeSpan at, DecisionOptions options)
    {
        if (entry is { Kind: DoorEventKind.Granted, PersonId: { } granted })
            return state with { People = state.People.Remove(granted) };
        if (entry is { Kind: DoorEventKind.KeysNotUsed, Detail: KeyRule.NobodysNumber })
            return state.FailedTyping(at);
        if (entry is not { Kind: DoorEventKind.Denied, Reason: { } reason })
            return state;
        if (reason == DenyReason.UnknownBadge)
            return state.FailedUnknown(at);
        // Without a badge the attempt was an identification and counts as such, for any person found.
        long? person = entry.BadgeHint is null ? null : entry.PersonId;
        bool isMismatch = reason == DenyReason.Superseded && person is not null && entry.Distance >= entry.Threshold;
        return isMismatch || LockoutRule.Counts(reason) ? state.Failed(person, at, options) : state;
    }

    private static IReadOnlyList<DoorEvent> Before(long sequence, string journal)
    {
        long last = sequence - 1;
        using JournalReader flooded = new(journal,
            new JournalFilter(Kinds: Counted) { Sequences = (last - MostOfAFlood, last), LeavesOutOtherDenials = true });
        return flooded.Newest(MostRecords);
    }
}
