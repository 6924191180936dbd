using DoorAgent.Fleet;
using DoorAgent.Hub;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace DoorAgent.Tests.Support;

/// <summary>The office of one group of made people: signs and seals with the real code, and writes into a real hub.</summary>
internal sealed class MadeOffice : IDisposable
{
    private static readonly TimeSpan KeepFor = TimeSpan.FromDays(365);

    private readonly Dictionary<string, long> _people = [];
    private readonly Dictionary<string, DoorPublicKeys> _doors = [];
    private GroupKeys _keys = new(GroupKey.Create(1));

    public MadeOffice(string group = "lab") => Group = group;

    public string Group { get; }

    public OfficeKey Key { get; } = OfficeKey.Create();

    /// <summary>Serial of the last publication.</summary>
    public long Serial { get; private set; }

    /// <summary>The newest manifest's horizon.</summary>
    public long Horizon { get; set; }

    /// <summary>Ids of the people.</summary>
    public IReadOnlyCollection<string> People => _people.Keys;

    /// <summary>Makes buckets and streams, as the office does at the beginning.</summary>
    public static async Task MakeBucketsAsync(HubConnection hub, CancellationToken stop)
    {
        foreach (string bucket in HubBuckets.All)
            await hub.JetStream.CreateStreamAsync(HubBuckets.Of(bucket), stop);
        await hub.JetStream.CreateStreamAsync(HubStreams.Events(KeepFor), stop);
        await hub.JetStream.CreateStreamAsync(HubStreams.Alarms(KeepFor), stop);
    }

    /// <summary>Writes one record.</summary>
    public static async Task<ulong> PutAsync(HubConnection hub, string bucket, string key, byte[] value, CancellationToken stop)
    {
        PubAckResponse taken = await hub.AskAsync(
            token => hub.JetStream.PublishAsync(HubNames.SubjectOf(bucket, key), value, cancellationToken: token), stop);
        taken.EnsureSuccess();
        return taken.Seq;
    }

    /// <summary>Lets a door read the group from now on.</summary>
    public Task AcceptAsync(HubConnection hub, string door, DoorPublicKeys keys, CancellationToken stop)
    {
        _doors[door] = keys;
        return PutKeysAsync(hub, door, stop);
    }

    /// <summary>Adds people, or writes them again, without a manifest.</summary>
    public async Task<string[]> AddAsync(HubConnection hub, int count, CancellationToken stop, params string[] again)
    {
        string[] ids = again.Length > 0 ? again : [.. Enumerable.Range(0, count).Select(_ => FleetIds.NewPerson())];
        foreach (string id in ids)
        {
            await PutAsync(hub, HubNames.People, HubNames.PersonKey(Group, id), PersonOf(id, Serial + 1), stop);
            _people[id] = Serial + 1;
        }

        return ids;
    }

    /// <summary>Removes a person, without a manifest.</summary>
    public async Task RemoveAsync(HubConnection hub, string id, CancellationToken stop)
    {
        _people.Remove(id);
        await PutAsync(hub, HubNames.People, HubNames.PersonKey(Group, id), PersonSeal.CloseRemoval(id, Group, Serial + 1, false, Key), stop);
    }

    /// <summary>Ends a publication with its manifest.</summary>
    public async Task PublishAsync(HubConnection hub, CancellationToken stop) =>
        await PutAsync(hub, HubNames.Groups, HubNames.ManifestKey(Group), Manifest(++Serial), stop);

    /// <summary>Makes a new key for all later records, and gives it to the doors.</summary>
    public async Task RotateAsync(HubConnection hub, CancellationToken stop)
    {
        _keys = _keys.With(GroupKey.Create(_keys.Newest!.Number + 1));
        foreach (string door in _doors.Keys)
            await PutKeysAsync(hub, door, stop);
    }

    /// <summary>Returns the sealed record of a person.</summary>
    public byte[] PersonOf(string id, long serial) => PersonSeal.Close(
        new FleetPerson(id, $"Person {id[..8]}") { Badges = [$"H10301:{Convert.ToInt32(id[..2], 16)}:{Convert.ToInt32(id[2..6], 16)}"] },
        Group, serial, _keys.Newest!, Key);

    /// <summary>Returns the signed manifest of the present people.</summary>
    public byte[] Manifest(long serial) => ManifestSeal.Close(
        new FleetManifest(Group, serial, new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(serial))
        {
            Count = _people.Count, Digest = FleetSet.Digest(_people.Select(person => (person.Key, person.Value))), Horizon = Horizon,
            Key = _keys.Newest!.Number,
        },
        Key);

    public void Dispose() => Key.Dispose();

    private async Task PutKeysAsync(HubConnection hub, string door, CancellationToken stop) => await PutAsync(
        hub, HubNames.Groups, HubNames.GroupKeyKey(Group, door),
        GroupKeySeal.Close(_keys, Group, door, Math.Max(Serial, 1), _doors[door], Key), stop);
}
