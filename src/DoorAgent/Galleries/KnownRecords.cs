using System.Text.Json;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>What became of the newest record of somebody in the fleet.</summary>
internal enum RecordState
{
    /// <summary>The person is here as the record says.</summary>
    Applied,

    /// <summary>The office signed the record, and this door cannot use it: the person is not here, or as an earlier record says.</summary>
    Refused,

    /// <summary>The person was removed.</summary>
    Removed,
}

/// <summary>The newest record of somebody in the fleet that this door knows.</summary>
/// <param name="Serial">Serial of its publication; of a person who was missing in a whole set, that of the set.</param>
/// <param name="State">What became of the record.</param>
/// <param name="Digest">SHA-256 of the record.</param>
/// <param name="Person">Row id that the person has or had here; null where the person never was here.</param>
internal sealed record KnownRecord(long Serial, RecordState State, byte[] Digest, long? Person)
{
    /// <summary>Why the record was refused, without names and badge numbers; null where it was not.</summary>
    public string? Why { get; init; }

    /// <summary>Whether what the door knows of the removed person outside the gallery is still to be erased.</summary>
    public bool IsToErase { get; init; }
}

/// <summary>The newest record of each id that the fleet ever named (table fleet_record). The rows of removed people stay: their serials
/// keep older records out, and an erasure may come later.</summary>
internal sealed class KnownRecords : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly string _now;
    private readonly PreparedStatement _find, _write;

    /// <param name="connection">The gallery, within a change.</param>
    /// <param name="now">The time of the change.</param>
    public KnownRecords(SqliteConnection connection, string now)
    {
        (_connection, _now) = (connection, now);
        _find = new PreparedStatement(connection, "SELECT serial, state, digest, person, why, erase FROM fleet_record WHERE id = $id", "$id");
        _write = new PreparedStatement(connection, """
            INSERT INTO fleet_record (id, serial, state, digest, person, why, erase, added)
            VALUES ($id, $serial, $state, $digest, $person, $why, $erase, $now)
            ON CONFLICT (id) DO UPDATE SET serial = excluded.serial, state = excluded.state, digest = excluded.digest,
                person = excluded.person, why = excluded.why, erase = excluded.erase, added = excluded.added
            """, "$id", "$serial", "$state", "$digest", "$person", "$why", "$erase", "$now");
    }

    /// <summary>Returns the record of an id; null for an unknown one.</summary>
    public KnownRecord? Find(string id) => _find.Rows(Read, id) is [var known] ? known : null;

    /// <summary>Writes the record of an id.</summary>
    public void Write(string id, KnownRecord known) => _write.Run(id, known.Serial, TextOf(known.State), known.Digest, known.Person,
        known.Why, known.IsToErase ? 1 : 0, _now);

    /// <summary>Returns ids and records that are not of removed people, and whose serial is at most a number, except some.</summary>
    public IReadOnlyList<(string Id, KnownRecord Record)> Except(IReadOnlySet<string> some, long newest)
    {
        using PreparedStatement all = new(_connection,
            "SELECT serial, state, digest, person, why, erase, id FROM fleet_record WHERE state <> 'removed' AND serial <= $newest", "$newest");
        return [.. all.Rows(row => (Id: row.GetString(6), Record: Read(row)), newest).Where(one => !some.Contains(one.Id))];
    }

    /// <summary>Returns id and serial of each record that was applied.</summary>
    public static List<(string Id, long Serial)> Applied(SqliteConnection connection) => Rows(connection,
        "SELECT id, serial FROM fleet_record WHERE state = 'applied'", row => (row.GetString(0), row.GetInt64(1)));

    /// <summary>Returns the ids of refused records, each with the reason.</summary>
    public static List<(string Id, string Why)> Refused(SqliteConnection connection) => Rows(connection,
        "SELECT id, ifnull(why, '') FROM fleet_record WHERE state = 'refused' ORDER BY id", row => (row.GetString(0), row.GetString(1)));

    /// <summary>Returns the row ids of people whose pictures and names are still to be erased.</summary>
    public static List<long> ToErase(SqliteConnection connection) => Rows(connection,
        "SELECT person FROM fleet_record WHERE erase = 1 AND person IS NOT NULL ORDER BY person", row => row.GetInt64(0));

    /// <summary>Notes that people are erased: their row ids are forgotten too.</summary>
    public static void Erased(SqliteConnection connection, IEnumerable<long> people) => Sqlite.Run(connection,
        "UPDATE fleet_record SET erase = 0, person = NULL WHERE erase = 1 AND person IN (SELECT value FROM json_each($people))",
        ("$people", JsonSerializer.Serialize(people)));

    public void Dispose()
    {
        _find.Dispose();
        _write.Dispose();
    }

    private static List<T> Rows<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> read)
    {
        using PreparedStatement statement = new(connection, sql);
        return statement.Rows(read);
    }

    private static KnownRecord Read(SqliteDataReader row) => new(row.GetInt64(0), StateOf(row.GetString(1)), row.GetFieldValue<byte[]>(2),
        row.IsDBNull(3) ? null : row.GetInt64(3))
    {
        Why = row.IsDBNull(4) ? null : row.GetString(4),
        IsToErase = row.GetBoolean(5),
    };

    private static string TextOf(RecordState state) => state switch
    {
        RecordState.Applied => "applied",
        RecordState.Refused => "refused",
        _ => "removed",
    };

    private static RecordState StateOf(string text) => text switch
    {
        "applied" => RecordState.Applied,
        "refused" => RecordState.Refused,
        "removed" => RecordState.Removed,
        _ => throw new InvalidDataException($"a record of the fleet has the state '{text}'"),
    };
}
