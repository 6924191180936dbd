using System.Collections.Frozen;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Storage;

/// <summary>
/// The expected tables of a database, against which a file is checked before any of its rows is read. A hostile file may contain an
/// endless view in place of a table, an additional trigger, or a computed column.
/// </summary>
internal sealed class SqliteSchema
{
    private const string Columns = """
        SELECT t.name AS at, c.name, c.type || ' ' || c."notnull" || ' ' || c.pk, c.hidden
        FROM pragma_table_list t JOIN pragma_table_xinfo(t.name) c
        WHERE t.schema = 'main' AND t.type = 'table' AND t.strict AND NOT t.wr AND t.name NOT LIKE 'sqlite~_%' ESCAPE '~'
        """;

    private readonly FrozenDictionary<(string Table, string Column), string> _columns;
    private readonly FrozenSet<string> _triggers;

    /// <summary>Derives the expected schema from the statements that create it.</summary>
    public SqliteSchema(string statements)
    {
        using SqliteConnection expected = new("Data Source=:memory:;Pooling=False");
        expected.Open();
        Sqlite.Run(expected, statements);
        _columns = Read(expected).ToFrozenDictionary(column => column.Key, column => column.Value.Form);
        _triggers = Texts(expected, "SELECT sql FROM sqlite_schema WHERE type = 'trigger'").ToFrozenSet();
    }

    /// <summary>
    /// Returns the first forbidden or missing object of a file, or null if the schema is right. Executes no code from the file.
    /// </summary>
    /// <exception cref="SqliteException">The schema cannot be read.</exception>
    public string? FirstDifference(SqliteConnection connection)
    {
        if (ForbiddenObject(connection) is { } forbidden)
            return forbidden;
        Dictionary<(string Table, string Column), (string Form, bool IsComputed)> found = Read(connection);
        foreach (((string table, string column), string form) in _columns.OrderBy(expected => expected.Key.Table, StringComparer.Ordinal))
        {
            if (!found.Keys.Any(key => key.Table == table))
                return $"no such table: {table}";
            if (!found.TryGetValue((table, column), out (string Form, bool IsComputed) actual) || actual.Form != form)
                return $"the column {column} of its table {table} is missing or of another type";
        }

        (string Table, string Column) computed = found.FirstOrDefault(column =>
            column.Value.IsComputed && _columns.Keys.Any(expected => expected.Table == column.Key.Table)).Key;
        return computed.Table is null ? null : $"the column {computed.Column} of its table {computed.Table} is computed";
    }

    // The statement's text is checked too, because a hostile list of objects may call a view a table.
    private string? ForbiddenObject(SqliteConnection connection)
    {
        using SqliteCommand command = Sqlite.Command(connection, """
            SELECT type, name, sql FROM sqlite_schema WHERE NOT ifnull(
                (type = 'table' AND rootpage > 0 AND sql LIKE 'CREATE TABLE %')
                OR (type = 'index' AND rootpage > 0 AND (sql IS NULL OR sql LIKE 'CREATE INDEX %' OR sql LIKE 'CREATE UNIQUE INDEX %')), 0)
            """);
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            if (row.GetValue(0) is not "trigger" || row.GetValue(2) is not string text || !_triggers.Contains(text))
                return $"it contains a {row.GetValue(0)} called {row.GetValue(1)}, and only tables are allowed";
        }

        return null;
    }

    private static Dictionary<(string Table, string Column), (string Form, bool IsComputed)> Read(SqliteConnection connection)
    {
        Dictionary<(string, string), (string, bool)> columns = [];
        using SqliteCommand command = Sqlite.Command(connection, Columns);
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
            columns[(row.GetString(0), row.GetString(1))] = (row.GetString(2), row.GetInt64(3) != 0);
        return columns;
    }

    private static List<string> Texts(SqliteConnection connection, string sql)
    {
        List<string> texts = [];
        using SqliteCommand command = Sqlite.Command(connection, sql);
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
            texts.Add(row.GetString(0));
        return texts;
    }
}
