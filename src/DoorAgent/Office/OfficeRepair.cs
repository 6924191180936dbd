using DoorAgent.Fleet;
using DoorAgent.Hub;

namespace DoorAgent.Office;

/// <summary>A difference between hub and office in one group.</summary>
/// <param name="Group">Name of the group.</param>
/// <param name="Key">Key in the bucket.</param>
/// <param name="What">What is wrong, as a sentence.</param>
internal sealed record RepairFinding(string Group, string Key, string What);

/// <summary>Compares the hub with the office, record by record, and makes the hub whole again: after it was restored from an old copy, was
/// emptied, or somebody wrote there.</summary>
/// <param name="office">The office.</param>
internal sealed class OfficeRepair(FleetOffice office)
{
    // A door that was taken over may sign any serial: this office must not run out of them.
    private const long MostLost = 1_000_000;

    private readonly List<RepairFinding> _findings = [];
    private readonly List<(string Bucket, string Key)> _foreign = [];
    private readonly List<OfficeRecord> _missing = [];
    private readonly List<OfficeDoor> _withoutKeys = [];
    private readonly Dictionary<string, (long Serial, int Key)> _ahead = [];

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<RepairFinding> Findings => _findings;

    /// <summary>Names of the groups of which the hub or a door has something newer than the office: the office was restored from an old copy. The
    /// repair publishes these groups again, as the office knows them.</summary>
    public IReadOnlyCollection<string> Ahead => _ahead.Keys;

    /// <summary>Lets everything that the office has decided wait for the hub again, in the order in which doors take it.</summary>
    public static void QueueEverything(FleetOffice office) => office.Store.Change(() =>
    {
        foreach (OfficeGroup group in office.Groups.All())
        {
            foreach (OfficeRecord record in office.Records.Of(group.Name))
                office.Outbox.Add(HubNames.People, HubNames.PersonKey(group.Name, record.Person), record.Value);
            if (group.Serial > 0)
                office.Publish(group.Name, "sent to an empty hub", change => GiveKeys(change, office.Doors.Of(group.Name)));
        }

        return 0;
    });

    /// <summary>Compares.</summary>
    /// <param name="people">All records of the hub's bucket of people.</param>
    /// <param name="groups">All records of the hub's bucket of groups.</param>
    /// <param name="doors">All records of the hub's bucket of doors.</param>
    public void Compare(IReadOnlyList<FleetItem> people, IReadOnlyList<FleetItem> groups, IReadOnlyList<FleetItem> doors)
    {
        HashSet<string> expected = [];
        Dictionary<string, byte[]> found = people.ToDictionary(item => item.Key, item => item.Value);
        Dictionary<string, byte[]> signed = groups.ToDictionary(item => item.Key, item => item.Value);
        foreach (OfficeGroup group in office.Groups.All())
        {
            foreach (OfficeRecord record in office.Records.Of(group.Name))
                ComparePerson(group, record, found, expected);
            CompareManifest(group, signed, expected);
            foreach (OfficeDoor door in office.Doors.Of(group.Name))
                CompareKeys(group, door, signed, expected);
        }

        FindForeign(HubNames.People, people, expected);
        FindForeign(HubNames.Groups, groups, expected);
        FindDoorsAhead(doors);
    }

    /// <summary>Decides the repair, in one transaction. What was decided waits in the outbox.</summary>
    /// <returns>The publications of the groups in which something was wrong.</returns>
    public IReadOnlyList<OfficePublication> Decide() => office.Store.Change(() =>
    {
        foreach (OfficeRecord record in _missing)
            office.Outbox.Add(HubNames.People, HubNames.PersonKey(record.Group, record.Person), record.Value);
        foreach ((string bucket, string key) in _foreign)
            office.Outbox.Add(bucket, key, null);
        HashSet<string> touched = [.. _findings.Select(finding => finding.Group)];
        return (IReadOnlyList<OfficePublication>)
            [.. office.Groups.All().Where(group => touched.Contains(group.Name)).Select(group => Publish(group))];
    });

    private OfficePublication Publish(OfficeGroup group)
    {
        OfficeDoor[] doors = [.. _withoutKeys.Where(door => door.Group == group.Name)];
        if (!_ahead.TryGetValue(group.Name, out (long Serial, int Key) ahead))
            return office.Publish(group.Name, "repaired", change => GiveKeys(change, doors));
        IReadOnlyList<FleetPerson> people = office.PeopleOf(group.Name);
        OfficeRecord[] removals = [.. office.Records.Of(group.Name).Where(record => record.State != RecordState.Present)];
        office.Groups.Skip(group.Name, ahead.Serial, ahead.Key);
        return office.Publish(group.Name, "published again after the office was restored", change =>
        {
            change.ExchangeKey();
            foreach (FleetPerson person in people)
                change.Put(person);
            foreach (OfficeRecord removal in removals)
                change.Remove(removal.Person, removal.State == RecordState.Erased);
            foreach (string id in Unknown(group.Name))
                change.Remove(id);
        });
    }

    /// <summary>Ids of people whom only the hub has: a signed removal, and no purge, takes them from the doors.</summary>
    private IEnumerable<string> Unknown(string group) => _foreign.Where(one => one.Bucket == HubNames.People).Select(one => one.Key.Split('.'))
        .Where(parts => parts is [var of, var id] && of == group && FleetIds.IsPerson(id)).Select(parts => parts[1]);

    private static void GiveKeys(OfficeChange change, IEnumerable<OfficeDoor> doors)
    {
        foreach (OfficeDoor door in doors)
            change.GiveKeys(door);
    }

    private void ComparePerson(OfficeGroup group, OfficeRecord record, Dictionary<string, byte[]> found, HashSet<string> expected)
    {
        string key = HubNames.PersonKey(group.Name, record.Person);
        expected.Add(key);
        byte[]? value = found.GetValueOrDefault(key);
        if (value is not null && value.AsSpan().SequenceEqual(record.Value))
            return;
        _missing.Add(record);
        Note(group, key, value, RecordKind.Person, record.Serial);
    }

    private void CompareManifest(OfficeGroup group, Dictionary<string, byte[]> signed, HashSet<string> expected)
    {
        string key = HubNames.ManifestKey(group.Name);
        expected.Add(key);
        byte[]? value = signed.GetValueOrDefault(key);
        if (group.Manifest is { } manifest && (value is null || !value.AsSpan().SequenceEqual(manifest)))
            Note(group, key, value, RecordKind.Manifest, group.Serial);
    }

    private void CompareKeys(OfficeGroup group, OfficeDoor door, Dictionary<string, byte[]> signed, HashSet<string> expected)
    {
        string key = HubNames.GroupKeyKey(group.Name, door.Name);
        expected.Add(key);
        byte[]? value = signed.GetValueOrDefault(key);
        if (HeadOf(value) is { Kind: RecordKind.GroupKeys } head && head.KeyNumber == group.Key && head.Subject == door.Name
            && head.Group == group.Name && IsSigned(value!))
            return;
        _withoutKeys.Add(door);
        Note(group, key, value, RecordKind.GroupKeys, group.Serial);
    }

    private void FindForeign(string bucket, IReadOnlyList<FleetItem> items, HashSet<string> expected)
    {
        foreach (FleetItem item in items.Where(item => !expected.Contains(item.Key)))
        {
            string group = item.Key.Split('.')[0];
            _foreign.Add((bucket, item.Key));
            _findings.Add(new RepairFinding(group, item.Key, "is not of this office, and is removed"));
            // Signed by this office, and unknown here: the office forgot it.
            if (bucket == HubNames.People && office.Groups.Find(group) is { } known && HeadOf(item.Value) is { Kind: RecordKind.Person } head
                && head.Group == group && IsSigned(item.Value))
                NoteAhead(known, head.Serial, head.KeyNumber);
        }
    }

    /// <summary>The hub may have lost what shows that the office is an old copy; doors sign what they have.</summary>
    private void FindDoorsAhead(IReadOnlyList<FleetItem> doors)
    {
        foreach (DoorReport report in DoorReport.ReadAll(office, doors))
        {
            if (report is not { Confirmation: { } confirmed, Doubt: not null } || confirmed.Serial - report.Group.Serial > MostLost)
                continue;
            _findings.Add(new RepairFinding(report.Group.Name, report.Door.Name, FormattableString.Invariant(
                $"the door has signed that it has publication {confirmed.Serial}, which is not of this office's {report.Group.Serial}")));
            NoteAhead(report.Group, confirmed.Serial, key: 0);
        }
    }

    private void Note(OfficeGroup group, string key, byte[]? value, RecordKind kind, long serial)
    {
        RecordHead? head = HeadOf(value);
        bool isOurs = head is not null && head.Group == group.Name && IsSigned(value!);
        _findings.Add(new RepairFinding(group.Name, key, value is null ? "is missing"
            : !isOurs ? "was not signed by this office"
            : head!.Serial < serial ? FormattableString.Invariant($"is older: serial {head.Serial} in place of {serial}")
            : head.Serial > serial ? FormattableString.Invariant($"is newer than the office: serial {head.Serial}, and the office has {serial}")
            : $"is another {kind} of the same serial"));
        // Two records of one serial are the work of this office before and after an old copy was restored.
        if (isOurs && (head!.Serial > group.Serial || (head.Serial == serial && kind != RecordKind.GroupKeys && IsOfKey(head, key))))
            NoteAhead(group, head.Serial, head.KeyNumber);
    }

    /// <summary>Whether a record stands under its own key: the hub may have copied it there from another one.</summary>
    private static bool IsOfKey(RecordHead head, string key) => head.Kind == RecordKind.Manifest ? key == HubNames.ManifestKey(head.Group)
        : FleetIds.IsPerson(head.Subject) && key == HubNames.PersonKey(head.Group, head.Subject);

    private void NoteAhead(OfficeGroup group, long serial, int key)
    {
        (long Serial, int Key) known = _ahead.GetValueOrDefault(group.Name, (group.Serial, group.Key));
        _ahead[group.Name] = (Math.Max(known.Serial, serial), Math.Max(known.Key, key));
    }

    private static RecordHead? HeadOf(byte[]? value)
    {
        try
        {
            return value is null ? null : RecordHead.Read(value);
        }
        catch (FleetRecordException)
        {
            return null;
        }
    }

    private bool IsSigned(byte[] value) => value.Length > P256.SignatureBytes
        && office.Keys.Signing.Public.Verify(value.AsSpan()[..^P256.SignatureBytes], value.AsSpan()[^P256.SignatureBytes..]);
}
