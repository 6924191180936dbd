using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Hardware;

namespace DoorAgent.Running;

/// <summary>
/// The lockouts from before the start, as far as the journal tells them: pulling the plug ends none. The records of the last
/// 24 h are counted anew by the same rules. Of an attempt that another badge ended, only the closest comparison is on record.
/// </summary>
internal static class LockoutReplay
{
    /// <summary>At most so many records are looked at: more than a busy door writes in a day.</summary>
    public const int MostRecords = 10_000;

    /// <summary>What the policy begins with.</summary>
    /// <exception cref="UserErrorException">The journal is damaged, foreign or newer, or cannot be read.</exception>
    public static AccessState Read(string journal, DecisionOptions options, TimeProvider time, DateTimeOffset built)
    {
        using JournalReader reader = new(journal, new JournalFilter());
        return Of(reader.Newest(MostRecords), options, time.GetUtcNow(), time.Monotonic(), built);
    }

    /// <summary>The same from records. Pure.</summary>
    /// <param name="newestFirst">The journal's records.</param>
    /// <param name="options">Checked options.</param>
    /// <param name="today">Wall time.</param>
    /// <param name="now">Monotonic time.</param>
    /// <param name="built">A wall clock before it was never set.</param>
    public static AccessState Of(IReadOnlyList<DoorEvent> newestFirst, DecisionOptions options, DateTimeOffset today, TimeSpan now, DateTimeOffset built)
    {
        AccessState state = AccessState.Initial;
        TimeSpan at = now - LockoutRule.Forgets;
        // Those in between that have been forgotten do not end the look back: their clock may have been wrong.
        foreach ((DoorEvent entry, TimeSpan age) in PreviousClock.Ages(newestFirst, today, built).Where(one => one.Age < LockoutRule.Forgets).Reverse())
        {
            // Time never goes back for the rules, though a wall clock may have.
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
        // Without a badge it was a face that somebody was looked for by, and counts as that, whoever was found.
        long? person = entry.BadgeHint is null ? null : entry.PersonId;
        bool isMismatch = reason == DenyReason.Superseded && person is not null && entry.Distance >= entry.Threshold;
        return isMismatch || LockoutRule.Counts(reason) ? state.Failed(person, at, options) : state;
    }
}
