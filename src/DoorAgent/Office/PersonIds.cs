using DoorAgent.Fleet;
using DoorAgent.Galleries;

namespace DoorAgent.Office;

/// <summary>Which person of the fleet a person of the office's gallery is: the one of the same name. Somebody who was renamed in the gallery
/// is recognised by a picture, and keeps the id.</summary>
internal sealed class PersonIds
{
    private readonly OfficePeople _people;
    private readonly Dictionary<string, OfficePerson> _byName, _lostByPicture = [];
    private readonly Dictionary<string, OfficePerson> _added = [], _renamed = [];
    private Dictionary<string, string> _resolved = [];

    /// <param name="people">The people of the office.</param>
    /// <param name="gallery">The names of everybody in the gallery.</param>
    /// <param name="present">Everybody in any group, as the doors have them.</param>
    public PersonIds(OfficePeople people, IEnumerable<string> gallery, IEnumerable<FleetPerson> present)
    {
        _people = people;
        _byName = people.All().ToDictionary(person => PersonName.KeyOf(person.Name));
        HashSet<string> here = [.. gallery.Select(PersonName.KeyOf)];
        Dictionary<string, OfficePerson> lost =
            _byName.Where(pair => !here.Contains(pair.Key)).ToDictionary(pair => pair.Value.Id, pair => pair.Value);
        foreach (FleetPerson person in present.Where(person => lost.ContainsKey(person.Id)))
        {
            foreach (FleetEncoding encoding in person.Encodings)
                _lostByPicture[Convert.ToHexString(encoding.Picture)] = lost[person.Id];
        }
    }

    /// <summary>Returns the id of somebody who is in the fleet, or is resolved; null for anybody else.</summary>
    public string? Find(string name) => PersonName.KeyOf(name) is var key && _resolved.TryGetValue(key, out string? id) ? id
        : _byName.GetValueOrDefault(key)?.Id;

    /// <summary>Returns the people with the ids of the fleet, theirs and those of their hosts. Nothing is written.</summary>
    public IReadOnlyList<FleetPerson> Resolve(IReadOnlyList<GalleryPerson> people)
    {
        _resolved = people.ToDictionary(person => PersonName.KeyOf(person.Person.Name), IdOf);
        return
        [
            .. people.Select(person => person.Person with
            {
                Id = _resolved[PersonName.KeyOf(person.Person.Name)],
                Hosts = [.. person.Hosts.Select(Find).OfType<string>()],
            }),
        ];
    }

    /// <summary>Writes who is new, and who has another name.</summary>
    /// <param name="ids">Ids of those who were published.</param>
    public void Write(IReadOnlySet<string> ids)
    {
        foreach (OfficePerson person in _renamed.Values.Where(person => ids.Contains(person.Id)))
            _people.Rename(person.Id, person.Name);
        foreach (OfficePerson person in _added.Values.Where(person => ids.Contains(person.Id)))
            _people.Add(person);
    }

    private string IdOf(GalleryPerson person)
    {
        (string name, string key) = (person.Person.Name, PersonName.KeyOf(person.Person.Name));
        if (_byName.TryGetValue(key, out OfficePerson? known))
        {
            if (known.Name != name)
                _renamed[known.Id] = known with { Name = name };
            return known.Id;
        }

        foreach (FleetEncoding encoding in person.Person.Encodings)
        {
            if (_lostByPicture.TryGetValue(Convert.ToHexString(encoding.Picture), out OfficePerson? lost)
                && _renamed.TryAdd(lost.Id, lost with { Name = name }))
                return lost.Id;
        }

        OfficePerson made = new(FleetIds.NewPerson(), name);
        _added.Add(made.Id, made);
        return made.Id;
    }
}
