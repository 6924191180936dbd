namespace DoorAgent.Office;

/// <summary>Takes a person out of groups. A departure that was decided before is not decided again.</summary>
internal sealed class Departure
{
    private readonly FleetOffice _office;
    private readonly OfficePerson _person;
    private readonly string[] _groups;
    private readonly bool _isErasure;

    private Departure(FleetOffice office, OfficePerson person, string[] groups, bool isErasure) =>
        (_office, _person, _groups, _isErasure) = (office, person, groups, isErasure);

    /// <summary>Returns a departure, which changes nothing yet.</summary>
    /// <param name="office">The office.</param>
    /// <param name="person">Who leaves.</param>
    /// <param name="groups">Names of the groups; empty for all.</param>
    /// <param name="isErasure">Whether the person is erased there too.</param>
    /// <exception cref="UserErrorException">There is no such group.</exception>
    public static Departure Of(FleetOffice office, OfficePerson person, IReadOnlyCollection<string> groups, bool isErasure) => new(office, person,
        [
            .. groups.Count == 0 ? office.Groups.All().Select(group => group.Name)
                : groups.Distinct().Select(group => office.Groups.Require(group).Name),
        ],
        isErasure);

    /// <summary>Whether nothing is left to decide.</summary>
    public bool IsDone => Records.All(record => !IsLeft(record));

    /// <summary>Id of the person.</summary>
    public string Person => _person.Id;

    /// <summary>The last change of the person in each of the groups.</summary>
    public Reach Reach => Reach.Of(Records);

    /// <summary>Decides what is left, in one transaction; it waits in the outbox for the hub.</summary>
    public IReadOnlyList<OfficePublication> Decide() => _office.Store.Change(() => (IReadOnlyList<OfficePublication>)
    [
        .. Records.Where(IsLeft).ToArray().Select(record => _office.Publish(record.Group, _isErasure ? "1 erased" : "1 removed",
            change => change.Remove(_person.Id, _isErasure))),
    ]);

    private IEnumerable<OfficeRecord> Records => _office.Records.OfPerson(_person.Id).Where(record => _groups.Contains(record.Group));

    private bool IsLeft(OfficeRecord record) => _isErasure ? record.State != RecordState.Erased : record.State == RecordState.Present;
}
