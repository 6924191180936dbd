using DoorAgent.Events;
using DoorAgent.Matching;
using DoorAgent.Schedules;

namespace DoorAgent.Decisions;

/// <summary>
/// What forbids somebody to enter, whatever their face: asked by the door with each badge and face, and by whoever lists people,
/// so that a list never promises what the door refuses. Pure.
/// </summary>
internal static class EntryRule
{
    /// <summary>Why a person is not let in at this moment; null when nothing forbids them.</summary>
    /// <param name="person">The person.</param>
    /// <param name="notAllowedNow">Why somebody may not enter at this moment, by validity and schedule; null when they may.</param>
    public static Refusal? RefusalOf(Person person, Func<Person, Refusal?> notAllowedNow) =>
        person.IsEnabled ? notAllowedNow(person) : new Refusal(DenyReason.PersonDisabled);

    /// <summary>Why a badge in this state opens nothing; null for one that is in use.</summary>
    public static Refusal? RefusalOf(BadgeState state) => state switch
    {
        BadgeState.Active => null,
        BadgeState.Lost => new Refusal(DenyReason.BadgeBlocked, "reported lost"),
        _ => new Refusal(DenyReason.BadgeBlocked, "blocked"),
    };

    /// <summary>Why the person's badge cannot be followed by a PIN; null when it can, or need not.</summary>
    public static Refusal? PinRefusalOf(Person person, DecisionOptions options) =>
        options.NeedsPin && person.Pin is null ? new Refusal(DenyReason.NoPin) : null;
}
