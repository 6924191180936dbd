namespace DoorAgent.Modes;

/// <summary>The times of one moment.</summary>
/// <param name="Now">Monotonic time.</param>
/// <param name="Wall">Wall time, at the door's offset.</param>
internal readonly record struct ModeClock(TimeSpan Now, DateTimeOffset Wall);

/// <summary>An input that the mode reacts to.</summary>
internal abstract record ModeInput;

/// <summary>The agent starts; the first input.</summary>
/// <param name="Lasting">What the previous run left.</param>
internal sealed record ModeStarting(LastingMode Lasting) : ModeInput;

/// <summary>The unlock hours were read; given at each look at the clock.</summary>
/// <param name="IsOpen">Whether they are open now; false where the clock is not set and where there are no such hours.</param>
/// <param name="ChangeAt">Time of their next change, at the door's offset; null when that is not known.</param>
internal sealed record HoursRead(bool IsOpen, DateTimeOffset? ChangeAt) : ModeInput;

/// <summary>The policy granted access to a person.</summary>
/// <param name="PersonId">The person.</param>
internal sealed record PersonGranted(long PersonId) : ModeInput;

/// <summary>An operator holds the door unlocked for a time.</summary>
/// <param name="For">How long, more than 0 and at most <see cref="ModeRule.LongestUnlock"/>.</param>
/// <param name="By">The operator, for the record.</param>
internal sealed record UnlockOrdered(TimeSpan For, string By) : ModeInput;

/// <summary>An operator begins a lockdown.</summary>
/// <param name="By">The operator, for the record.</param>
internal sealed record LockdownOrdered(string By) : ModeInput;

/// <summary>An operator orders the normal mode.</summary>
/// <param name="By">The operator, for the record.</param>
internal sealed record NormalOrdered(string By) : ModeInput;

/// <summary>An operator locks the door: as <see cref="NormalOrdered"/> where the door is held unlocked, and a lockdown stays.</summary>
/// <param name="By">The operator, for the record.</param>
internal sealed record LockOrdered(string By) : ModeInput;

/// <summary>The fleet's manifest was read.</summary>
/// <param name="Order">The lockdown that the manifest orders; null where it orders none.</param>
/// <param name="IsClockSet">Whether the wall clock can be trusted: else no lockdown is over.</param>
internal sealed record GroupRead(GroupLockdown? Order, bool IsClockSet) : ModeInput;

/// <summary>Time has passed for the lockdown of the group.</summary>
/// <param name="IsClockSet">Whether the wall clock can be trusted: else the lockdown is not over.</param>
internal sealed record GroupWatched(bool IsClockSet) : ModeInput;

/// <summary>Root ends the lockdown of the group at this door, although the office has not.</summary>
/// <param name="By">Who, for the record.</param>
internal sealed record GroupOverridden(string By) : ModeInput;
