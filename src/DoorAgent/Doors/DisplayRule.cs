using System.Collections.Immutable;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Hardware.Doors;

namespace DoorAgent.Doors;

/// <summary>The text on the display, and when the text changes without an event.</summary>
/// <param name="Text">The text; null while the display is dark.</param>
/// <param name="PersonId">The person who was let in; null for other texts.</param>
/// <param name="Seconds">Seconds to wait, with the text Wait.</param>
/// <param name="Until">End of a denial's text; null for a text that lasts as long as the door's state.</param>
/// <param name="LockedUntil">End of the lockout that the display counts down.</param>
internal readonly record struct DisplayState(
    DisplayText? Text, long? PersonId = null, int Seconds = 0, TimeSpan? Until = null, TimeSpan? LockedUntil = null)
{
    /// <summary>The next change without an event: the next second of a wait, or the end of the text.</summary>
    public TimeSpan? NextDue => LockedUntil is { } end && Until is { } until ? Min(until, end - TimeSpan.FromSeconds(Seconds - 1)) : Until;

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}

/// <summary>Decides what the display at the door shows. Pure. The display follows the lights and, like them, never shows a
/// reason.</summary>
internal static class DisplayRule
{
    /// <summary>Time for which a denial is shown; the lights turn off earlier.</summary>
    public static readonly TimeSpan DenialShown = TimeSpan.FromSeconds(5);

    /// <summary>Time for which a lockout is counted down.</summary>
    public static readonly TimeSpan WaitShown = TimeSpan.FromSeconds(10);

    /// <summary>Returns the display after a step of policy or door, or at <see cref="DisplayState.NextDue"/>.</summary>
    /// <param name="display">The previous display.</param>
    /// <param name="lights">The lights after the step.</param>
    /// <param name="events">The events of the step.</param>
    /// <param name="access">The policy's state after the step.</param>
    /// <param name="now">Monotonic time.</param>
    public static DisplayState Next(
        DisplayState display, LightPattern lights, ImmutableArray<DoorEvent> events, AccessState access, TimeSpan now)
    {
        if (lights == LightPattern.Denied && events.LastOrDefault(IsDenial) is { } denial)
            return Denied(denial, access, now);
        if (lights is LightPattern.Denied or LightPattern.Off or LightPattern.Lockdown or LightPattern.Fault && display.Until > now)
            return display.LockedUntil is { } end ? display with { Seconds = SecondsTo(end, now) } : display;
        DisplayText? text = lights switch
        {
            LightPattern.LookAtCamera => DisplayText.LookAtCamera,
            LightPattern.EnterPin => DisplayText.EnterPin,
            LightPattern.TurnLeft => DisplayText.TurnLeft,
            LightPattern.TurnRight => DisplayText.TurnRight,
            LightPattern.Granted => DisplayText.Welcome,
            LightPattern.SecondPerson => DisplayText.SecondPerson,
            LightPattern.HeldUnlocked => DisplayText.Unlocked,
            LightPattern.Lockdown => DisplayText.Lockdown,
            LightPattern.HeldOpenWarning => DisplayText.CloseDoor,
            LightPattern.Fault => DisplayText.OutOfOrder,
            _ => null,
        };
        return new DisplayState(text, text == DisplayText.Welcome ? LetIn(display, events) : null);
    }

    private static bool IsDenial(DoorEvent raised) => raised is { Kind: DoorEventKind.Denied } and not { Reason: DenyReason.Superseded };

    private static long? LetIn(DisplayState display, ImmutableArray<DoorEvent> events) =>
        events.LastOrDefault(raised => raised.Kind == DoorEventKind.Granted)?.PersonId
        ?? (display.Text == DisplayText.Welcome ? display.PersonId : null);

    private static DisplayState Denied(DoorEvent denial, AccessState access, TimeSpan now)
    {
        Lockout lockout = denial.Reason != DenyReason.LockedOut ? Lockout.None
            : denial.PersonId is { } id ? access.People.GetValueOrDefault(id, Lockout.None) : access.Faces;
        if (!lockout.IsOn(now))
            return new DisplayState(DisplayText.Denied, Until: now + DenialShown);
        TimeSpan until = now + WaitShown < lockout.Until ? now + WaitShown : lockout.Until;
        return new DisplayState(DisplayText.Wait, Seconds: SecondsTo(lockout.Until, now), Until: until, LockedUntil: lockout.Until);
    }

    private static int SecondsTo(TimeSpan end, TimeSpan now) => Math.Max(1, (int)Math.Ceiling((end - now).TotalSeconds));
}
