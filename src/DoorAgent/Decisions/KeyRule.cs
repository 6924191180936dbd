using DoorAgent.Events;
using DoorAgent.Hardware.Badges;

namespace DoorAgent.Decisions;

/// <summary>The rules for keys: they form a PIN where one is awaited, else the number of a badge where badges can be typed, else
/// nothing.</summary>
/// <remarks>Typed digits may be a PIN that was typed too early: unless they are a known badge, no digit is logged, shown or kept.</remarks>
internal static class KeyRule
{
    /// <summary>The detail of an event about a number that belongs to nobody.</summary>
    public const string NobodysNumber = "what was typed is nobody's badge";

    public static void Pressed(AccessTransition transition, KeyPressed pressed, string? typedPrefix)
    {
        Attempt? waiting = transition.State.Attempt is { AwaitsPin: true } attempt ? attempt : null;
        // While a PIN is being checked, further keys are ignored.
        if (waiting?.Question is not null)
            return;
        KeypadEntry before = transition.State.Entry.At(pressed.PressedAt, transition.Options.KeyTimeout);
        if (waiting is null && typedPrefix is null)
        {
            Ignore(transition, before, pressed);
            return;
        }

        if (!pressed.Key.IsEnter)
        {
            transition.State = transition.State with { Entry = before.Press(pressed.Key, pressed.PressedAt) };
            return;
        }

        transition.State = transition.State with { Entry = KeypadEntry.Empty };
        // A # alone is a mistake, or the end of digits that have expired.
        if (before.Digits.Length == 0)
            return;
        if (waiting is not null)
            PinRule.Typed(transition, waiting, before);
        else if (Card(typedPrefix!, before) is not { } badge)
            transition.Raise(new DoorEvent(DoorEventKind.KeysNotUsed) { Detail = "more digits than a badge number has" });
        else if (transition.State.UnknownBadges.IsOn(transition.Now) || transition.State.TypedNumbers.IsOn(transition.Now))
            // A person who tries numbers must not find a known one during a lockout.
            transition.Raise(new DoorEvent(DoorEventKind.Denied)
            {
                Reason = DenyReason.LockedOut,
                Detail = "no number is accepted for a while: too many belonged to nobody",
            });
        else if (transition.Gallery is null)
            transition.Raise(new DoorEvent(DoorEventKind.Denied) { Reason = DenyReason.GalleryMissing });
        else if (transition.Gallery.Find(badge) is null)
            Unknown(transition);
        else
            transition.Typed = badge;
    }

    /// <summary>Counts an unknown number: a mistake, a PIN before its badge, or a person who tries numbers. The count does not stop people
    /// with cards.</summary>
    private static void Unknown(AccessTransition transition)
    {
        transition.Raise(new DoorEvent(DoorEventKind.KeysNotUsed) { Detail = NobodysNumber });
        transition.CountTypedNumber();
    }

    /// <summary>Raises one event for each series of keys.</summary>
    private static void Ignore(AccessTransition transition, KeypadEntry before, KeyPressed pressed)
    {
        if (before.IsNew)
        {
            transition.Raise(new DoorEvent(DoorEventKind.KeysNotUsed)
            {
                Detail = transition.Options.NeedsPin ? "a PIN is typed after the badge" : "this door asks for none",
            });
        }

        // The state remembers that a key was pressed, but not which one.
        transition.State = transition.State with { Entry = KeypadEntry.Cleared(pressed.PressedAt) };
    }

    /// <summary>Returns the badge with the typed number, without the leading zeros that may be printed on the card.</summary>
    private static Badge? Card(string prefix, KeypadEntry entry) =>
        entry.IsTooLong ? null : Badge.TryParse($"{prefix}:{(entry.Digits.TrimStart('0') is { Length: > 0 } digits ? digits : "0")}");
}
