using System.Globalization;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Storage;

/// <summary>Methods that gallery and journal share: open a SQLite file without a pool, check its header, and run one-line
/// queries.</summary>
internal static class Sqlite
{
    private const int BusyTimeoutSeconds = 5;

    // In bytes. The longest value that the program itself writes is a stored face crop of some hundred thousand bytes.
    private const int MaxValueLength = 16 << 20;

    /// <summary>Opens an existing database; when <paramref name="check"/> throws, the connection is closed.</summary>
    /// <exception cref="SqliteException">SQLite cannot open the database.</exception>
    public static SqliteConnection Open(string path, SqliteOpenMode mode, Action<SqliteConnection> check) =>
        Open(path, mode, text => new SqliteConnection(text), check);

    /// <summary>Opens an existing database with a connection of a derived type, which <paramref name="make"/> makes from the connection
    /// string; when <paramref name="check"/> throws, the connection is closed.</summary>
    /// <exception cref="SqliteException">SQLite cannot open the database.</exception>
    public static T Open<T>(string path, SqliteOpenMode mode, Func<string, T> make, Action<T> check) where T : SqliteConnection
    {
        T connection = make(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = BusyTimeoutSeconds,
        }.ToString());
        try
        {
            connection.Open();
            Harden(connection);
            check(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Returns whether nothing has been written to the database yet.</summary>
    public static bool IsNew(SqliteConnection connection) =>
        Number(connection, "PRAGMA application_id") == 0 && Number(connection, "SELECT count(*) FROM sqlite_schema") == 0;

    /// <summary>Limits what a hostile file can do: its expressions call no functions, and no value exhausts the memory.</summary>
    private static void Harden(SqliteConnection connection)
    {
        Run(connection, "PRAGMA trusted_schema = OFF");
        _ = SQLitePCL.raw.sqlite3_limit(connection.Handle, SQLitePCL.raw.SQLITE_LIMIT_LENGTH, MaxValueLength);
    }

    /// <summary>Refuses a database of another program or of a newer dooragent.</summary>
    /// <exception cref="UserErrorException">The database is refused; the message ends with <paramref name="advice"/>.</exception>
    public static void EnsureKind(SqliteConnection connection, string path, string what, int applicationId, int version, string advice)
    {
        if (Number(connection, "PRAGMA application_id") != applicationId)
            throw new UserErrorException($"{path} is a database of another program, not a {what}. {advice}");
        long found = Number(connection, "PRAGMA user_version");
        if (found > version)
        {
            throw new UserErrorException(
                $"{path} was written by a newer dooragent (format {found}; this version reads up to {version}). "
                    + $"Install that version. Or: {advice}");
        }
    }

    /// <summary>
    /// Reads every page and returns the first damage, or null if there is none. CHECK constraints are not evaluated, because a hostile
    /// file may define them; the code that reads the rows checks the values.
    /// </summary>
    public static string? FirstDamage(SqliteConnection connection)
    {
        Run(connection, "PRAGMA ignore_check_constraints = ON");
        string? damage = Scalar(connection, "PRAGMA quick_check(1)") is not "ok" and var finding
            ? $"{finding}".Replace("*** in database main ***", "", StringComparison.Ordinal).ReplaceLineEndings(" ").Trim()
            : null;
        Run(connection, "PRAGMA ignore_check_constraints = OFF");
        return damage;
    }

    /// <summary>Returns whether a failure was caused by file content that dooragent itself would not have written.</summary>
    public static bool IsContent(Exception failure) => failure is InvalidDataException or InvalidCastException or InvalidOperationException
        or FormatException or OverflowException or KeyNotFoundException or ArgumentException or IndexOutOfRangeException;

    /// <summary>Runs a query that returns one integer.</summary>
    public static long Number(SqliteConnection connection, string sql, params (string Name, object? Value)[] parameters) =>
        Convert.ToInt64(Scalar(connection, sql, parameters), CultureInfo.InvariantCulture);

    /// <summary>Runs statements; returns the number of changed rows.</summary>
    public static int Run(SqliteConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        using SqliteCommand command = Command(connection, sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>Returns the first column of the first row; null if there is no row.</summary>
    public static object? Scalar(SqliteConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        using SqliteCommand command = Command(connection, sql, parameters);
        return command.ExecuteScalar();
    }

    /// <summary>Reads the first row, which must exist.</summary>
    /// <exception cref="InvalidDataException">There is no row.</exception>
    public static T Row<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> read,
        params (string Name, object? Value)[] parameters)
    {
        using SqliteCommand command = Command(connection, sql, parameters);
        using SqliteDataReader row = command.ExecuteReader();
        return row.Read() ? read(row) : throw new InvalidDataException("a row is missing");
    }

    /// <summary>Makes a command with its parameters; null becomes SQL's NULL.</summary>
    public static SqliteCommand Command(SqliteConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object? value) in parameters)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }
}
