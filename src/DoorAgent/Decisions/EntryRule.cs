using DoorAgent.Events;
using DoorAgent.Matching;
using DoorAgent.Schedules;

namespace DoorAgent.Decisions;

/// <summary>
/// Tells what forbids a person to enter, regardless of the face. The door uses these rules for each badge and face, and lists of people use
/// the same rules, so that a list never promises what the door refuses. Pure.
/// </summary>
internal static class EntryRule
{
    /// <summary>Returns why a person may not enter now; null when nothing forbids it.</summary>
    /// <param name="person">The person.</param>
    /// <param name="notAllowedNow">Returns why validity or schedule forbids a person to enter now; null when they do not.</param>
    public static Refusal? RefusalOf(Person person, Func<Person, Refusal?> notAllowedNow) =>
        person.IsEnabled ? notAllowedNow(person) : new Refusal(DenyReason.PersonDisabled);

    /// <summary>Returns why a badge in this state opens nothing; null for a badge in use.</summary>
    public static Refusal? RefusalOf(BadgeState state) => state switch
    {
        BadgeState.Active => null,
        BadgeState.Lost => new Refusal(DenyReason.BadgeBlocked, "reported lost"),
        _ => new Refusal(DenyReason.BadgeBlocked, "blocked"),
    };

    /// <summary>Whether a person may enter while the door is in lockdown.</summary>
    public static bool MayEnterInLockdown(Person person) => person.IsForLockdown;

    /// <summary>Returns why the person cannot type the required PIN; null when the person can, or no PIN is required.</summary>
    /// <param name="person">The person.</param>
    /// <param name="isRequired">Whether a PIN is required now.</param>
    public static Refusal? PinRefusalOf(Person person, bool isRequired) =>
        isRequired && person.Pin is null ? new Refusal(DenyReason.NoPin) : null;
}
