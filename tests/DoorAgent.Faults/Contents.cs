using System.Globalization;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Faults;

/// <summary>What a gallery and a journal contain, read with SQLite alone: the program's own checks are not believed.</summary>
internal static class Contents
{
    /// <summary>Opens a database as the next start does, which rolls an unfinished transaction back, and checks every page.</summary>
    /// <exception cref="InvalidDataException">The database is damaged.</exception>
    private static SqliteConnection Open(string path)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            if (Sqlite.Scalar(connection, "PRAGMA integrity_check") is not "ok" and var damage)
                throw new InvalidDataException($"{Path.GetFileName(path)}: {damage}");
            return connection;
        }
        catch (SqliteException failure)
        {
            connection.Dispose();
            throw new InvalidDataException($"{Path.GetFileName(path)}: {failure.Message}", failure);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Describes a gallery: encoder, rule, key, each person with badges, encodings and kept faces, and the fleet; "nobody" for a
    /// missing or empty file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">What to write for the key's number; null for the number.</param>
    public static string OfGallery(string path, Func<string?, string>? key = null)
    {
        if (!File.Exists(path))
            return "nobody";
        using SqliteConnection connection = Open(path);
        if (Sqlite.Number(connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'gallery'") == 0)
            return "nobody";
        string? id = Sqlite.Scalar(connection, "SELECT key_id FROM gallery") as string;
        string[] people = Rows(connection, """
            SELECT p.name, p.enabled, p.schedule,
                (SELECT group_concat(hint || ' ' || state, ',') FROM (SELECT * FROM badge b WHERE b.person = p.id ORDER BY hint)),
                (SELECT group_concat(e.name || ' ' || n, ',') FROM (SELECT encoder, count(*) n FROM encoding WHERE person = p.id
                    GROUP BY encoder ORDER BY encoder) JOIN encoder e ON e.id = encoder),
                (SELECT count(*) FROM crop WHERE person = p.id)
            FROM person p ORDER BY p.name
            """);
        bool hasRule = Sqlite.Number(connection, "SELECT count(*) FROM pragma_table_info('gallery') WHERE name = 'calibration'") > 0;
        string head = Rows(connection,
            $"SELECT e.name, {(hasRule ? "calibration" : "'nearest'")} FROM gallery LEFT JOIN encoder e ON e.id = active_encoder")[0];
        return people.Length == 0 ? "nobody" : $"{head}; {key?.Invoke(id) ?? id}; {string.Join("; ", people)}{OfFleet(connection)}";
    }

    /// <summary>Describes what the gallery has of a fleet: where it stands, and the newest record of each id.</summary>
    private static string OfFleet(SqliteConnection connection) =>
        Sqlite.Number(connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'fleet'") == 0
        || Sqlite.Number(connection, "SELECT count(*) FROM fleet") == 0 ? ""
        : string.Concat(Rows(connection, "SELECT bucket, revision, confirmed, swept, length(manifest), length(keys) FROM fleet")
            .Concat(Rows(connection, "SELECT r.id, r.serial, r.state, (SELECT name FROM person p WHERE p.origin = r.id) FROM fleet_record r ORDER BY r.id"))
            .Select(row => $"; {row}"));

    /// <summary>The records of a journal by their number; none for a missing or empty file.</summary>
    public static SortedDictionary<long, string> OfJournal(string path)
    {
        SortedDictionary<long, string> records = [];
        if (!File.Exists(path))
            return records;
        using SqliteConnection connection = Open(path);
        if (Sqlite.Number(connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'event'") == 0)
            return records;
        foreach (string row in Rows(connection, "SELECT sequence, kind, time, reason, person, badge, distance FROM event"))
            records[long.Parse(row[..row.IndexOf('|', StringComparison.Ordinal)], CultureInfo.InvariantCulture)] = row;
        return records;
    }

    /// <summary>The names in a gallery, in order.</summary>
    public static IReadOnlyList<string> NamesIn(string path)
    {
        if (!File.Exists(path))
            return [];
        using SqliteConnection connection = Open(path);
        return Rows(connection, "SELECT name FROM person ORDER BY name");
    }

    private static string[] Rows(SqliteConnection connection, string sql)
    {
        List<string> rows = [];
        using SqliteCommand command = Sqlite.Command(connection, sql);
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, row.FieldCount).Select(i => Convert.ToString(row.GetValue(i),
                CultureInfo.InvariantCulture))));
        return [.. rows];
    }
}
