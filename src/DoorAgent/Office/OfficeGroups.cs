using System.Security.Cryptography;
using System.Text.Json;
using DoorAgent.Fleet;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Office;

/// <summary>A group of doors with the same people, as the office knows it.</summary>
/// <param name="Name">Name of the group.</param>
/// <param name="Serial">Number of the last publication; 0 before the first one.</param>
/// <param name="Horizon">The smallest serial of a removal that the hub still has.</param>
/// <param name="Key">Number of the key that seals the next records, from 1.</param>
/// <param name="Settings">The group's rules.</param>
/// <param name="Manifest">The last signed manifest; null before the first one.</param>
internal sealed record OfficeGroup(string Name, long Serial, long Horizon, int Key, GroupSettings Settings, byte[]? Manifest);

/// <summary>A publication: one change of a group.</summary>
/// <param name="Group">Name of the group.</param>
/// <param name="Serial">Number of the publication in the group.</param>
/// <param name="At">When the change was decided.</param>
/// <param name="What">What changed, in words.</param>
internal sealed record OfficePublication(string Group, long Serial, DateTimeOffset At, string What);

/// <summary>The groups of an office, their keys and publications. New serials are given by <see cref="OfficeChange"/> only.</summary>
/// <param name="store">The database.</param>
/// <param name="keys">The office's keys.</param>
/// <param name="time">The clock.</param>
internal sealed class OfficeGroups(OfficeStore store, OfficeKeys keys, TimeProvider time)
{
    private const string Columns = "SELECT name, serial, horizon, key, settings, manifest FROM fleet_group";

    /// <summary>All groups, by name.</summary>
    public IReadOnlyList<OfficeGroup> All() => store.Rows($"{Columns} ORDER BY name", Read);

    /// <summary>Returns a group; null for an unknown name.</summary>
    public OfficeGroup? Find(string name) => store.Rows($"{Columns} WHERE name = $name", Read, ("$name", name)).SingleOrDefault();

    /// <summary>Returns a group.</summary>
    /// <exception cref="UserErrorException">There is no group of this name; the message names those that there are.</exception>
    public OfficeGroup Require(string name) => Find(name) ?? throw new UserErrorException($"There is no group {name}. "
        + (All() is { Count: > 0 } all ? $"There are: {string.Join(", ", all.Select(one => one.Name))}. " : "")
        + $"'dooragent fleet group {(FleetIds.IsName(name) ? name : "NAME")}' makes one.");

    /// <summary>The publications of a group, the oldest first.</summary>
    public IReadOnlyList<OfficePublication> Publications(string group) => store.Rows(
        "SELECT fleet_group, serial, at, what FROM publication WHERE fleet_group = $group ORDER BY serial",
        row => new OfficePublication(row.GetString(0), row.GetInt64(1), OfficeTime.Read(row.GetString(2)), row.GetString(3)), ("$group", group));

    /// <summary>The keys of a group that a door needs: the one of the next records, and those of the records there are.</summary>
    public GroupKeys KeysInUse(string group) => new(store.Rows("""
        SELECT number, sealed FROM group_key WHERE fleet_group = $group
          AND (number = (SELECT key FROM fleet_group WHERE name = $group)
            OR number IN (SELECT key FROM record WHERE fleet_group = $group AND state = 'present'))
        """,
        row => KeyOf(group, row.GetInt32(0), row.GetFieldValue<byte[]>(1)), ("$group", group)));

    /// <summary>Adds a group with its first key. Its first publication has serial 1.</summary>
    public OfficeGroup Add(string name) => store.Change(() =>
    {
        store.Run("INSERT INTO fleet_group (name, serial, horizon, key, settings, created) VALUES ($name, 0, 0, 1, $settings, $now)",
            ("$name", name), ("$settings", Text(new GroupSettings())), ("$now", OfficeTime.Text(time.GetUtcNow())));
        AddKey(name, GroupKey.Create(1));
        return Require(name);
    });

    /// <summary>Keeps a key of a group, sealed.</summary>
    public void AddKey(string group, GroupKey key) => store.Run(
        "INSERT INTO group_key (fleet_group, number, sealed, made) VALUES ($group, $number, $sealed, $now)",
        ("$group", group), ("$number", key.Number), ("$sealed", keys.Close(group, key.Number, key.Secret)),
        ("$now", OfficeTime.Text(time.GetUtcNow())));

    /// <summary>Writes a group after a publication, and the publication.</summary>
    public void Write(OfficeGroup group, OfficePublication publication)
    {
        store.Run("UPDATE fleet_group SET serial = $serial, horizon = $horizon, key = $key, settings = $settings, manifest = $manifest WHERE name = $name",
            ("$serial", group.Serial), ("$horizon", group.Horizon), ("$key", group.Key), ("$settings", Text(group.Settings)),
            ("$manifest", group.Manifest), ("$name", group.Name));
        store.Run("INSERT INTO publication (fleet_group, serial, at, what) VALUES ($group, $serial, $at, $what)",
            ("$group", group.Name), ("$serial", publication.Serial), ("$at", OfficeTime.Text(publication.At)), ("$what", publication.What));
    }

    private GroupKey KeyOf(string group, int number, byte[] stored)
    {
        byte[] secret = keys.Open(group, number, stored);
        GroupKey key = new(number, secret);
        CryptographicOperations.ZeroMemory(secret);
        return key;
    }

    /// <summary>Leaves out serials and numbers of keys that this office gave before it was restored from an older copy.</summary>
    public void Skip(string group, long serial, int key) => store.Run(
        "UPDATE fleet_group SET serial = max(serial, $serial), key = max(key, $key) WHERE name = $name", ("$serial", serial), ("$key", key), ("$name", group));

    private static string Text(GroupSettings settings) => JsonSerializer.Serialize(settings);

    private static OfficeGroup Read(SqliteDataReader row) => new(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt32(3),
        SettingsOf(row.GetString(4)), row.IsDBNull(5) ? null : row.GetFieldValue<byte[]>(5));

    private static GroupSettings SettingsOf(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<GroupSettings>(text) ?? throw new InvalidDataException("a group has no settings");
        }
        catch (JsonException wrong)
        {
            throw new InvalidDataException("the settings of a group are not JSON", wrong);
        }
    }
}
