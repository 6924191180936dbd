using DoorAgent.Events;
using DoorAgent.Hardware.Badges;

namespace DoorAgent.Decisions;

/// <summary>What keys do: a PIN where one is awaited, else the number of a badge where badges may be typed, else nothing.</summary>
/// <remarks>What is typed may be a PIN, typed too early: unless it is somebody's badge, no digit of it is said, shown or kept.</remarks>
internal static class KeyRule
{
    /// <summary>What is said of a number that belongs to nobody.</summary>
    public const string NobodysNumber = "what was typed is nobody's badge";

    public static void Pressed(AccessTransition transition, KeyPressed pressed, string? typedPrefix)
    {
        Attempt? waiting = transition.State.Attempt is { AwaitsPin: true } attempt ? attempt : null;
        // While a PIN is being checked the door has its answer and no ear.
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
        // A # alone is a slip, or the end of what has been forgotten.
        if (before.Digits.Length == 0)
            return;
        if (waiting is not null)
            PinRule.Typed(transition, waiting, before);
        else if (Card(typedPrefix!, before) is not { } badge)
            transition.Raise(new DoorEvent(DoorEventKind.KeysNotUsed) { Detail = "no badge number is so long" });
        else if (transition.State.UnknownBadges.IsOn(transition.Now) || transition.State.TypedNumbers.IsOn(transition.Now))
            // Whoever tries numbers must not hit one during a wait: known ones are no exception.
            transition.Raise(new DoorEvent(DoorEventKind.Denied) { Reason = DenyReason.LockedOut, Detail = "no number is taken for a while: too many were nobody's" });
        else if (transition.Gallery is null)
            transition.Raise(new DoorEvent(DoorEventKind.Denied) { Reason = DenyReason.GalleryMissing });
        else if (transition.Gallery.Find(badge) is null)
            Unknown(transition);
        else
            transition.Typed = badge;
    }

    /// <summary>A slip, a PIN before its badge, or somebody who tries numbers: that is counted by itself, and stops nobody with a card.</summary>
    private static void Unknown(AccessTransition transition)
    {
        transition.Raise(new DoorEvent(DoorEventKind.KeysNotUsed) { Detail = NobodysNumber });
        transition.CountTypedNumber();
    }

    /// <summary>Said once for each row of keys, whoever plays on them.</summary>
    private static void Ignore(AccessTransition transition, KeypadEntry before, KeyPressed pressed)
    {
        if (before.IsNew)
        {
            transition.Raise(new DoorEvent(DoorEventKind.KeysNotUsed)
            {
                Detail = transition.Options.NeedsPin ? "a PIN is typed after the badge" : "this door asks for none",
            });
        }

        // That a key came is remembered, and not which.
        transition.State = transition.State with { Entry = KeypadEntry.Cleared(pressed.PressedAt) };
    }

    /// <summary>Badge numbers have no leading zeros, and people type them as they are printed.</summary>
    private static Badge? Card(string prefix, KeypadEntry entry) =>
        entry.IsTooLong ? null : Badge.TryParse($"{prefix}:{(entry.Digits.TrimStart('0') is { Length: > 0 } digits ? digits : "0")}");
}
