using Microsoft.Data.Sqlite;

namespace DoorAgent.Storage;

/// <summary>A statement that runs many times with other values: SQLite reads its text once.</summary>
internal sealed class PreparedStatement : IDisposable
{
    private readonly SqliteCommand _command;

    /// <summary>Makes a statement within the connection's transaction.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="sql">The statement.</param>
    /// <param name="names">Names of the parameters, in the order of their values.</param>
    public PreparedStatement(SqliteConnection connection, string sql, params string[] names) =>
        _command = Sqlite.Command(connection, sql, [.. names.Select(name => (name, default(object?)))]);

    /// <summary>Runs the statement; returns the number of changed rows.</summary>
    public int Run(params ReadOnlySpan<object?> values) => Bound(values).ExecuteNonQuery();

    /// <summary>Returns the first column of the first row; null if there is no row.</summary>
    public object? Scalar(params ReadOnlySpan<object?> values) => Bound(values).ExecuteScalar();

    /// <summary>Reads all rows.</summary>
    public List<T> Rows<T>(Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        List<T> rows = [];
        using SqliteDataReader row = Bound(values).ExecuteReader();
        while (row.Read())
            rows.Add(read(row));
        return rows;
    }

    public void Dispose() => _command.Dispose();

    private SqliteCommand Bound(ReadOnlySpan<object?> values)
    {
        for (int i = 0; i < values.Length; i++)
            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return _command;
    }
}
