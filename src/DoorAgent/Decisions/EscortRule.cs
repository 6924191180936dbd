using System.Collections.Immutable;
using System.Globalization;
using DoorAgent.Events;
using DoorAgent.Matching;
using DoorAgent.Schedules;

namespace DoorAgent.Decisions;

/// <summary>The rule for visitors: a visitor is let in only shortly after one of their hosts was let in at this door. A restart forgets who was
/// let in, so that the host comes again. Pure.</summary>
internal static class EscortRule
{
    /// <summary>Returns why a visitor may not enter now; null for everybody else, and after a host.</summary>
    /// <param name="person">The person.</param>
    /// <param name="state">The policy's state, with the times at which people were let in.</param>
    /// <param name="gallery">The current gallery.</param>
    /// <param name="options">Checked options: how soon after the host.</param>
    /// <param name="now">Monotonic time.</param>
    public static Refusal? RefusalOf(Person person, AccessState state, Gallery? gallery, DecisionOptions options, TimeSpan now)
    {
        if (ObstacleOf(person) is { } obstacle)
            return obstacle;
        if (!person.IsEscorted)
            return null;
        foreach (long host in person.Hosts)
        {
            // Whoever has become a visitor, or is disabled, brings nobody in any more.
            if (state.LetInAt.TryGetValue(host, out TimeSpan at) && now - at <= options.TogetherWithin
                && gallery?.Find(host) is { IsEscorted: false, IsEnabled: true })
                return null;
        }

        return new Refusal(DenyReason.EscortMissing, string.Create(CultureInfo.InvariantCulture,
            $"none of the hosts was let in within {options.TogetherWithin.TotalSeconds:0} s before"));
    }

    /// <summary>Returns what keeps a visitor out whoever comes with them; null for everybody else.</summary>
    public static Refusal? ObstacleOf(Person person) => person switch
    {
        { IsEscorted: false } => null,
        { Hosts.Length: 0 } => new Refusal(DenyReason.EscortMissing, "a visitor without a host"),
        { ValidUntil: null } => new Refusal(DenyReason.OutsideValidity, "a visitor without an end"),
        _ => null,
    };

    /// <summary>Returns the times at which people were let in, with one more, and without those that no longer count.</summary>
    public static ImmutableDictionary<long, TimeSpan> LetIn(AccessState state, long person, DecisionOptions options, TimeSpan now) =>
        state.LetInAt.RemoveRange(state.LetInAt.Where(one => now - one.Value > options.TogetherWithin).Select(one => one.Key))
            .SetItem(person, now);
}
