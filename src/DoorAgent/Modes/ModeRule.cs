using System.Collections.Immutable;
using DoorAgent.Events;

namespace DoorAgent.Modes;

/// <summary>The rule of the modes: (state, input, now) to (state, events). Pure. In doubt the door is locked: a lockdown is stronger than
/// everything that unlocks, and what an operator has locked no clock unlocks before the hours begin again.</summary>
/// <param name="hours">Name of the unlock hours; null without any.</param>
/// <param name="firstPersonIn">Whether the hours hold the door only after a grant.</param>
internal sealed class ModeRule(string? hours, bool firstPersonIn)
{
    /// <summary>The longest time for which an operator may hold the door unlocked.</summary>
    public static readonly TimeSpan LongestUnlock = TimeSpan.FromHours(12);

    /// <summary>Applies one input.</summary>
    public ModeStep Apply(ModeState state, ModeInput input, ModeClock clock) => input switch
    {
        ModeStarting start => Start(start.Lasting, clock),
        HoursRead read => Look(state, read, clock),
        PersonGranted granted => ComeIn(state, granted.PersonId, clock),
        UnlockOrdered order => Unlock(state, order, clock),
        LockdownOrdered order => LockDown(state, order.By, clock),
        NormalOrdered order => EndAll(state, order.By, clock),
        LockOrdered order when state.Mode == DoorMode.Unlocked => EndAll(state, order.By, clock),
        GroupRead read => GroupLockdownRule.Read(state, read, clock),
        GroupWatched watched => GroupLockdownRule.Watch(state, watched, clock),
        GroupOverridden order => GroupLockdownRule.Override(state, order.By),
        _ => new ModeStep(state, []),
    };

    private static ModeStep Start(LastingMode lasting, ModeClock clock)
    {
        ModeState state = new() { Lockdown = lasting.Lockdown, Suspended = lasting.Suspended, Group = lasting.Group };
        ImmutableArray<DoorEvent> events = lasting.Lockdown is { } lockdown
            ? [Event(DoorEventKind.LockdownStarted, $"continues, since {ModeWords.Date(lockdown.Since)}, {lockdown.By}")]
            : [];
        return new ModeStep(state, [.. events, .. GroupLockdownRule.Continued(lasting.Group, clock)]);
    }

    /// <summary>Ends an operator's unlock whose time is over, and follows the hours.</summary>
    private ModeStep Look(ModeState state, HoursRead read, ModeClock clock)
    {
        ModeState next = state;
        if (next.Unlock?.EndsAt <= clock.Now)
            next = next with { Unlock = null };
        next = read.IsOpen ? next with { Hours = Opened(next, read, clock), Suspended = null }
            : next with { Hours = null, Suspended = next.Lasting.Suspended };
        if (next.Mode == state.Mode)
            return new ModeStep(next, []);
        return new ModeStep(next, next.Mode == DoorMode.Unlocked
            ? [Held(next.Hours!, person: null, clock)]
            : [Event(DoorEventKind.HoldEnded, state.Hours is { Hold: true } ? $"the hours {hours} are over" : "the time is over")]);
    }

    private OpenHours Opened(ModeState state, HoursRead read, ModeClock clock)
    {
        // A clock that was set, or an agent that slept, may not have seen the hours closed.
        if (state.Hours is { } known && !(known.Until <= clock.Wall))
            return known with { Until = read.ChangeAt };
        bool isSuspended = state.Suspended is { } before && clock.Wall < before.Until;
        return new OpenHours(clock.Wall, read.ChangeAt)
        {
            HeldSince = firstPersonIn ? null : clock.Wall,
            // Hours that begin in a lockdown do not unlock the door at its end.
            SuspendedBy = isSuspended ? state.Suspended!.By
                : state.Lockdown?.By ?? (state.Group is { IsInForce: true } ? GroupLockdown.By : null),
        };
    }

    /// <summary>The first person who is let in within the hours unlocks the door for the others.</summary>
    private ModeStep ComeIn(ModeState state, long person, ModeClock clock)
    {
        if (state.Mode == DoorMode.Lockdown || state.Hours is not { HeldSince: null, SuspendedBy: null } waiting)
            return new ModeStep(state, []);
        OpenHours held = waiting with { HeldSince = clock.Wall };
        return new ModeStep(state with { Hours = held }, [Held(held, person, clock)]);
    }

    private static ModeStep Unlock(ModeState state, UnlockOrdered order, ModeClock clock)
    {
        if (state.Mode == DoorMode.Lockdown)
            return new ModeStep(state, []) { Refusal = $"Not unlocked: {ModeWords.EndOfLockdown(state, clock.Wall)}" };

        DateTimeOffset until = clock.Wall + order.For;
        ModeState next = state with { Unlock = new UnlockOrder(clock.Wall, until, clock.Now + order.For, order.By) };
        return new ModeStep(next, [Event(DoorEventKind.HeldUnlocked, $"until {ModeWords.Time(until, clock.Wall)}, {order.By}")]);
    }

    private static ModeStep LockDown(ModeState state, string by, ModeClock clock)
    {
        if (state.Lockdown is not null)
            return new ModeStep(state, []);
        ModeState next = state with
        {
            Lockdown = new Lockdown(clock.Wall, by), Unlock = null, Hours = state.Hours?.SuspendBy(by),
        };
        DoorEvent began = Event(DoorEventKind.LockdownStarted, by);
        return new ModeStep(next,
            state.Mode == DoorMode.Unlocked ? [Event(DoorEventKind.HoldEnded, "a lockdown begins"), began] : [began]);
    }

    private static ModeStep EndAll(ModeState state, string by, ModeClock clock)
    {
        ModeState next = state with { Lockdown = null, Unlock = null, Hours = state.Hours?.SuspendBy(by) };
        bool suspends = state.Hours is { SuspendedBy: null };
        string detail = next.Hours is null ? by : $"{by}; {ModeWords.Suspended(next.Hours, clock.Wall)}";
        ImmutableArray<DoorEvent> events = state.Lockdown is not null ? [Event(DoorEventKind.LockdownEnded, detail)]
            : state.Mode == DoorMode.Unlocked || suspends ? [Event(DoorEventKind.HoldEnded, detail)] : [];
        return new ModeStep(next, events);
    }

    private DoorEvent Held(OpenHours open, long? person, ModeClock clock) =>
        Event(DoorEventKind.HeldUnlocked, $"{ModeWords.Until(open.Until, clock.Wall)}by the hours {hours}") with { PersonId = person };

    private static DoorEvent Event(DoorEventKind kind, string detail) => new(kind) { Detail = detail };
}
