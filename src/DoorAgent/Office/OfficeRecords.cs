using Microsoft.Data.Sqlite;

namespace DoorAgent.Office;

/// <summary>Whether a person is in a group.</summary>
internal enum RecordState
{
    /// <summary>The person is in the group.</summary>
    Present,

    /// <summary>The person was taken out of the group.</summary>
    Removed,

    /// <summary>The person was erased everywhere.</summary>
    Erased,
}

/// <summary>The last record of a person in a group.</summary>
/// <param name="Person">Id of the person.</param>
/// <param name="Group">Name of the group.</param>
/// <param name="Serial">Number of the publication of the group that brought this record.</param>
/// <param name="Key">Number of the group's key that seals the record.</param>
/// <param name="Digest">Keyed digest of the content (<see cref="OfficeKeys.DigestOf"/>); empty for a removal.</param>
/// <param name="Value">The sealed, signed bytes, as they are at the hub.</param>
/// <param name="State">Whether the person is in the group.</param>
/// <param name="Changed">When the record was made.</param>
internal sealed record OfficeRecord(
    string Person, string Group, long Serial, int Key, byte[] Digest, byte[] Value, RecordState State, DateTimeOffset Changed);

/// <summary>The last records of all people in all groups.</summary>
/// <param name="store">The database.</param>
internal sealed class OfficeRecords(OfficeStore store)
{
    private const string Columns = "SELECT person, fleet_group, serial, key, digest, value, state, changed FROM record";

    /// <summary>The records of a group, removals too, in the ordinal order of the ids.</summary>
    public IReadOnlyList<OfficeRecord> Of(string group) =>
        store.Rows($"{Columns} WHERE fleet_group = $group ORDER BY person", Read, ("$group", group));

    /// <summary>The records of a person, one a group.</summary>
    public IReadOnlyList<OfficeRecord> OfPerson(string id) =>
        store.Rows($"{Columns} WHERE person = $person ORDER BY fleet_group", Read, ("$person", id));

    /// <summary>Returns id and serial of everybody in a group, in the ordinal order of the ids: the set that a manifest names.</summary>
    public IReadOnlyList<(string Id, long Serial)> SetOf(string group) => store.Rows(
        "SELECT person, serial FROM record WHERE fleet_group = $group AND state = 'present' ORDER BY person",
        row => (row.GetString(0), row.GetInt64(1)), ("$group", group));

    /// <summary>Returns when the oldest removal of a group was made; null without any.</summary>
    public DateTimeOffset? OldestRemoval(string group) => store.Rows(
        "SELECT changed FROM record WHERE fleet_group = $group AND state <> 'present' ORDER BY changed LIMIT 1",
        row => OfficeTime.Read(row.GetString(0)), ("$group", group)) is [var oldest] ? oldest : null;

    /// <summary>Writes a record in place of the last one.</summary>
    public void Write(OfficeRecord record) => store.Run("""
        INSERT OR REPLACE INTO record (person, fleet_group, serial, key, digest, value, state, changed)
          VALUES ($person, $group, $serial, $key, $digest, $value, $state, $changed)
        """,
        ("$person", record.Person), ("$group", record.Group), ("$serial", record.Serial), ("$key", record.Key), ("$digest", record.Digest),
        ("$value", record.Value), ("$state", record.State.ToString().ToLowerInvariant()), ("$changed", OfficeTime.Text(record.Changed)));

    /// <summary>Forgets a removal, which the hub no longer has.</summary>
    public void Forget(OfficeRecord removal) => store.Run(
        "DELETE FROM record WHERE fleet_group = $group AND person = $person AND state <> 'present'",
        ("$group", removal.Group), ("$person", removal.Person));

    private static OfficeRecord Read(SqliteDataReader row) => new(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt32(3),
        row.GetFieldValue<byte[]>(4), row.GetFieldValue<byte[]>(5), Enum.Parse<RecordState>(row.GetString(6), ignoreCase: true),
        OfficeTime.Read(row.GetString(7)));
}
