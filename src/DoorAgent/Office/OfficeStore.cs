using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Office;

/// <summary>The office's database, office.db: opens it, and runs changes in transactions. A change that was killed in the middle has not
/// happened.</summary>
internal sealed class OfficeStore : IDisposable
{
    private readonly string _path;
    private readonly SqliteConnection _connection;
    private bool _isChanging;

    private OfficeStore(string path, SqliteConnection connection) => (_path, _connection) = (path, connection);

    /// <summary>Opens the database, and makes it where there is none.</summary>
    /// <exception cref="UserErrorException">The file cannot be used; the message says why and what to do.</exception>
    public static OfficeStore OpenOrMake(string path)
    {
        DataDirectory.EnsureFile(path);
        return Open(path);
    }

    /// <summary>Runs a change in a transaction; within another change it is a part of that one.</summary>
    /// <exception cref="UserErrorException">SQLite failed; nothing was changed.</exception>
    public T Change<T>(Func<T> change)
    {
        if (_isChanging)
            return change();
        return Guard(_path, () =>
        {
            Sqlite.Run(_connection, "BEGIN IMMEDIATE");
            _isChanging = true;
            bool isDone = false;
            try
            {
                T result = change();
                Sqlite.Run(_connection, "COMMIT");
                isDone = true;
                return result;
            }
            finally
            {
                _isChanging = false;
                if (!isDone)
                    Sqlite.Run(_connection, "ROLLBACK");
            }
        });
    }

    /// <summary>Runs statements within a change; returns the number of changed rows.</summary>
    public int Run(string sql, params (string Name, object? Value)[] parameters) =>
        Change(() => Sqlite.Run(_connection, sql, parameters));

    /// <summary>Returns the rows of a query.</summary>
    /// <exception cref="UserErrorException">SQLite failed, or a row has content that no office has.</exception>
    public IReadOnlyList<T> Rows<T>(string sql, Func<SqliteDataReader, T> read, params (string Name, object? Value)[] parameters) =>
        Guard(_path, () => Reading(_path, () =>
        {
            List<T> rows = [];
            using SqliteCommand command = Sqlite.Command(_connection, sql, parameters);
            using SqliteDataReader row = command.ExecuteReader();
            while (row.Read())
                rows.Add(read(row));
            return rows;
        }));

    /// <summary>Returns a number.</summary>
    public long Number(string sql, params (string Name, object? Value)[] parameters) =>
        Guard(_path, () => Sqlite.Number(_connection, sql, parameters));

    public void Dispose() => _connection.Dispose();

    private const string Restore = "Restore the office's directory from its backup, or name another one with --office.";

    private static OfficeStore Open(string path) => Guard(path, () =>
        new OfficeStore(path, Sqlite.Open(path, SqliteOpenMode.ReadWrite, connection =>
        {
            // The names of erased people leave no bytes behind. The office does without a log beside the file, so that a copy of
            // the file is whole.
            Sqlite.Run(connection, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;");
            if (Sqlite.IsNew(connection))
                OfficeSchema.Make(connection);
            Sqlite.EnsureKind(connection, path, "database of an office", OfficeSchema.ApplicationId, OfficeSchema.Version, Restore);
            if (OfficeSchema.FirstDifference(connection) is { } difference)
                throw new UserErrorException($"{path} is not the database of an office: {difference}. {Restore}");
        })));

    private static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException failure) when (DiskFull.IsCauseOf(failure, path))
        {
            throw new UserErrorException($"There is no room to write {path}: the disk is full, and the change was not stored. Free space and "
                + "try again.", failure);
        }
        catch (SqliteException failure)
        {
            throw new UserErrorException(failure.SqliteErrorCode switch
            {
                SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT =>
                    $"{path} is damaged ({failure.Message.TrimEnd('.')}). {Restore}",
                SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED => $"Another process is writing {path}. Try again when it is done.",
                _ => $"{path} cannot be used: {failure.Message.TrimEnd('.')}. Run the command as the owner of the office's directory.",
            }, failure);
        }
    }

    private static T Reading<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (Sqlite.IsContent(failure))
        {
            throw new UserErrorException($"{path} has content that no office writes ({failure.Message.TrimEnd('.')}). {Restore}", failure);
        }
    }
}
