using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Hardware;

namespace DoorAgent;

/// <summary>
/// The lockouts from before the start, as far as the journal tells them: pulling the plug ends none. The records of the last
/// 24 h are counted anew by the same rules. Of an attempt that another badge ended, only the closest comparison is on record.
/// </summary>
internal static class EarlierLockouts
{
    /// <summary>At most so many records are looked at: more than a busy door writes in a day.</summary>
    public const int MostRecords = 10_000;

    /// <summary>What the policy begins with.</summary>
    /// <exception cref="UserErrorException">The journal is damaged, foreign or newer, or cannot be read.</exception>
    public static AccessState Read(string journal, DecisionOptions options, TimeProvider time)
    {
        using JournalReader reader = new(journal, new JournalFilter());
        return Of(reader.Newest(MostRecords), options, time.GetUtcNow(), time.Monotonic());
    }

    /// <summary>The same from records. Pure.</summary>
    /// <param name="newestFirst">The journal's records.</param>
    /// <param name="options">Checked options.</param>
    /// <param name="today">Wall time. A clock that went back, as one without a battery does, is held to the newest record.</param>
    /// <param name="now">Monotonic time.</param>
    public static AccessState Of(IReadOnlyList<JournalEntry> newestFirst, DecisionOptions options, DateTimeOffset today, TimeSpan now)
    {
        if (newestFirst is [{ Instant: { } newest }, ..] && newest > today)
            today = newest;
        AccessState state = AccessState.Initial;
        TimeSpan at = now - LockoutRule.Forgets;
        foreach (JournalEntry entry in newestFirst.TakeWhile(entry => today - entry.Instant < LockoutRule.Forgets).Reverse())
        {
            // Time never goes back for the rules, though a wall clock may have.
            TimeSpan then = now - (today - entry.Instant!.Value);
            at = then < at ? at : then < now ? then : now;
            state = After(state, entry, at, options);
        }

        return state;
    }

    private static AccessState After(AccessState state, JournalEntry entry, TimeSpan at, DecisionOptions options)
    {
        if (entry is { KnownKind: DoorEventKind.Granted, PersonId: { } granted })
            return state with { People = state.People.Remove(granted) };
        if (entry is { KnownKind: DoorEventKind.KeysNotUsed, Detail: KeyRule.NobodysNumber })
            return state.FailedTyping(at);
        if (entry is not { KnownKind: DoorEventKind.Denied, Reason: { } word } || EventWords.Find<DenyReason>(word) is not { } reason)
            return state;
        if (reason == DenyReason.UnknownBadge)
            return state.FailedUnknown(at);
        // Without a badge it was a face that somebody was looked for by, and counts as that, whoever was found.
        long? person = entry.Badge is null ? null : entry.PersonId;
        bool isMismatch = reason == DenyReason.Superseded && person is not null && entry.Distance >= entry.Threshold;
        return isMismatch || LockoutRule.Counts(reason) ? state.Failed(person, at, options.LockoutCap) : state;
    }
}
