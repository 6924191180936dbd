using System.Collections.Immutable;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Hardware.Doors;
using DoorAgent.Liveness;
using DoorAgent.Modes;

namespace DoorAgent.Doors;

/// <summary>The pattern on the reader's lights, and the end of a denial.</summary>
/// <param name="Shown">The pattern.</param>
/// <param name="DenialUntil">End of the denial that is shown; null while no denial is shown.</param>
internal readonly record struct LightState(LightPattern Shown, TimeSpan? DenialUntil);

/// <summary>Decides what the reader's lights show. Pure. The lights never show a reason.</summary>
internal static class LightRule
{
    /// <summary>Time for which a denial is shown.</summary>
    public static readonly TimeSpan DenialShown = TimeSpan.FromSeconds(2);

    /// <summary>Returns the lights after a step of policy or door, or at <see cref="LightState.DenialUntil"/>.</summary>
    /// <param name="lights">The previous lights.</param>
    /// <param name="events">The events of the step.</param>
    /// <param name="access">The policy's state after the step.</param>
    /// <param name="door">The door's state after the step.</param>
    /// <param name="now">Monotonic time.</param>
    /// <param name="hasFault">Whether another part that the door needs has a fault (no gallery, no network).</param>
    /// <param name="mustShow">Whether the pattern must be shown, even where it is the same (a second denial beeps again).</param>
    public static LightState Next(LightState lights, ImmutableArray<DoorEvent> events, AccessState access, DoorState door,
        TimeSpan now, bool hasFault, out bool mustShow)
    {
        bool isDenied = events.Any(raised => raised is { Kind: DoorEventKind.Denied } and not { Reason: DenyReason.Superseded });
        bool isFree = !door.IsRelayOn && !access.HasStopped && !door.HasStopped;
        // A request to turn is shown at once, or the person could not answer; a second one beeps again.
        bool isAsked = events.Any(raised => raised.Kind == DoorEventKind.TurnAsked);
        LightState next = isDenied && isFree ? new LightState(LightPattern.Denied, now + DenialShown)
            : lights.DenialUntil > now && isFree && access.Attempt?.Challenge is null ? lights
            : new LightState(Steady(access, door, hasFault), null);
        mustShow = isAsked || isDenied && next.Shown == LightPattern.Denied || next.Shown != lights.Shown;
        return next;
    }

    private static LightPattern Steady(AccessState access, DoorState door, bool hasFault)
    {
        if (access.HasStopped || door.HasStopped)
            return LightPattern.Off;
        if (access.Attempt?.Challenge is { } challenge)
            return challenge.Turn.Asked == TurnDirection.Left ? LightPattern.TurnLeft : LightPattern.TurnRight;
        if (door.IsRelayOn && door.Phase is not DoorPhase.HeldOpen)
            return door.IsHeld ? LightPattern.HeldUnlocked : LightPattern.Granted;
        if (access.Attempt is { } attempt)
            return attempt.AwaitsPin ? LightPattern.EnterPin : LightPattern.LookAtCamera;
        if (door.Phase == DoorPhase.HeldOpen || (door.Phase == DoorPhase.Open && door.IsWarned))
            return LightPattern.HeldOpenWarning;
        if (access.AwaitsSecondPerson)
            return LightPattern.SecondPerson;
        if (access.Mode == DoorMode.Lockdown)
            return LightPattern.Lockdown;
        return hasFault || access.HasCameraFault || access.ReaderFault is not null || door.HasRelayFault
            ? LightPattern.Fault : LightPattern.Off;
    }
}
