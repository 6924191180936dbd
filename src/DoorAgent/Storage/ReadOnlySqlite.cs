using Microsoft.Data.Sqlite;

namespace DoorAgent.Storage;

/// <summary>
/// Opens a database for reading on any medium. A reader of a database with a write-ahead log needs a shared-memory file beside the
/// database, which cannot be created on a read-only mount, in a directory of another user or on a full disk. In these cases the database
/// is opened as immutable or, if a log exists, from a private copy of database and log.
/// </summary>
internal static class ReadOnlySqlite
{
    private const int MaxCopies = 5;

    /// <summary>Opens an existing, readable database.</summary>
    /// <param name="path">Path of the database.</param>
    /// <param name="mode">Mode for a database that can be shared with a writer.</param>
    /// <param name="make">Makes the connection from a connection string.</param>
    /// <param name="check">Checks the open database; when it throws, the connection is closed.</param>
    /// <exception cref="UserErrorException">There is no space for a copy, or the database is written to constantly.</exception>
    /// <exception cref="SqliteException">SQLite cannot open the database.</exception>
    public static T OpenToRead<T>(string path, SqliteOpenMode mode, Func<string, T> make, Action<T> check) where T : SqliteConnection
    {
        if (Libc.MayWrite(path) && Libc.MayWrite(Path.GetDirectoryName(Path.GetFullPath(path))!))
        {
            try
            {
                return Sqlite.Open(path, mode, make, check);
            }
            catch (SqliteException failure) when (DiskFull.IsCauseOf(failure, path))
            {
                // The shared-memory file cannot be created on a full disk.
            }
        }

        return DatabaseStatus.Of(path).Log is null
            ? Sqlite.Open(ImmutableUri(path), SqliteOpenMode.ReadOnly, make, check)
            : OpenCopy(path, make, check);
    }

    /// <inheritdoc cref="OpenToRead{T}"/>
    public static SqliteConnection OpenToRead(string path, SqliteOpenMode mode, Action<SqliteConnection> check) =>
        OpenToRead(path, mode, text => new SqliteConnection(text), check);

    private static string ImmutableUri(string path) =>
        $"file:{Uri.EscapeDataString(Path.GetFullPath(path)).Replace("%2F", "/", StringComparison.Ordinal)}?immutable=1";

    private static T OpenCopy<T>(string path, Func<string, T> make, Action<T> check) where T : SqliteConnection
    {
        // The directory is private. Once the copy is open its names are no longer needed, so nothing is left behind even after a crash.
        DirectoryInfo directory = Directory.CreateTempSubdirectory("dooragent-");
        try
        {
            string copy = Path.Combine(directory.FullName, Path.GetFileName(path));
            CopyConsistently(path, copy);
            return Sqlite.Open(copy, SqliteOpenMode.ReadWrite, make, connection =>
            {
                Sqlite.Run(connection, "PRAGMA query_only = ON");
                check(connection);
            });
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} has a write-ahead log, its directory is not writable, "
                + $"and it could not be copied: {failure.Message} Is there enough space in /tmp (TMPDIR selects another "
                + "directory), and may you read both files?", failure);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static void CopyConsistently(string path, string copy)
    {
        for (int i = 0; i < MaxCopies; i++)
        {
            DatabaseStatus before = DatabaseStatus.Of(path);
            File.Copy(path, copy, overwrite: true);
            if (before.Log is not null)
                File.Copy(DatabaseStatus.LogOf(path), DatabaseStatus.LogOf(copy), overwrite: true);
            else
                File.Delete(DatabaseStatus.LogOf(copy));
            if (DatabaseStatus.Of(path) == before)
                return;
        }

        throw new IOException("the database changed during every attempt.");
    }
}
