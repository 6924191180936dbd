using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Schedules;

namespace DoorAgent.Commands.People;

/// <summary>Words for whether a person may enter.</summary>
internal static class EligibilityView
{
    /// <summary>The words where the settings for decisions cannot be used.</summary>
    public const string Unknown = "not known";

    /// <summary>Returns the words for a column of a table.</summary>
    public static string Short(Eligibility eligibility, AccessHours hours, DateTimeOffset now) => eligibility switch
    {
        { MayEnter: true } => $"yes{Conditions(eligibility)}",
        { Next: { } next } => "not now: "
            + $"{(eligibility.Obstacles.Any(obstacle => obstacle.Reason == DenyReason.LockedOut) ? "locked out, " : "")}from "
            + $"{hours.Words(next, now)}",
        _ => $"no: {string.Join(", ", eligibility.Obstacles.Where(obstacle => obstacle.Ends is null).Select(obstacle => obstacle.Words))}",
    };

    private static string Conditions(Eligibility eligibility) => string.Concat(eligibility.Conditions.Select(condition => $", {condition}"));

    /// <summary>Returns lines: whether the person may enter, and each obstacle with its remedy.</summary>
    public static IEnumerable<string> Lines(Eligibility eligibility, AccessHours hours, DateTimeOffset now)
    {
        yield return eligibility.MayEnter ? $"may enter{Conditions(eligibility)}"
            : eligibility.Next is { } next ? $"may not enter now, next from {hours.Words(next, now)}"
            : "may not enter";
        foreach (Obstacle obstacle in eligibility.Obstacles)
            yield return $"  because: {obstacle.Words}. {DenialWords.Of(obstacle.Reason).Remedy}.";
    }
}
