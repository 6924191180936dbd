using System.Collections.Immutable;
using DoorAgent.Events;

namespace DoorAgent.Decisions;

/// <summary>Failures so far, and the wait they led to. Times are monotonic.</summary>
/// <param name="Failures">When they were, oldest first, as far as they still count.</param>
/// <param name="Waits">How many waits there have been; the next is twice as long for each.</param>
/// <param name="Until">End of the current or last wait.</param>
/// <param name="LastFailure">When the last one was.</param>
internal sealed record Lockout(ImmutableArray<TimeSpan> Failures, int Waits, TimeSpan Until, TimeSpan LastFailure)
{
    public static Lockout None { get; } = new([], 0, TimeSpan.MinValue, TimeSpan.MinValue);

    public bool IsOn(TimeSpan now) => now < Until;
}

/// <summary>So many failures within a time, then a wait, each twice as long as the one before.</summary>
/// <param name="Failures">How many failures start the first wait.</param>
/// <param name="Within">Within what time.</param>
/// <param name="FirstWait">How long the first wait is.</param>
/// <param name="Cap">How long a wait can get.</param>
/// <param name="OneTryAfterWait">Whether after a wait each further failure starts the next; else it is counted anew.</param>
internal sealed record LockoutRule(int Failures, TimeSpan Within, TimeSpan FirstWait, TimeSpan Cap, bool OneTryAfterWait)
{
    /// <summary>So long without a failure, and all is forgotten.</summary>
    public static readonly TimeSpan Forgets = TimeSpan.FromHours(24);

    /// <summary>The rule of each person by itself, as the settings have it.</summary>
    public static LockoutRule OfPerson(DecisionOptions options) =>
        new(options.LockoutFailures, options.LockoutWindow, TimeSpan.FromSeconds(30), options.LockoutCap, OneTryAfterWait: true);

    public static LockoutRule OfUnknownBadges { get; } =
        new(10, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(15), OneTryAfterWait: false);

    public static LockoutRule OfFaces { get; } =
        new(3, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5), OneTryAfterWait: false);

    /// <summary>Whether an attempt that ended so is a failure, where the frames compared in it need not be asked.</summary>
    public static bool Counts(DenyReason? reason) =>
        reason is DenyReason.FaceNotMatched or DenyReason.NotRecognised or DenyReason.SpoofSuspected or DenyReason.WrongPin;

    /// <summary>Counts a failure. During a wait nothing is counted: a lockout never lengthens itself.</summary>
    public Lockout Fail(Lockout lockout, TimeSpan now)
    {
        if (lockout.IsOn(now))
            return lockout;
        if (lockout.Failures.IsEmpty && lockout.Waits == 0 || now - lockout.LastFailure >= Forgets)
            lockout = Lockout.None;
        ImmutableArray<TimeSpan> counted = lockout.Failures.RemoveAll(at => now - at >= Within).Add(now);
        bool starts = counted.Length >= Failures || (OneTryAfterWait && lockout.Waits > 0);
        return starts
            ? new Lockout([], lockout.Waits + 1, now + WaitAfter(lockout.Waits), now)
            : lockout with { Failures = counted, LastFailure = now };
    }

    private TimeSpan WaitAfter(int waits)
    {
        // Beyond 20 doublings every cap is reached; without the bound the shift would overflow.
        TimeSpan wait = FirstWait * (1L << Math.Min(waits, 20));
        return wait < Cap ? wait : Cap;
    }
}
