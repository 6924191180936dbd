using System.Text.Json;
using DoorAgent.Fleet;

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

    /// <summary>The keys of a group that a door needs, by number: the one of the next records, and those of the records there
    /// are.</summary>
    public SortedDictionary<int, byte[]> KeysInUse(string group) => new(store.Rows("""
        SELECT number, sealed FROM group_key WHERE fleet_group = $group
          AND (number = (SELECT key FROM fleet_group WHERE name = $group) OR number IN (SELECT key FROM record WHERE fleet_group = $group))
        """,
        row => (Number: row.GetInt32(0), Sealed: row.GetFieldValue<byte[]>(1)), ("$group", group))
        .ToDictionary(row => row.Number, row => keys.Open(group, row.Number, row.Sealed)));

    /// <summary>Returns the key that seals the group's next records.</summary>
    public byte[] CurrentKey(OfficeGroup group) => store.Rows("SELECT sealed FROM group_key WHERE fleet_group = $group AND number = $number",
        row => keys.Open(group.Name, group.Key, row.GetFieldValue<byte[]>(0)), ("$group", group.Name), ("$number", group.Key)).Single();

    /// <summary>Adds a group with the given first key. Its first publication has serial 1.</summary>
    public OfficeGroup Add(string name, byte[] key)
    {
        store.Run("INSERT INTO fleet_group (name, serial, horizon, key, settings, created) VALUES ($name, 0, 0, 1, $settings, $now)",
            ("$name", name), ("$settings", Text(new GroupSettings())), ("$now", OfficeTime.Text(time.GetUtcNow())));
        AddKey(name, 1, key);
        return Require(name);
    }

    /// <summary>Keeps another key of a group, sealed.</summary>
    public void AddKey(string group, int number, byte[] key) => store.Run(
        "INSERT INTO group_key (fleet_group, number, sealed, made) VALUES ($group, $number, $sealed, $now)",
        ("$group", group), ("$number", number), ("$sealed", keys.Close(group, number, key)), ("$now", OfficeTime.Text(time.GetUtcNow())));

    /// <summary>Writes a group after a publication, and the publication.</summary>
    public void Write(OfficeGroup group, OfficePublication publication)
    {
        store.Run("UPDATE fleet_group SET serial = $serial, horizon = $horizon, key = $key, settings = $settings, manifest = $manifest WHERE name = $name",
            ("$serial", group.Serial), ("$horizon", group.Horizon), ("$key", group.Key), ("$settings", Text(group.Settings)),
            ("$manifest", group.Manifest), ("$name", group.Name));
        store.Run("INSERT INTO publication (fleet_group, serial, at, what) VALUES ($group, $serial, $at, $what)",
            ("$group", group.Name), ("$serial", publication.Serial), ("$at", OfficeTime.Text(publication.At)), ("$what", publication.What));
    }

    private static string Text(GroupSettings settings) => JsonSerializer.Serialize(settings);

    private static OfficeGroup Read(Microsoft.Data.Sqlite.SqliteDataReader row) => new(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt32(3),
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
