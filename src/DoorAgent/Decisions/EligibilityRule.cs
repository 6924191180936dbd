using System.Collections.Immutable;
using DoorAgent.Events;
using DoorAgent.Matching;
using DoorAgent.Schedules;

namespace DoorAgent.Decisions;

/// <summary>One reason that keeps a person out.</summary>
/// <param name="Reason">The reason, as the log names it.</param>
/// <param name="Words">The reason in a few words.</param>
/// <param name="Ends">Time at which the reason ends; null when a change of data or settings is needed.</param>
internal readonly record struct Obstacle(DenyReason Reason, string Words, DateTimeOffset? Ends = null);

/// <summary>Whether a person may enter at one time, with all reasons that keep the person out.</summary>
/// <param name="Obstacles">The reasons; empty when the person may enter.</param>
internal sealed record Eligibility(ImmutableArray<Obstacle> Obstacles)
{
    public bool MayEnter => Obstacles.IsEmpty;

    /// <summary>Under which conditions the person may enter, in a few words each; empty for somebody who enters alone.</summary>
    public ImmutableArray<string> Conditions { get; init; } = [];

    /// <summary>Next time at which the person may enter, at the door's offset; null when the person may enter now, or only after a
    /// change.</summary>
    public DateTimeOffset? Next =>
        MayEnter || Obstacles.Any(obstacle => obstacle.Ends is null) ? null : Obstacles.Max(obstacle => obstacle.Ends);
}

/// <summary>Tells whether the door would let a person in, by the same rules as the door. Pure.</summary>
/// <param name="options">Checked options of the door.</param>
/// <param name="hours">Who may enter when.</param>
/// <param name="lockedOut">End of each lockout, by the gallery's row of the person; null when no running door reports it.</param>
internal sealed class EligibilityRule(
    DecisionOptions options, AccessHours hours, IReadOnlyDictionary<long, DateTimeOffset>? lockedOut = null)
{
    /// <summary>Why the people of a strict group of the fleet are refused now; null where they are not.</summary>
    public string? FleetStale { get; init; }

    /// <summary>Returns whether a person may enter, and otherwise all reasons why not.</summary>
    /// <param name="person">The person, with the number of encodings of the encoder in use.</param>
    /// <param name="badges">The states of the person's badges.</param>
    /// <param name="now">The time of entry.</param>
    public Eligibility Of(Person person, IReadOnlyCollection<BadgeState> badges, DateTimeOffset now)
    {
        List<Obstacle> obstacles = [];
        if (EntryRule.RefusalOf(person, _ => null) is { } disabled)
            obstacles.Add(new Obstacle(disabled.Reason, "disabled"));
        if (FleetStale is { } stale && person.Origin is not null)
            obstacles.Add(new Obstacle(DenyReason.FleetStale, $"the fleet is stale: {stale}"));
        DateTimeOffset? next = hours.NextEntry(person, now);
        obstacles.AddRange(hours.RefusalsOf(person, now).Select(refusal => new Obstacle(refusal.Reason, refusal.Detail!, next)));
        if (lockedOut is not null && lockedOut.TryGetValue(person.Id, out DateTimeOffset until) && until > now)
            obstacles.Add(new Obstacle(DenyReason.LockedOut, "locked out after failures", until));
        if (EscortRule.ObstacleOf(person) is { } visitor)
            obstacles.Add(new Obstacle(visitor.Reason, visitor.Detail!));
        obstacles.AddRange(Missing(person, badges));
        return new Eligibility([.. obstacles]) { Conditions = [.. Conditions(person, now)] };
    }

    private IEnumerable<string> Conditions(Person person, DateTimeOffset now)
    {
        if (person.IsEscorted)
            yield return "after a host";
        else if (person.NeedsSecondPerson || options.TwoPersonHours is { } two && hours.MayBeOpen(two, now))
            yield return "together with a second person";
    }

    /// <summary>Returns what the person lacks in the door's mode.</summary>
    private Obstacle[] Missing(Person person, IReadOnlyCollection<BadgeState> badges)
    {
        Obstacle[] face = [.. FaceMissing(person)], badge = [.. BadgeMissing(person, badges)];
        return options.AccessMode switch
        {
            AccessMode.FaceOnly => face,
            AccessMode.BadgeOnly => badge,
            // Either is enough.
            AccessMode.BadgeOrFace => face.Length == 0 || badge.Length == 0 ? [] : [.. badge, .. face],
            _ => [.. badge, .. face],
        };
    }

    private IEnumerable<Obstacle> FaceMissing(Person person)
    {
        if (person.EncodingCount == 0)
            yield return new Obstacle(options.AccessMode == AccessMode.FaceOnly ? DenyReason.NotRecognised : DenyReason.FaceNotMatched,
                "no picture of the encoder in use");
    }

    private IEnumerable<Obstacle> BadgeMissing(Person person, IReadOnlyCollection<BadgeState> badges)
    {
        if (badges.Count == 0)
            yield return new Obstacle(DenyReason.UnknownBadge, "no badge");
        else if (badges.All(state => EntryRule.RefusalOf(state) is not null))
            yield return new Obstacle(DenyReason.BadgeBlocked,
                $"badge {string.Join(" and ", badges.Select(state => EntryRule.RefusalOf(state)?.Detail).Distinct())}");
        if (EntryRule.PinRefusalOf(person, options.NeedsPin) is { } refusal)
            yield return new Obstacle(refusal.Reason, "no PIN");
    }
}
