using DoorAgent.Fleet;
using DoorAgent.Galleries;

namespace DoorAgent.Office;

/// <summary>What a publication would do to a group. Whoever cannot travel is refused alone, before anything is sent.</summary>
/// <param name="Group">Name of the group.</param>
/// <param name="People">Everybody whom the publication concerns, in the order of their names.</param>
internal sealed record PublicationPlan(string Group, IReadOnlyList<PlannedPerson> People)
{
    /// <summary>The largest record in bytes: a value of the hub.</summary>
    public const int LargestRecord = SignedRecord.MostBytes;

    /// <summary>Whether the publication sends anything.</summary>
    public bool IsEmpty => People.All(person => person.Step is PlannedStep.Unchanged or PlannedStep.Refused);

    /// <summary>The people with whom one thing happens.</summary>
    public IEnumerable<PlannedPerson> Of(PlannedStep step) => People.Where(person => person.Step == step);

    /// <summary>Says of each visitor who comes or changes which hosts the doors of the group do not know.</summary>
    /// <param name="absentOf">Returns the names of a visitor's hosts who will not be in the group.</param>
    public PublicationPlan WithAbsentHosts(Func<FleetPerson, IReadOnlyList<string>> absentOf) => this with
    {
        People = [.. People.Select(one => one.Step is PlannedStep.Added or PlannedStep.Changed && absentOf(one.Person) is { Count: > 0 } absent
            ? one with { Why = $"{one.Why}{(one.Why.Length > 0 ? "; " : "")}not a host there, because not in the group: {string.Join(", ", absent)}" }
            : one)],
    };

    /// <summary>Plans a publication.</summary>
    /// <param name="group">Name of the group.</param>
    /// <param name="wanted">Who is to be in the group, with ids and hosts of the fleet.</param>
    /// <param name="present">Who is in the group now.</param>
    /// <param name="schedules">Names of the group's hours.</param>
    /// <param name="isExact">Whether everybody else leaves the group.</param>
    /// <param name="sizeOf">Returns the size of a person's record in bytes.</param>
    public static PublicationPlan Of(string group, IReadOnlyCollection<FleetPerson> wanted, IReadOnlyCollection<FleetPerson> present,
        IReadOnlyCollection<string> schedules, bool isExact, Func<FleetPerson, int> sizeOf)
    {
        Dictionary<string, FleetPerson> before = present.ToDictionary(person => person.Id);
        HashSet<string> coming = [.. wanted.Select(person => person.Id)];
        FleetPerson[] others = [.. present.Where(person => !coming.Contains(person.Id))];
        Dictionary<string, string> refused = Refused(wanted, before, isExact ? [] : others, schedules, sizeOf);
        List<PlannedPerson> people = [];
        foreach (FleetPerson person in wanted)
        {
            if (refused.TryGetValue(person.Id, out string? why))
                people.Add(new PlannedPerson(PlannedStep.Refused, person, why));
            else if (!before.TryGetValue(person.Id, out FleetPerson? was))
                people.Add(new PlannedPerson(PlannedStep.Added, person, person.IsEnabled ? "" : "disabled"));
            else if (PersonDifference.Between(was, person) is { Count: > 0 } differences)
                people.Add(new PlannedPerson(PlannedStep.Changed, person, string.Join(", ", differences)));
            else
                people.Add(new PlannedPerson(PlannedStep.Unchanged, person));
        }

        if (isExact)
            people.AddRange(others.Select(person => new PlannedPerson(PlannedStep.Removed, person)));
        return new PublicationPlan(group, [.. people.OrderBy(person => PersonName.KeyOf(person.Person.Name), StringComparer.Ordinal)]);
    }

    /// <summary>Whoever is refused stays in the group as before, with their badges, and may be the reason to refuse others.</summary>
    private static Dictionary<string, string> Refused(IReadOnlyCollection<FleetPerson> wanted, Dictionary<string, FleetPerson> before,
        FleetPerson[] others, IReadOnlyCollection<string> schedules, Func<FleetPerson, int> sizeOf)
    {
        Dictionary<string, string> refused = [];
        for (int known = -1; known < refused.Count;)
        {
            known = refused.Count;
            PublicationRules rules = new([.. others, .. refused.Keys.Where(before.ContainsKey).Select(id => before[id])], schedules, sizeOf);
            foreach (FleetPerson person in wanted.Where(person => !refused.ContainsKey(person.Id)).ToArray())
            {
                if (rules.WhyNot(person) is { } why)
                    refused.Add(person.Id, why);
            }
        }

        return refused;
    }
}
