using System.Diagnostics;
using System.Security.Cryptography;
using DoorAgent.Encodings;
using DoorAgent.Fleet;
using DoorAgent.Hub;

namespace DoorAgent.Benchmarks;

/// <summary>The office's side of one group: signs and seals with the real code.</summary>
/// <param name="office">The office's key.</param>
/// <param name="group">Name of the group.</param>
internal sealed class PublishedGroup(OfficeKey office, string group)
{
    private const int Dimension = 128, Encodings = 3;

    private readonly GroupKey _key = GroupKey.Create(1);
    private readonly Dictionary<string, long> _people = [];

    /// <summary>The serial of the last publication.</summary>
    public long Serial { get; private set; }

    /// <summary>Returns a person's record.</summary>
    public byte[] Record(string? id = null) => PersonSeal.Close(Person(id ?? FleetIds.NewPerson()), group, Serial + 1, _key, office);

    /// <summary>Gives the group's key to doors. They have one key pair among them, since none of them opens the record.</summary>
    public async Task AcceptAsync(FleetHubAtWork hub, string[] doors, CancellationToken stopping)
    {
        using DoorSecrets secrets = DoorSecrets.Create();
        GroupKeys keys = new(_key);
        await hub.PutAsync(HubNames.Groups, doors.Select(door => (HubNames.GroupKeyKey(group, door),
            GroupKeySeal.Close(keys, group, door, 1, secrets.Public, office))), stopping);
    }

    /// <summary>Publishes new people.</summary>
    public async Task AddAsync(FleetHubAtWork hub, int count, CancellationToken stopping)
    {
        string[] ids = [.. Enumerable.Range(0, count).Select(_ => FleetIds.NewPerson())];
        await hub.PutAsync(HubNames.People, ids.Select(id => (HubNames.PersonKey(group, id), Record(id))), stopping);
        foreach (string id in ids)
            _people[id] = Serial + 1;
        await EndAsync(hub, stopping);
    }

    /// <summary>Removes somebody; returns who that is, and when the record was put.</summary>
    public async Task<(string Id, long Put)> RemoveAsync(FleetHubAtWork hub, CancellationToken stopping)
    {
        string id = _people.Keys.First();
        _people.Remove(id);
        byte[] removal = PersonSeal.CloseRemoval(id, group, Serial + 1, false, office);
        long put = Stopwatch.GetTimestamp();
        await hub.PutAsync(HubNames.People, [(HubNames.PersonKey(group, id), removal)], stopping);
        await EndAsync(hub, stopping);
        return (id, put);
    }

    private async Task EndAsync(FleetHubAtWork hub, CancellationToken stopping)
    {
        FleetManifest manifest = new(group, ++Serial, DateTimeOffset.UtcNow)
        {
            Count = _people.Count, Digest = FleetSet.Digest(_people.Select(person => (person.Key, person.Value))), Key = _key.Number,
        };
        await hub.PutAsync(HubNames.Groups, [(HubNames.ManifestKey(group), ManifestSeal.Close(manifest, office))], stopping);
    }

    private static FleetPerson Person(string id) => new(id, $"person {id[..8]}")
    {
        Badges = [FormattableString.Invariant($"H10301:{Convert.ToInt32(id[..2], 16)}:{Convert.ToInt32(id[2..6], 16)}")],
        Encoder = new FleetEncoder("made", new string('a', 64), 1, Dimension, "nearest"),
        Encodings = [.. Enumerable.Range(0, Encodings).Select(_ => Encoding())],
    };

    private static FleetEncoding Encoding() => new(RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes), 1,
        FaceEncoding.Normalised([.. Enumerable.Range(0, Dimension).Select(_ => Random.Shared.NextSingle() - 0.5f)]).Vector.ToArray());
}
