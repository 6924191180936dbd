using System.Globalization;
using DoorAgent.Events;
using DoorAgent.Schedules;

namespace DoorAgent.Decisions;

/// <summary>
/// Anti-passback: nobody enters with a badge that a person who is already inside has passed back. By time, a person who was let in is denied
/// for a while; by side, until seen at the exit reader. A person whose position is unknown may enter. Pure.
/// </summary>
internal static class PassbackRule
{
    /// <summary>Returns why a person may not enter again; null when the person may.</summary>
    /// <param name="person">The gallery's row of the person.</param>
    /// <param name="positions">Where people are.</param>
    /// <param name="options">Checked options.</param>
    /// <param name="now">Monotonic time.</param>
    public static Refusal? RefusalOf(long person, Positions positions, DecisionOptions options, TimeSpan now)
    {
        if (positions.Of(person) is not { IsInside: true } inside)
            return null;
        if (EndOf(inside, options) is { } end && now < end)
        {
            return new Refusal(DenyReason.Passback, string.Create(CultureInfo.InvariantCulture,
                $"let in {Math.Floor((now - inside.Since).TotalSeconds)} s ago; again in {Math.Ceiling((end - now).TotalSeconds)} s"));
        }

        return options.Passback == PassbackMode.Hard && inside.IsCertain
            ? new Refusal(DenyReason.Passback, "inside, and not seen at the exit reader since") : null;
    }

    /// <summary>Returns the end of a person's wait by time; null where the door has none.</summary>
    public static TimeSpan? EndOf(Position inside, DecisionOptions options) =>
        options.AntiPassback > TimeSpan.Zero ? inside.Since + options.AntiPassback : null;

    /// <summary>Raises the alarm about a person who is let in although inside.</summary>
    public static void Watch(AccessTransition transition, long person)
    {
        if (transition.Options.Passback == PassbackMode.Off || transition.State.Positions.Of(person) is not { IsInside: true } inside)
            return;
        transition.Raise(new DoorEvent(DoorEventKind.PassbackSuspected)
        {
            PersonId = person,
            Detail = inside.IsCertain ? "not seen at the exit reader since the last entry"
                : "the exit reader was offline after the last entry, so that the person may have left unseen",
        });
    }
}
