using DoorAgent.Fleet;

namespace DoorAgent.Hub;

/// <summary>The names in the hub: buckets, streams, keys and subjects. A name of a group, door or person that is not one is a mistake of the
/// caller, since it would be a subject of somebody else.</summary>
internal static class HubNames
{
    /// <summary>Bucket of people: one record a person and group, under <see cref="PersonKey"/>.</summary>
    public const string People = "people";

    /// <summary>Bucket of groups: <see cref="ManifestKey"/> and <see cref="GroupKeyKey"/>.</summary>
    public const string Groups = "groups";

    /// <summary>Bucket of doors: the last <see cref="DoorState"/> of each door, under its name.</summary>
    public const string Doors = "doors";

    /// <summary>Stream of the doors' events, in batches.</summary>
    public const string Events = "EVENTS";

    /// <summary>Stream of the doors' alarms, each at once.</summary>
    public const string Alarms = "ALARMS";

    /// <summary>Subjects of the stream <see cref="Events"/>.</summary>
    public const string AllEvents = "door.*.event";

    /// <summary>Subjects of the stream <see cref="Alarms"/>.</summary>
    public const string AllAlarms = "door.*.alarm";

    /// <summary>The largest value of a bucket, in bytes.</summary>
    public const int MostBytes = SignedRecord.MostBytes;

    /// <summary>First token of the office's inboxes. No door's inboxes have that token, so that no door hears the office's.</summary>
    public const string OfficeInbox = "_INBOX";

    /// <summary>The stream that keeps a bucket.</summary>
    public static string StreamOf(string bucket) => $"KV_{bucket}";

    /// <summary>The subject of a key in a bucket, or of keys with wildcards.</summary>
    public static string SubjectOf(string bucket, string key) => $"$KV.{bucket}.{key}";

    /// <summary>The key in a bucket that has a subject; null for another subject.</summary>
    public static string? KeyOf(string bucket, string subject) => SubjectOf(bucket, "") is var begin
        && subject.StartsWith(begin, StringComparison.Ordinal) && subject.Length > begin.Length ? subject[begin.Length..] : null;

    /// <summary>All keys of a group, in people and in groups.</summary>
    public static string AllOf(string group) => $"{Name(group)}.>";

    /// <summary>Key of a person's record in the bucket of people.</summary>
    public static string PersonKey(string group, string person) => FleetIds.IsPerson(person) ? $"{Name(group)}.{person}"
        : throw new ArgumentException($"{person} is not a person's id.", nameof(person));

    /// <summary>Key of a group's manifest in the bucket of groups.</summary>
    public static string ManifestKey(string group) => $"{Name(group)}.manifest";

    /// <summary>The keys of all groups' manifests in the bucket of groups, as a filter.</summary>
    public const string AllManifests = "*.manifest";

    /// <summary>Key of a group's key, sealed to a door, in the bucket of groups.</summary>
    public static string GroupKeyKey(string group, string door) => $"{Name(group)}.key.{Name(door)}";

    /// <summary>Subject of a door's events.</summary>
    public static string EventsOf(string door) => $"door.{Name(door)}.event";

    /// <summary>Subject of a door's alarms.</summary>
    public static string AlarmsOf(string door) => $"door.{Name(door)}.alarm";

    /// <summary>The beginning of a door's inboxes: with a common one every door could hear every other's sync.</summary>
    public static string InboxOf(string door) => $"_INBOX_{Name(door)}";

    private static string Name(string name) => FleetIds.IsName(name) ? name
        : throw new ArgumentException($"{name} is not a name: {FleetIds.NameRule}.", nameof(name));
}
