using System.Globalization;
using DoorAgent.Fleet;
using DoorAgent.Galleries;
using DoorAgent.Sealing;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Galleries;

/// <summary>An office and a hub in memory, and what a link would deliver to a door of the group "lab".</summary>
internal sealed class DeliveredFleet : IDisposable
{
    public const string Group = "lab", DoorName = "lab-3", Bucket = "2026-03-01T08:00:00Z";

    private readonly SortedDictionary<string, FleetItem> _bucket = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, FleetItem> _groups = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _set = new(StringComparer.Ordinal);
    private DoorPublicKeys? _door;

    public OfficeKey Office { get; } = OfficeKey.Create();

    public GroupKeys Keys { get; private set; } = new(GroupKey.Create(1));

    /// <summary>Serial of the newest publication.</summary>
    public long Serial { get; private set; }

    /// <summary>Sequence of the newest record of people.</summary>
    public ulong Sequence { get; private set; }

    /// <summary>The people of the group now, with the serials of their records.</summary>
    public IReadOnlyDictionary<string, long> Set => _set;

    /// <summary>The manifest's rules from the next publication on.</summary>
    public Func<FleetManifest, FleetManifest> Rules { get; set; } = manifest => manifest;

    public static string Id(int number) => number.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>A person with a badge and an encoding of their own.</summary>
    public static FleetPerson Person(int number, string? name = null, params double[] angles) => new(Id(number), name ?? $"Person {number}")
    {
        Badges = [MadeGalleryFile.Card(1000 + number).Number],
        Encoder = EncoderOf("nearest"),
        Encodings = [.. (angles.Length > 0 ? angles : [number]).Select((angle, i) =>
            new FleetEncoding([.. Enumerable.Repeat((byte)(i + 1), 32)], 0.5f, MadeEncodings.At(angle).Vector.ToArray()))],
    };

    public static FleetEncoder EncoderOf(string rule) => new(MadeEncodings.Encoder.Name, MadeEncodings.Encoder.Digest,
        MadeEncodings.Encoder.Alignment, MadeEncodings.Encoder.Dimension, rule);

    /// <summary>Makes a gallery a door of the group.</summary>
    public FleetGallery Join(string path, DoorCapability? can = null, KeyRing? keys = null)
    {
        FleetGallery door = new(path, MadeGalleryFile.Time, can ?? new DoorCapability(10), keys);
        using DoorSecrets secrets = door.Prepare();
        _door = secrets.Public;
        door.Join(new JoinAnswer(DoorName, Group, "nats://localhost:4222", "_INBOX_lab"), Office.Public);
        WriteKeys();
        return door;
    }

    /// <summary>Publishes people, and removes or erases others, as one publication.</summary>
    public void Publish(IEnumerable<FleetPerson> people, IEnumerable<int>? removed = null, IEnumerable<int>? erased = null)
    {
        Serial++;
        foreach (FleetPerson person in people)
        {
            Put(person.Id, PersonSeal.Close(person, Group, Serial, Keys.Newest!, Office));
            _set[person.Id] = Serial;
        }

        foreach ((string id, bool isErasure) in (removed ?? []).Select(one => (Id(one), false)).Concat((erased ?? []).Select(one => (Id(one), true))))
        {
            Put(id, PersonSeal.CloseRemoval(id, Group, Serial, isErasure, Office));
            _set.Remove(id);
        }

        _groups["manifest"] = Manifest();
    }

    public void Publish(params FleetPerson[] people) => Publish(people, null);

    /// <summary>Gives the group another key for all later records.</summary>
    public void RotateKey()
    {
        Serial++;
        Keys = Keys.With(GroupKey.Create(Keys.Newest!.Number + 1));
        WriteKeys();
        _groups["manifest"] = Manifest();
    }

    /// <summary>The newest record of a person.</summary>
    public FleetItem Record(int number) => _bucket[Id(number)];

    /// <summary>The newest manifest.</summary>
    public FleetItem ManifestItem => _groups["manifest"];

    /// <summary>The group's keys for this door.</summary>
    public FleetItem KeyItem => _groups["key"];

    /// <summary>Everything that the hub has of the group.</summary>
    public IReadOnlyList<FleetItem> Whole => [.. _bucket.Values.OrderBy(item => item.Sequence), .. _groups.Values];

    /// <summary>Everything of the group after a sequence, with manifest and keys.</summary>
    public IReadOnlyList<FleetItem> After(ulong sequence) => [.. Whole.Where(item => item.Sequence > sequence || FleetIntake.IsOfGroups(item.Key))];

    /// <summary>Delivers all to a door.</summary>
    public FleetOutcome DeliverWhole(FleetGallery door, IEnumerable<FleetItem>? items = null, string bucket = Bucket) =>
        Deliver(door, FleetPass.Whole, items ?? Whole, Sequence, bucket);

    /// <summary>Delivers changes to a door.</summary>
    public FleetOutcome DeliverChanges(FleetGallery door, params IEnumerable<FleetItem> items) => Deliver(door, FleetPass.Changes, items, Sequence);

    public static FleetOutcome Deliver(FleetGallery door, FleetPass pass, IEnumerable<FleetItem> items, ulong revision, string bucket = Bucket)
    {
        using MemoryStream parcel = Parcel(items);
        return door.Apply(new FleetDelivery(bucket, revision, pass, parcel.Length), parcel);
    }

    public static MemoryStream Parcel(IEnumerable<FleetItem> items)
    {
        MemoryStream parcel = new();
        foreach (FleetItem item in items)
            FleetParcel.Write(parcel, item);
        parcel.Position = 0;
        return parcel;
    }

    public void Dispose() => Office.Dispose();

    private void Put(string id, byte[] record) => _bucket[id] = new FleetItem($"{Group}.{id}", ++Sequence, record);

    private void WriteKeys() => _groups["key"] = new FleetItem($"{Group}.key.{DoorName}", 0,
        GroupKeySeal.Close(Keys, Group, DoorName, Math.Max(1, Serial), _door!, Office));

    private FleetItem Manifest() => new($"{Group}.manifest", 0, ManifestSeal.Close(Rules(
        new FleetManifest(Group, Serial, MadeGalleryFile.Time.GetUtcNow())
        {
            Count = _set.Count,
            Digest = FleetSet.Digest(_set.Select(one => (one.Key, one.Value))),
            Key = Keys.Newest!.Number,
        }), Office));
}
