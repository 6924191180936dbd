using System.Collections.Immutable;
using DoorAgent.Events;

namespace DoorAgent.Modes;

/// <summary>The rule of a lockdown that the fleet's office orders: in force from the manifest that has it until its end, until a newer manifest
/// without it, or until root ends it at the door. It begins like a lockdown of the door, and its end unlocks nothing. Pure.</summary>
internal static class GroupLockdownRule
{
    /// <summary>Follows the newest manifest.</summary>
    public static ModeStep Read(ModeState state, GroupRead read, ModeClock clock)
    {
        GroupLockdown? order = read.Order is { } found && IsOver(found, read.IsClockSet, clock) ? null : read.Order;
        if (order is null)
            return End(state, read.Order is null ? "the office ended it" : "its time is over");
        if (order.IsSameAs(state.Group))
            return new ModeStep(state, []);
        ModeState next = state with { Group = order, Unlock = null, Hours = state.Hours?.SuspendBy(GroupLockdown.By) };
        ImmutableArray<DoorEvent> held = state.Mode == DoorMode.Unlocked
            ? [Event(DoorEventKind.HoldEnded, "a lockdown of the fleet begins")] : [];
        return new ModeStep(next, [.. held, Event(DoorEventKind.FleetLockdownStarted, Words(order, clock.Wall.Offset))]);
    }

    /// <summary>Ends a lockdown whose time is over.</summary>
    public static ModeStep Watch(ModeState state, GroupWatched watched, ModeClock clock) =>
        state.Group is { } group && IsOver(group, watched.IsClockSet, clock) ? End(state, "its time is over") : new ModeStep(state, []);

    /// <summary>Ends the lockdown at this door. The same order does not begin again.</summary>
    public static ModeStep Override(ModeState state, string by) => state.Group is not { IsInForce: true } group ? new ModeStep(state, [])
        : new ModeStep(state with { Group = group with { EndedBy = by } },
            [Event(DoorEventKind.FleetLockdownOverridden, by), Event(DoorEventKind.FleetLockdownEnded, $"at this door only, {by}")]);

    /// <summary>Returns the event of a lockdown that continues after a restart.</summary>
    public static ImmutableArray<DoorEvent> Continued(GroupLockdown? group, ModeClock clock) => group is { IsInForce: true }
        ? [Event(DoorEventKind.FleetLockdownStarted, $"continues, {Words(group, clock.Wall.Offset)}")] : [];

    private static bool IsOver(GroupLockdown group, bool isClockSet, ModeClock clock) => isClockSet && clock.Wall >= group.Until;

    private static ModeStep End(ModeState state, string why) => state.Group is not { } group ? new ModeStep(state, [])
        : new ModeStep(state with { Group = null }, group.IsInForce ? [Event(DoorEventKind.FleetLockdownEnded, why)] : []);

    private static string Words(GroupLockdown group, TimeSpan offset) =>
        $"since {ModeWords.Date(group.Since.ToOffset(offset))} until {ModeWords.Date(group.Until.ToOffset(offset))}: {group.Why}";

    private static DoorEvent Event(DoorEventKind kind, string detail) => new(kind) { Detail = detail };
}
