using System.Collections.Frozen;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Storage;

/// <summary>
/// The tables that a schema makes, to hold a file against before anything of it is read: whoever hands over a file may have put a view
/// that never ends in the place of a table, a trigger beside it, or a column that is computed.
/// </summary>
internal sealed class SqliteShape
{
    private const string Columns = """
        SELECT t.name AS at, c.name, c.type || ' ' || c."notnull" || ' ' || c.pk, c.hidden FROM pragma_table_list t JOIN pragma_table_xinfo(t.name) c
        WHERE t.schema = 'main' AND t.type = 'table' AND t.strict AND NOT t.wr AND t.name NOT LIKE 'sqlite~_%' ESCAPE '~'
        """;

    private readonly FrozenDictionary<(string Table, string Column), string> _columns;
    private readonly FrozenSet<string> _triggers;

    /// <summary>The shape of what these statements make.</summary>
    public SqliteShape(string schema)
    {
        using SqliteConnection made = new("Data Source=:memory:;Pooling=False");
        made.Open();
        Sqlite.Run(made, schema);
        _columns = Read(made).ToFrozenDictionary(column => column.Key, column => column.Value.Form);
        _triggers = Texts(made, "SELECT sql FROM sqlite_schema WHERE type = 'trigger'").ToFrozenSet();
    }

    /// <summary>What a file has that it must not have, or has not though it must; null when nothing. Runs nothing that the file brings.</summary>
    /// <exception cref="SqliteException">The schema cannot be read.</exception>
    public string? FirstFault(SqliteConnection connection)
    {
        if (Foreign(connection) is { } foreign)
            return foreign;
        Dictionary<(string Table, string Column), (string Form, bool IsComputed)> found = Read(connection);
        foreach (((string table, string column), string form) in _columns.OrderBy(one => one.Key.Table, StringComparer.Ordinal))
        {
            if (!found.Keys.Any(key => key.Table == table))
                return $"no such table: {table}";
            if (!found.TryGetValue((table, column), out (string Form, bool IsComputed) here) || here.Form != form)
                return $"the column {column} of its table {table} is missing or of another type";
        }

        (string Table, string Column) computed = found.FirstOrDefault(column => column.Value.IsComputed && _columns.Keys.Any(ours => ours.Table == column.Key.Table)).Key;
        return computed.Table is null ? null : $"the column {computed.Column} of its table {computed.Table} is computed";
    }

    // By the text too, for whoever writes the list of objects may call a view a table.
    private string? Foreign(SqliteConnection connection)
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
                return $"it brings a {row.GetValue(0)} called {row.GetValue(1)}, and it must hold tables only";
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
