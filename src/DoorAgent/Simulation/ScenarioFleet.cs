using DoorAgent.Fleet;
using DoorAgent.Galleries;
using DoorAgent.Office;
using DoorAgent.Operating;
using DoorAgent.Storage;

namespace DoorAgent.Simulation;

/// <summary>The fleet of a scenario: an office with keys of its own, and a hub and a link that are one thing in memory. What the door receives is
/// sealed and signed as by a real office, and the door applies it as a real delivery.</summary>
/// <param name="places">The door's files.</param>
/// <param name="time">The scenario's clock.</param>
internal sealed class ScenarioFleet(Places places, TimeProvider time) : IDisposable
{
    private const string Group = "scenario", Door = "door", Bucket = "scenario";

    private static readonly TimeSpan BetweenContacts = TimeSpan.FromMinutes(1);

    private readonly OfficeKey _office = OfficeKey.Create();
    private readonly GroupKeys _keys = new(GroupKey.Create(1));
    private readonly FleetGallery _gallery = new(places.GalleryFile, time);
    private readonly Dictionary<string, FleetItem> _records = [];
    private readonly Dictionary<string, (string Id, long Serial)> _people = [];
    private FleetItem? _doorKeys;
    private FleetManifest _manifest = new(Group, 0, default);
    private ulong _sequence;
    private bool _isAway;
    private ITimer? _contacts;

    /// <summary>Does one step.</summary>
    /// <param name="change">The step.</param>
    /// <param name="door">Returns the running door; null while none runs.</param>
    /// <exception cref="UserErrorException">The step is not possible now; the message says why.</exception>
    public void Do(ChangeFleet change, Func<ScenarioDoor?> door)
    {
        if (change.Change == FleetChange.Join)
            Join(door);
        else if (_doorKeys is null)
            throw new UserErrorException("The door is in no fleet: 'fleet join' comes first.");
        _isAway = change.Change == FleetChange.Away || (_isAway && change.Change != FleetChange.Back);
        if (change.Change is not (FleetChange.Away or FleetChange.Back))
            Publish(change);
        if (!_isAway && door() is { } running)
            Deliver(running);
    }

    public void Dispose()
    {
        _contacts?.Dispose();
        _office.Dispose();
    }

    private void Join(Func<ScenarioDoor?> door)
    {
        using DoorSecrets secrets = _gallery.Prepare();
        _gallery.Join(new JoinAnswer(Door, Group, "nats://localhost:4222", "_INBOX_door"), _office.Public);
        _doorKeys = new FleetItem($"{Group}.key.{Door}", 0, GroupKeySeal.Close(_keys, Group, Door, 1, secrets.Public, _office));
        _contacts = time.CreateTimer(_ => Contact(door()), null, BetweenContacts, BetweenContacts);
    }

    private void Publish(ChangeFleet change)
    {
        DateTimeOffset now = time.GetUtcNow();
        TimeSpan length = TimeSpan.FromHours(change.Hours);
        long serial = _manifest.Serial + 1;
        if (change.Change == FleetChange.Publish)
            Bring(change.Name, serial);
        else if (change.Change == FleetChange.Remove)
            Remove(change.Name, serial);
        _manifest = _manifest with
        {
            Serial = serial,
            Issued = now,
            Count = _people.Count,
            Digest = FleetSet.Digest(_people.Values),
            Key = _keys.Newest!.Number,
            IsStrict = _manifest.IsStrict || change.Change == FleetChange.Strict,
            OfflineFor = change.Change == FleetChange.Strict ? (long)length.TotalSeconds : _manifest.OfflineFor,
            Lockdown = change.Change switch
            {
                FleetChange.Lockdown => new FleetLockdown(now, now + length, "ordered by the scenario"),
                FleetChange.Normal => null,
                _ => _manifest.Lockdown,
            },
        };
    }

    /// <summary>Makes a person of the door one of the fleet.</summary>
    private void Bring(string name, long serial)
    {
        FleetPerson person;
        using (GalleryFile gallery = new(places.GalleryFile, time))
        {
            person = GalleryPeople.Read(gallery, [name], new Progress<int>())[0].Person with { Id = FleetIds.NewPerson() };
            gallery.Remove(name);
        }

        Put(person.Id, PersonSeal.Close(person, Group, serial, _keys.Newest!, _office));
        _people[name] = (person.Id, serial);
    }

    private void Remove(string name, long serial)
    {
        if (!_people.Remove(name, out (string Id, long Serial) known))
            throw new UserErrorException($"{name} is not of the fleet: 'fleet publish' comes first.");
        Put(known.Id, PersonSeal.CloseRemoval(known.Id, Group, serial, erase: false, _office));
    }

    private void Put(string id, byte[] record) => _records[id] = new FleetItem($"{Group}.{id}", ++_sequence, record);

    private void Deliver(ScenarioDoor door)
    {
        using MemoryStream parcel = new();
        FleetItem manifest = new($"{Group}.manifest", 0, ManifestSeal.Close(_manifest, _office));
        foreach (FleetItem item in _records.Values.OrderBy(item => item.Sequence).Append(_doorKeys!).Append(manifest))
            FleetParcel.Write(parcel, item);
        parcel.Position = 0;
        FleetOutcome outcome = door.Fleet.Apply(new FleetDelivery(Bucket, _sequence, FleetPass.Whole, parcel.Length), parcel);
        door.Fleet.Follow();
        door.Operable.Ask(new OperatorRequest(OperatorVerb.FleetApply) { News = new FleetNews(outcome, door.Fleet.Read()) }, "the scenario", _ => { });
        Contact(door);
    }

    private void Contact(ScenarioDoor? door)
    {
        if (!_isAway)
            door?.Operable.Ask(new OperatorRequest(OperatorVerb.FleetContact) { Contact = new FleetContact(true, true, 0, null) }, "the scenario", _ => { });
    }
}
