using DoorAgent.Fleet;

namespace DoorAgent.Office;

/// <summary>Says what is different between two states of a person, in words without badge numbers and without a face's
/// numbers.</summary>
internal static class PersonDifference
{
    /// <summary>Returns the differences; empty where both are the same.</summary>
    public static IReadOnlyList<string> Between(FleetPerson before, FleetPerson after)
    {
        List<string> found = [];
        Add(before.Name != after.Name, $"name (was {before.Name})");
        Add(before.IsEnabled != after.IsEnabled, after.IsEnabled ? "enabled" : "disabled");
        Add(before.IsExtended != after.IsExtended, after.IsExtended ? "longer access time" : "usual access time");
        Add(before.ValidFrom != after.ValidFrom, $"valid from {after.ValidFrom ?? "any day"}");
        Add(before.ValidUntil != after.ValidUntil, $"valid until {after.ValidUntil ?? "any day"}");
        Add(before.Schedule != after.Schedule, $"hours {after.Schedule ?? "always"}");
        Add(before.IsForLockdown != after.IsForLockdown, after.IsForLockdown ? "enters during a lockdown" : "not during a lockdown");
        Add(before.NeedsSecondPerson != after.NeedsSecondPerson, after.NeedsSecondPerson ? "only with a second person" : "without a second person");
        Add(before.IsEscorted != after.IsEscorted, after.IsEscorted ? "visitor" : "no longer a visitor");
        Add(!before.Hosts.Order(StringComparer.Ordinal).SequenceEqual(after.Hosts.Order(StringComparer.Ordinal)), "hosts");
        Add(!before.Badges.Order(StringComparer.Ordinal).SequenceEqual(after.Badges.Order(StringComparer.Ordinal)), "badges");
        Add(before.Consent != after.Consent, "consent");
        Add(before.Encoder != after.Encoder, "encoder");
        Add(!Same(before.Encodings, after.Encodings), "pictures");
        return found;

        void Add(bool isDifferent, string words)
        {
            if (isDifferent)
                found.Add(words);
        }
    }

    private static bool Same(IReadOnlyList<FleetEncoding> before, IReadOnlyList<FleetEncoding> after) => before.Count == after.Count
        && before.Zip(after).All(pair => pair.First.Quality.Equals(pair.Second.Quality)
            && pair.First.Picture.AsSpan().SequenceEqual(pair.Second.Picture)
            && pair.First.Values.AsSpan().SequenceEqual(pair.Second.Values));
}
