using DoorAgent.Decisions;
using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Modes;

namespace DoorAgent.Operating;

/// <summary>
/// Keeps the mode of a running door: applies the rule to hours, grants and orders, and passes the result to the policy and to the door
/// machine. A lockdown takes effect first and is written down then; whatever unlocks is recorded first.
/// </summary>
/// <param name="door">The door.</param>
/// <param name="parts">The rule and its surroundings.</param>
internal sealed class DoorModes(IOperatedDoor door, ModeParts parts)
{
    private ModeState _state = ModeState.Initial;
    private LastingMode? _written;
    private string? _notWritten;

    /// <summary>The mode, for other parts of the decision loop.</summary>
    public DoorMode Mode => _state.Mode;

    /// <summary>Why the mode does not survive a restart; null where it does.</summary>
    public string? Fault => _notWritten is null ? null : $"a lockdown would not survive a restart: {_notWritten}";

    /// <summary>The next time at which the mode may change without a message; null where it cannot.</summary>
    /// <param name="now">Monotonic time.</param>
    public TimeSpan? NextDue(TimeSpan now) => parts.Hours is null && _state.Group is null ? _state.Unlock?.EndsAt
        : AccessPolicy.Earliest(_state.Unlock?.EndsAt, now + parts.ToNextMinute());

    /// <summary>Begins with what the previous run left.</summary>
    public void Start(TimeSpan now)
    {
        _written = parts.Previous.MustBeWritten ? null : parts.Previous.Lasting;
        Do(new ModeStarting(parts.Previous.Lasting), now);
        Follow(now);
    }

    /// <summary>Follows the clock and the hours; called before each message, so that nothing renews what is over.</summary>
    public void Follow(TimeSpan now)
    {
        if (_state.Group is not null)
            Do(new GroupWatched(parts.IsClockSet()), now);
        Do(parts.ReadHours(), now);
    }

    /// <summary>Follows what the newest manifest of the fleet says of a lockdown.</summary>
    /// <param name="order">The lockdown; null where the manifest has none, and for a door in no fleet.</param>
    /// <param name="now">Monotonic time.</param>
    public void FollowGroup(GroupLockdown? order, TimeSpan now) => Do(new GroupRead(order, parts.IsClockSet()), now);

    /// <summary>The door is in lockdown, and who ends it, as sentences.</summary>
    public string EndOfLockdown => ModeWords.EndOfLockdown(_state, parts.Wall());

    /// <summary>Hears that the policy let somebody in.</summary>
    public void Granted(long person, TimeSpan now) => Do(new PersonGranted(person), now);

    /// <summary>Ends a hold, for the order <c>lock</c>.</summary>
    /// <returns>What became of the unlock hours, as a sentence after a space; empty where nothing did.</returns>
    public string Lock(string by, TimeSpan now)
    {
        bool isHeld = Mode == DoorMode.Unlocked;
        Do(new LockOrdered(by), now);
        return isHeld ? HoursSentence(At(now)) : "";
    }

    /// <summary>Tries again to write down what could not be written.</summary>
    public void Retry()
    {
        if (_notWritten is not null)
            Write(_state.Lasting);
    }

    /// <summary>Carries out an order.</summary>
    /// <param name="request">The request.</param>
    /// <param name="by">The operator, for the record.</param>
    /// <param name="now">Monotonic time.</param>
    public OperatorAnswer Obey(OperatorRequest request, string by, TimeSpan now) => request.Mode switch
    {
        DoorMode.Lockdown => LockDown(by, now),
        DoorMode.Unlocked => Unlock(request, by, At(now)),
        DoorMode.Normal => EndAll(by, request.IsEvenFleet == true, At(now)),
        _ => OperatorAnswer.Refused("The request names no mode."),
    };

    /// <summary>The mode for the status.</summary>
    public ModeStatus Status()
    {
        DateTimeOffset wall = parts.Wall();
        DateTimeOffset? changeAt = parts.ReadHours().ChangeAt;
        GroupLockdown? group = _state.Group is { IsInForce: true } ? _state.Group : null;
        OpenHours? open = _state.Hours is { Hold: true } ? _state.Hours : null;
        string words = ModeWords.Of(_state, parts.Hours, changeAt, wall);
        return new ModeStatus(Mode, IsPaused ? $"{words}; the door is locked while the journal cannot be written" : words)
        {
            Since = _state.Lockdown?.Since ?? group?.Since.ToOffset(wall.Offset) ?? _state.Unlock?.Since ?? open?.HeldSince,
            By = _state.Lockdown?.By ?? (group is null ? null : GroupLockdown.By) ?? _state.Unlock?.By
                ?? (open is null ? null : $"the hours {parts.Hours}"),
            Until = _state.Lockdown is not null ? null : group?.Until.ToOffset(wall.Offset) ?? _state.Unlock?.Until ?? open?.Until,
            HoursChangeAt = changeAt,
            AwaitsFirstPerson = Mode != DoorMode.Lockdown && _state is { Hours: { HeldSince: null, SuspendedBy: null } },
            HoursSuspendedBy = _state.Hours?.SuspendedBy,
        };
    }

    /// <summary>Whether the door is locked although its mode is unlocked: without records nobody is let in.</summary>
    private bool IsPaused => Mode == DoorMode.Unlocked && !parts.MayUnlock();

    private OperatorAnswer LockDown(string by, TimeSpan now)
    {
        Do(new LockdownOrdered(by), now);
        Retry();
        return new OperatorAnswer
        {
            Done = _notWritten is null ? "Lockdown: nobody is let in but people who are marked for it. The exit works. It lasts until "
                    + "'dooragent mode normal', also over a restart."
                : $"Lockdown: nobody is let in but people who are marked for it. But a restart may end it: {_notWritten} Order the "
                    + "lockdown again when that is fixed.",
        };
    }

    private OperatorAnswer Unlock(OperatorRequest request, string by, ModeClock clock)
    {
        if (LengthOf(request, clock) is not { } length)
            return OperatorAnswer.Refused("Not unlocked: the clock is not set, so that a time of day means nothing. Use --for.");
        if (length <= TimeSpan.Zero || length > ModeRule.LongestUnlock)
            return OperatorAnswer.Refused($"Not unlocked: the time must be more than 0 and at most {ModeRule.LongestUnlock.TotalHours} h.");
        ModeStep step = parts.Rule.Apply(_state, new UnlockOrdered(length, by), clock);
        if (step.Refusal is { } refusal)
        {
            door.Record(new DoorEvent(DoorEventKind.Denied) { Reason = DenyReason.Lockdown, Detail = $"mode unlocked, {by}" });
            return OperatorAnswer.Refused(refusal);
        }

        if (!Recorded(step))
            return OperatorAnswer.Refused($"Not unlocked: {OperatorOrders.NoRecord}");
        Take(step.State);
        return new OperatorAnswer
        {
            Done = door.State.HasRelayFault ? "The relay does not obey; the door is unlocked a minute after it works again. 'dooragent "
                    + "status' shows the fault."
                : $"Held unlocked until {ModeWords.Time(step.State.Unlock!.Until, clock.Wall)}; 'dooragent mode normal' ends it.",
        };
    }

    private OperatorAnswer EndAll(string by, bool isEvenFleet, ModeClock clock)
    {
        bool endsOwn = _state.Lockdown is not null;
        ModeStep step = parts.Rule.Apply(_state, new NormalOrdered(by), clock);
        if (isEvenFleet)
        {
            ModeStep both = parts.Rule.Apply(step.State, new GroupOverridden(by), clock);
            step = both with { Events = step.Events.AddRange(both.Events) };
        }

        bool staysByFleet = step.State.Mode == DoorMode.Lockdown;
        if (staysByFleet && !endsOwn)
            return OperatorAnswer.Refused($"The mode stays: {EndOfLockdown}");
        bool endsLockdown = Mode == DoorMode.Lockdown;
        if (!Recorded(step) && endsLockdown)
            return OperatorAnswer.Refused($"The lockdown stays: {OperatorOrders.NoRecord}");
        Take(step.State);
        string kept = endsLockdown && _notWritten is not null ? $" But the next start is a lockdown again: {_notWritten}" : "";
        return new OperatorAnswer
        {
            Done = (staysByFleet ? $"The lockdown of this door is ended, and {EndOfLockdown}" : "The mode is normal: each entry is decided.")
                + HoursSentence(clock) + kept,
        };
    }

    private TimeSpan? LengthOf(OperatorRequest request, ModeClock clock) => request.Until is not { } text
        ? TimeSpan.FromSeconds(Math.Clamp(request.Seconds, 0, ModeRule.LongestUnlock.TotalSeconds + 1))
        : TimeOnly.TryParseExact(text, "HH:mm", out TimeOnly time) ? parts.Next(time) - clock.Wall : TimeSpan.Zero;

    private ModeClock At(TimeSpan now) => new(now, parts.Wall());

    private string HoursSentence(ModeClock clock) =>
        _state.Hours is { SuspendedBy: not null } open ? $" {ModeWords.Sentence(ModeWords.Suspended(open, clock.Wall))}" : "";

    private void Do(ModeInput input, TimeSpan now)
    {
        ModeStep step = parts.Rule.Apply(_state, input, At(now));
        bool locks = step.State.Mode != DoorMode.Unlocked;
        // What locks waits for no record; what unlocks is recorded first.
        if (locks)
            Take(step.State);
        foreach (DoorEvent raised in step.Events)
            door.Record(raised);
        if (!locks)
            Take(step.State);
    }

    private bool Recorded(ModeStep step) => step.Events.Select(door.Record).ToArray().All(isRecorded => isRecorded) || !parts.NeedsRecord;

    /// <summary>Makes a state the present one: the relay first, then the policy, then the file.</summary>
    private void Take(ModeState next)
    {
        bool beginsLockdown = next.Mode == DoorMode.Lockdown && Mode != DoorMode.Lockdown;
        bool isOther = next.Mode != Mode;
        _state = next;
        if (beginsLockdown)
            door.Advance(new OperatorLocks());
        if (isOther)
            door.Advance(new ModeChanged(next.Mode));
        bool isHeld = Mode == DoorMode.Unlocked && !IsPaused;
        if (isHeld != door.State.IsHeld)
            door.Advance(isHeld ? new HoldBegins() : new HoldEnds());
        if (next.Lasting != _written)
            Write(next.Lasting);
    }

    /// <summary>Writes what must survive a restart. A failure is not repeated at each message, but by <see cref="Retry"/>.</summary>
    private void Write(LastingMode lasting)
    {
        _written = lasting;
        try
        {
            parts.File.Write(lasting);
            _notWritten = null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _notWritten = failure.Message;
        }
    }
}
