using System.Collections.Immutable;
using DoorAgent.Matching;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>
/// Copies people from one gallery file into another with all related rows. In each table that refers to a person the common columns of
/// both files are copied, so that later tables and columns need no change here.
/// </summary>
internal static class RowCopy
{
    /// <summary>Copies people in one transaction. A person with the same name is replaced, and keeps the id that records refer
    /// to.</summary>
    /// <param name="gallery">The target.</param>
    /// <param name="before">Version of the gallery for which the import was checked.</param>
    /// <param name="from">Path of the other gallery, which was checked.</param>
    /// <param name="seal">The seal of the other gallery.</param>
    /// <param name="method">The encoder of all encodings in the other gallery, and the rule that an empty target takes.</param>
    /// <param name="people">The people to copy, as they are in the other gallery.</param>
    /// <param name="now">The time of the change.</param>
    /// <param name="keepCropsUntil">When kept faces are deleted at the latest; null copies none.</param>
    /// <exception cref="UserErrorException">The change failed; nothing was written.</exception>
    public static void Run(GalleryFile gallery, GalleryStamp before, string from, GallerySeal seal, GalleryMethod method,
        IReadOnlyList<Person> people,
        DateTimeOffset now,
        DateTimeOffset? keepCropsUntil)
    {
        gallery.Query(connection => Sqlite.Run(connection, "ATTACH DATABASE $from AS coming", ("$from", from)));
        try
        {
            gallery.Change((connection, _) =>
            {
                GalleryRows.RequireUnchanged(connection, before);
                using SealMove seals = new(connection, seal, connection.Seal);
                Copy(connection, seals, method, people, now, keepCropsUntil);
            });
        }
        finally
        {
            gallery.Query(connection => Sqlite.Run(connection, "DETACH DATABASE coming"));
        }
    }

    private static void Copy(SqliteConnection connection, SealMove seals, GalleryMethod method, IReadOnlyList<Person> people,
        DateTimeOffset now, DateTimeOffset? keepCropsUntil)
    {
        long encoderRow = GalleryEncoders.HasEncodings(connection)
            ? GalleryEncoders.Activate(connection, method.Encoder) : GalleryRules.Begin(connection, method);
        IReadOnlyList<SeparatedPair> separated = GallerySeparations.Read(connection);
        Dictionary<long, ImmutableArray<long>> hosts = GalleryHosts.Read(connection);
        Dictionary<long, long> ids = [];
        (string Table, string Person)[] theirs = TablesOfPeople(connection);
        // First all replaced people are deleted: a badge may have moved from one of them to another.
        (long Id, long[] Marks)?[] before = [.. people.Select(person => GalleryMarks.Take(connection, PersonName.KeyOf(person.Name)))];
        foreach ((Person person, (long Id, long[] Marks)? replaced) in people.Zip(before))
        {
            string columns = Columns(connection, "person");
            long row = replaced?.Id ?? GalleryIds.OfPerson(connection, now);
            Sqlite.Run(connection, $"INSERT INTO main.person (id, {columns}) SELECT $id, {columns} FROM coming.person WHERE id = $old",
                ("$id", row), ("$old", person.Id));
            if (replaced is { Marks: { } marks } && !GalleryMarks.AreIn(connection, "coming"))
                GalleryMarks.Restore(connection, row, marks);
            foreach ((string table, string owner) in theirs)
                CopyRows(connection, seals, table, owner, person.Id, row, encoderRow);
            GalleryCrops.Limit(connection, row, keepCropsUntil);
            ids[person.Id] = row;
        }

        GallerySeparations.Merge(connection, separated, ids, GalleryCrops.Text(now));
        GalleryHosts.Merge(connection, hosts, ids);
    }

    private static void CopyRows(SqliteConnection connection, SealMove seals, string table, string owner, long from, long to, long encoder)
    {
        const string nextId = "$first - 1 + row_number() OVER (ORDER BY t.rowid)";
        string columns = Columns(connection, table);
        string values = string.Join(", ", columns.Split(", ").Select(
            column => column == Quoted(owner) ? "$to" : column == Quoted("encoder") ? "$encoder" : Value(table, column)));
        if (table == "badge")
            (columns, values) = ($"{columns}, lookup", $"{values}, lookup({Opened(Sealed(table, "number")!)})");
        bool isCounted = Sqlite.Number(connection, $"SELECT count(*) FROM pragma_table_info({Text(table)}, 'main') WHERE name = 'id'") == 1;
        long count = Sqlite.Number(connection, $"SELECT count(*) FROM coming.{Quoted(table)} WHERE {Quoted(owner)} = $from",
            ("$from", from));
        (string into, string ids) = isCounted ? ("id, ", $"{nextId}, ") : ("", "");
        seals.Run(() => Sqlite.Run(connection, $"""
            INSERT INTO main.{Quoted(table)} ({into}{columns})
            SELECT {ids}{values} FROM coming.{Quoted(table)} AS t WHERE t.{Quoted(owner)} = $from ORDER BY t.rowid
            """, ("$from", from), ("$to", to), ("$encoder", encoder),
            ("$first", isCounted ? GalleryIds.Issue(connection, table, count) : 0)));

        string Value(string of, string column) => Sealed(of, column.Trim('"')) is not { } value ? $"t.{column}"
            : $"iif(t.{column} IS NULL, NULL, closed({Opened(value)}, {value.Identity("coming", "$to", nextId)}))";

        static string Opened(SealedColumn value) => $"plain(t.{value.Column}, {value.Identity("coming")})";
    }

    private static SealedColumn? Sealed(string table, string column) =>
        SealedColumn.All.FirstOrDefault(value => (value.Table, value.Column) == (table, column));

    /// <summary>Returns the common tables of both files whose rows belong to one person, with the column that refers to the
    /// person.</summary>
    private static (string Table, string Person)[] TablesOfPeople(SqliteConnection connection) =>
    [
        .. Rows(connection, """
            SELECT t.name, f."from" FROM main.sqlite_schema t JOIN pragma_foreign_key_list(t.name, 'main') f
            WHERE t.type = 'table' AND f."table" = 'person' AND t.name NOT IN ('look_alike', 'host', 'fleet_host')
                AND EXISTS (SELECT * FROM coming.sqlite_schema c WHERE c.type = 'table' AND c.name = t.name)
            """).Select(row => (row[0], row[1])),
    ];

    /// <summary>Returns the common columns of a table in both files, except the row id, which each file counts for itself, by what
    /// a badge is found, which each key makes for itself, and what the fleet wrote: nobody joins a fleet by an archive.</summary>
    private static string Columns(SqliteConnection connection, string table) => string.Join(", ", Rows(connection, $"""
        SELECT name, '' FROM pragma_table_info({Text(table)}, 'main')
        WHERE name NOT IN ('id', 'lookup', 'origin', 'disabled_here') AND name IN (SELECT name FROM pragma_table_info({Text(table)}, 'coming'))
        """).Select(row => Quoted(row[0])));

    private static List<string[]> Rows(SqliteConnection connection, string sql)
    {
        List<string[]> rows = [];
        using SqliteCommand command = Sqlite.Command(connection, sql);
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
            rows.Add([row.GetString(0), row.GetString(1)]);
        return rows;
    }

    private static string Quoted(string name) => $"\"{name}\"";

    private static string Text(string text) => $"'{text}'";
}
