using DoorAgent.Events;
using DoorAgent.Matching;
using DoorAgent.Schedules;

namespace DoorAgent.Decisions;

/// <summary>Says of everybody whether the door would let them in, by the rules that the door itself asks. Pure.</summary>
/// <param name="options">Checked options of the door.</param>
/// <param name="hours">Who may enter when.</param>
/// <param name="lockedOut">Until when somebody must wait after failures, by the gallery's row; null where no running door says so.</param>
internal sealed class StandingRule(DecisionOptions options, AccessHours hours, IReadOnlyDictionary<long, DateTimeOffset>? lockedOut = null)
{
    /// <summary>How it stands with a person.</summary>
    /// <param name="person">The person, with the count of encodings of the encoder in use.</param>
    /// <param name="badges">The states of their badges.</param>
    /// <param name="now">The moment.</param>
    public Standing Of(Person person, IReadOnlyCollection<BadgeState> badges, DateTimeOffset now)
    {
        List<Obstacle> obstacles = [];
        if (EntryRule.RefusalOf(person, _ => null) is { } disabled)
            obstacles.Add(new Obstacle(disabled.Reason, "disabled"));
        DateTimeOffset? next = hours.NextEntry(person, now);
        obstacles.AddRange(hours.RefusalsOf(person, now).Select(refusal => new Obstacle(refusal.Reason, refusal.Detail!, next)));
        if (lockedOut is not null && lockedOut.TryGetValue(person.Id, out DateTimeOffset until) && until > now)
            obstacles.Add(new Obstacle(DenyReason.LockedOut, "locked out after failures", until));
        obstacles.AddRange(Missing(person, badges));
        return new Standing([.. obstacles]);
    }

    /// <summary>What the person lacks in the door's mode.</summary>
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
            yield return new Obstacle(options.AccessMode == AccessMode.FaceOnly ? DenyReason.NotRecognised : DenyReason.FaceNotMatched, "no picture of the encoder in use");
    }

    private IEnumerable<Obstacle> BadgeMissing(Person person, IReadOnlyCollection<BadgeState> badges)
    {
        if (badges.Count == 0)
            yield return new Obstacle(DenyReason.UnknownBadge, "no badge");
        else if (badges.All(state => EntryRule.RefusalOf(state) is not null))
            yield return new Obstacle(DenyReason.BadgeBlocked, $"badge {string.Join(" and ", badges.Select(state => EntryRule.RefusalOf(state)?.Detail).Distinct())}");
        if (EntryRule.PinRefusalOf(person, options) is { } refusal)
            yield return new Obstacle(refusal.Reason, "no PIN");
    }
}
