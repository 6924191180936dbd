using System.Globalization;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Storage;

/// <summary>What gallery and journal share as SQLite files: opened without a pool, known by their header, asked in one line.</summary>
internal static class Sqlite
{
    private const int SecondsBusy = 5;

    // The largest that the program itself writes is a kept face of some hundred thousand bytes.
    private const int LongestValue = 16 << 20;

    /// <summary>Opens a file that is there; when <paramref name="check"/> throws, it is closed again.</summary>
    /// <exception cref="SqliteException">SQLite cannot open it.</exception>
    public static SqliteConnection Open(string path, SqliteOpenMode mode, Action<SqliteConnection> check)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = SecondsBusy,
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

    /// <summary>Whether nothing has been written to the file yet.</summary>
    public static bool IsNew(SqliteConnection connection) =>
        Number(connection, "PRAGMA application_id") == 0 && Number(connection, "SELECT count(*) FROM sqlite_schema") == 0;

    /// <summary>Whatever a file brings: its expressions call no functions of ours, and no value of it fills the memory.</summary>
    private static void Harden(SqliteConnection connection)
    {
        Run(connection, "PRAGMA trusted_schema = OFF");
        _ = SQLitePCL.raw.sqlite3_limit(connection.Handle, SQLitePCL.raw.SQLITE_LIMIT_LENGTH, LongestValue);
    }

    /// <summary>Refuses a file of another program or of a newer dooragent.</summary>
    /// <exception cref="UserErrorException">It is one; the message ends with <paramref name="advice"/>.</exception>
    public static void NeedKind(SqliteConnection connection, string path, string what, int applicationId, int version, string advice)
    {
        if (Number(connection, "PRAGMA application_id") != applicationId)
            throw new UserErrorException($"{path} is a database of another program, not a {what}. {advice}");
        long found = Number(connection, "PRAGMA user_version");
        if (found > version)
        {
            throw new UserErrorException(
                $"{path} was written by a newer dooragent (format {found}, this one knows {version}). Install that one. Or: {advice}");
        }
    }

    /// <summary>The first damage that a look at every page finds; null when there is none. Conditions that the file's own tables state
    /// are not computed: they may be anybody's, and whoever reads checks the values.</summary>
    public static string? FirstDamage(SqliteConnection connection)
    {
        Run(connection, "PRAGMA ignore_check_constraints = ON");
        string? damage = Scalar(connection, "PRAGMA quick_check(1)") is not "ok" and var finding
            ? $"{finding}".Replace("*** in database main ***", "", StringComparison.Ordinal).ReplaceLineEndings(" ").Trim()
            : null;
        Run(connection, "PRAGMA ignore_check_constraints = OFF");
        return damage;
    }

    /// <summary>Whether a failure comes from what stands in a file where a program of ours would write something else.</summary>
    public static bool IsContent(Exception failure) => failure is InvalidDataException or InvalidCastException or InvalidOperationException
        or FormatException or OverflowException or KeyNotFoundException or ArgumentException or IndexOutOfRangeException;

    /// <summary>One number of the database.</summary>
    public static long Number(SqliteConnection connection, string sql, params (string Name, object? Value)[] parameters) =>
        Convert.ToInt64(Scalar(connection, sql, parameters), CultureInfo.InvariantCulture);

    /// <summary>Runs statements.</summary>
    public static int Run(SqliteConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        using SqliteCommand command = Command(connection, sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row; null when there is none.</summary>
    public static object? Scalar(SqliteConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        using SqliteCommand command = Command(connection, sql, parameters);
        return command.ExecuteScalar();
    }

    /// <summary>A command with its parameters; null becomes SQL's NULL.</summary>
    public static SqliteCommand Command(SqliteConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object? value) in parameters)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }
}
