using System.Collections.Immutable;
using DoorAgent.Events;

namespace DoorAgent.Decisions;

/// <summary>The recent failures and the lockout that they caused. Times are monotonic.</summary>
/// <param name="Failures">Times of the failures that still count, oldest first.</param>
/// <param name="Waits">Number of lockouts so far; each doubles the next one.</param>
/// <param name="Until">End of the current or last lockout.</param>
/// <param name="LastFailure">Time of the last failure.</param>
internal sealed record Lockout(ImmutableArray<TimeSpan> Failures, int Waits, TimeSpan Until, TimeSpan LastFailure)
{
    public static Lockout None { get; } = new([], 0, TimeSpan.MinValue, TimeSpan.MinValue);

    public bool IsOn(TimeSpan now) => now < Until;
}

/// <summary>A number of failures within a time starts a lockout; each is twice as long as the previous one.</summary>
/// <param name="Failures">Number of failures that start the first lockout.</param>
/// <param name="Within">Time within which the failures count.</param>
/// <param name="FirstWait">Duration of the first lockout.</param>
/// <param name="Cap">Longest duration of a lockout.</param>
/// <param name="OneTryAfterWait">Whether each failure after a lockout starts the next one; else the count starts again.</param>
internal sealed record LockoutRule(int Failures, TimeSpan Within, TimeSpan FirstWait, TimeSpan Cap, bool OneTryAfterWait)
{
    /// <summary>Time without a failure after which everything is forgotten.</summary>
    public static readonly TimeSpan Forgets = TimeSpan.FromHours(24);

    /// <summary>The rule for each single person, by the settings.</summary>
    public static LockoutRule OfPerson(DecisionOptions options) =>
        new(options.LockoutFailures, options.LockoutWindow, TimeSpan.FromSeconds(30), options.LockoutCap, OneTryAfterWait: true);

    public static LockoutRule OfUnknownBadges { get; } =
        new(10, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(15), OneTryAfterWait: false);

    public static LockoutRule OfFaces { get; } =
        new(3, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5), OneTryAfterWait: false);

    /// <summary>Whether a denial with this reason always counts as a failure, without regard to the compared frames.</summary>
    public static bool Counts(DenyReason? reason) =>
        reason is DenyReason.FaceNotMatched or DenyReason.NotRecognised or DenyReason.SpoofSuspected or DenyReason.WrongPin;

    /// <summary>Counts a failure. During a lockout nothing is counted: a lockout never lengthens itself.</summary>
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
        // Every cap is reached before 20 doublings; without the bound the shift would overflow.
        TimeSpan wait = FirstWait * (1L << Math.Min(waits, 20));
        return wait < Cap ? wait : Cap;
    }
}
