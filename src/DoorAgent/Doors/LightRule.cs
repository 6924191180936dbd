using System.Collections.Immutable;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Hardware.Doors;

namespace DoorAgent.Doors;

/// <summary>What the reader shows, and until when a denial is shown.</summary>
/// <param name="Shown">The pattern.</param>
/// <param name="DenialUntil">End of the denial that is shown; null while none is.</param>
internal readonly record struct LightState(LightPattern Shown, TimeSpan? DenialUntil);

/// <summary>What the reader's lights show: pure. They never say why.</summary>
internal static class LightRule
{
    /// <summary>How long a denial is shown before the lights turn to what is under way.</summary>
    public static readonly TimeSpan DenialShown = TimeSpan.FromSeconds(2);

    /// <summary>The lights after a step of policy or door, or at <see cref="LightState.DenialUntil"/>.</summary>
    /// <param name="lights">The lights before.</param>
    /// <param name="events">What the step said.</param>
    /// <param name="access">The policy's state after it.</param>
    /// <param name="door">The door's state after it.</param>
    /// <param name="now">Monotonic time.</param>
    /// <param name="hasFault">Whether something else that the door needs is at fault (no gallery, no network).</param>
    /// <param name="isAnew">Whether the pattern is to be shown, also where it is the same again (a second denial beeps again).</param>
    public static LightState Next(LightState lights, ImmutableArray<DoorEvent> events, AccessState access, DoorState door,
        TimeSpan now, bool hasFault, out bool isAnew)
    {
        bool isDenied = events.Any(raised => raised is { Kind: DoorEventKind.Denied } and not { Reason: DenyReason.Superseded });
        bool isFree = !door.IsRelayOn && !access.HasStopped && !door.HasStopped;
        LightState next = isDenied && isFree ? new LightState(LightPattern.Denied, now + DenialShown)
            : lights.DenialUntil > now && isFree ? lights
            : new LightState(Steady(access, door, hasFault), null);
        isAnew = isDenied && next.Shown == LightPattern.Denied || next.Shown != lights.Shown;
        return next;
    }

    private static LightPattern Steady(AccessState access, DoorState door, bool hasFault)
    {
        if (access.HasStopped || door.HasStopped)
            return LightPattern.Off;
        if (door.IsRelayOn)
            return LightPattern.Granted;
        if (access.Attempt is { } attempt)
            return attempt.AwaitsPin ? LightPattern.EnterPin : LightPattern.LookAtCamera;
        if (door.Phase == DoorPhase.HeldOpen || (door.Phase == DoorPhase.Open && door.IsWarned))
            return LightPattern.HeldOpenWarning;
        return hasFault || access.HasCameraFault || access.ReaderFault is not null || door.HasRelayFault ? LightPattern.Fault : LightPattern.Off;
    }
}
