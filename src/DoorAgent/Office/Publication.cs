using System.Globalization;
using DoorAgent.Fleet;

namespace DoorAgent.Office;

/// <summary>Brings people of the office's gallery to groups: first the plans, which change nothing, then the decision, which is one
/// transaction in office.db. What was decided waits in the outbox for the hub.</summary>
internal sealed class Publication
{
    // The parts of a record beside the person: head, nonce, tag and signature; see PersonSeal.
    private const int FixedBytes = 18 + 2 + 32 + 12 + 16 + 64;

    private readonly FleetOffice _office;
    private readonly PersonIds _ids;

    private Publication(FleetOffice office, PersonIds ids, IReadOnlyList<PublicationPlan> plans, IReadOnlyDictionary<string, int> others) =>
        (_office, _ids, Plans, Others) = (office, ids, plans, others);

    /// <summary>The plans, one for each group.</summary>
    public IReadOnlyList<PublicationPlan> Plans { get; }

    /// <summary>How many people each group has who are not in its plan.</summary>
    public IReadOnlyDictionary<string, int> Others { get; }

    /// <summary>Plans a publication. Nothing is written.</summary>
    /// <param name="office">The office.</param>
    /// <param name="groups">Names of the groups; empty for every group in which the people are already.</param>
    /// <param name="people">Who is published.</param>
    /// <param name="gallery">The names of everybody in the gallery.</param>
    /// <param name="isExact">Whether everybody else leaves the groups.</param>
    /// <exception cref="UserErrorException">There is no such group, or the office's records cannot be used.</exception>
    public static Publication Plan(FleetOffice office, IReadOnlyCollection<string> groups, IReadOnlyList<GalleryPerson> people,
        IReadOnlyCollection<string> gallery, bool isExact)
    {
        OfficeGroup[] all = [.. office.Groups.All()];
        OfficeGroup[] meant = groups.Count == 0 ? all : [.. groups.Distinct().Select(office.Groups.Require)];
        Dictionary<string, IReadOnlyList<FleetPerson>> present = all.ToDictionary(group => group.Name, group => office.PeopleOf(group.Name));
        PersonIds ids = new(office.People, gallery, present.Values.SelectMany(group => group));
        IReadOnlyList<FleetPerson> wanted = ids.Resolve(people);
        Dictionary<string, IReadOnlyList<string>> hosts = wanted.Zip(people).ToDictionary(one => one.First.Id, one => one.Second.Hosts);
        List<PublicationPlan> plans = [];
        Dictionary<string, int> others = [];
        foreach (OfficeGroup group in meant)
        {
            IReadOnlyList<FleetPerson> members = present[group.Name];
            HashSet<string> inside = [.. members.Select(person => person.Id)];
            FleetPerson[] coming = [.. wanted.Where(person => groups.Count > 0 || inside.Contains(person.Id))];
            HashSet<string> afterwards = [.. coming.Select(person => person.Id), .. isExact ? [] : inside];
            plans.Add(PublicationPlan.Of(group.Name, coming, members, [.. group.Settings.Schedules.Keys], isExact,
                person => SizeOf(person, group.Name)).WithAbsentHosts(person => [.. hosts.GetValueOrDefault(person.Id, [])
                    .Where(host => ids.Find(host) is not { } id || !afterwards.Contains(id))]));
            others[group.Name] = isExact ? 0 : members.Count - coming.Count(person => inside.Contains(person.Id));
        }

        return new Publication(office, ids, plans, others);
    }

    /// <summary>Decides what was planned: seals the people, and writes them with the manifests, for the hub to get.</summary>
    /// <returns>The publications of the groups that change.</returns>
    /// <exception cref="UserErrorException">The office cannot be written; nothing was decided.</exception>
    public IReadOnlyList<OfficePublication> Decide() => _office.Store.Change(() =>
    {
        _ids.Write(Plans.SelectMany(plan => plan.Of(PlannedStep.Added).Concat(plan.Of(PlannedStep.Changed)))
            .Select(person => person.Person.Id).ToHashSet());
        List<OfficePublication> made = [];
        foreach (PublicationPlan plan in Plans.Where(plan => !plan.IsEmpty))
        {
            made.Add(_office.Publish(plan.Group, WordsOf(plan), change =>
            {
                foreach (PlannedPerson person in plan.Of(PlannedStep.Removed))
                    change.Remove(person.Person.Id);
                // Whoever changes may give up a badge that somebody new has.
                foreach (PlannedPerson person in plan.Of(PlannedStep.Changed).Concat(plan.Of(PlannedStep.Added)))
                    change.Put(person.Person);
            }));
        }

        return made;
    });

    /// <summary>Returns what a plan does, such as <c>3 added, 1 removed</c>.</summary>
    public static string WordsOf(PublicationPlan plan) => string.Join(", ", new[] { PlannedStep.Added, PlannedStep.Changed, PlannedStep.Removed }
        .Select(step => (step, count: plan.Of(step).Count())).Where(part => part.count > 0)
        .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.count} {part.step.ToString().ToLowerInvariant()}")));

    private static int SizeOf(FleetPerson person, string group) => FixedBytes + group.Length + PersonBody.Write(person).Length;
}
