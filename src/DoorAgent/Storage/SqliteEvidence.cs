using Microsoft.Data.Sqlite;

namespace DoorAgent.Storage;

/// <summary>
/// Opens a database to read, wherever it lies. A reader of a file with a write-ahead log takes part in it by a file beside, which nobody
/// can make on a medium that is mounted read-only, in a directory of somebody else, or on a full disk: there the file is read as one that
/// nobody changes, or, where a log lies beside it, from a private copy of both.
/// </summary>
internal static class SqliteEvidence
{
    private const int Tries = 5;

    /// <summary>Opens a file that is there and may be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mode">How to open it where a reader can take part.</param>
    /// <param name="check">Looks at it; when it throws, the file is closed again.</param>
    /// <exception cref="UserErrorException">There is no room for a copy, or it is written to all the time.</exception>
    /// <exception cref="SqliteException">SQLite cannot open it.</exception>
    public static SqliteConnection OpenToRead(string path, SqliteOpenMode mode, Action<SqliteConnection> check)
    {
        if (Libc.MayWrite(path) && Libc.MayWrite(Path.GetDirectoryName(Path.GetFullPath(path))!))
        {
            try
            {
                return Sqlite.Open(path, mode, check);
            }
            catch (SqliteException failure) when (SqliteRoom.IsCause(failure, path))
            {
                // On a full disk nobody can make that file either.
            }
        }

        return DatabaseFacts.Of(path).Log is null
            ? Sqlite.Open($"file:{Uri.EscapeDataString(Path.GetFullPath(path)).Replace("%2F", "/", StringComparison.Ordinal)}?immutable=1", SqliteOpenMode.ReadOnly, check)
            : OpenCopy(path, check);
    }

    private static SqliteConnection OpenCopy(string path, Action<SqliteConnection> check)
    {
        // Nobody else may look into it, and once the copy is open its names are needed no more: nothing is left behind, whatever ends this.
        DirectoryInfo own = Directory.CreateTempSubdirectory("dooragent-");
        try
        {
            string copy = Path.Combine(own.FullName, Path.GetFileName(path));
            CopyAsOneMoment(path, copy);
            return Sqlite.Open(copy, SqliteOpenMode.ReadWrite, connection =>
            {
                Sqlite.Run(connection, "PRAGMA query_only = ON");
                check(connection);
            });
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} has a log beside it and lies where nothing can be written, and no copy of it could be made to read: {failure.Message} "
                + "Is there room for it in /tmp (TMPDIR names another directory), and may you read both files?", failure);
        }
        finally
        {
            own.Delete(recursive: true);
        }
    }

    private static void CopyAsOneMoment(string path, string copy)
    {
        for (int i = 0; i < Tries; i++)
        {
            DatabaseFacts before = DatabaseFacts.Of(path);
            File.Copy(path, copy, overwrite: true);
            if (before.Log is not null)
                File.Copy(DatabaseFacts.LogOf(path), DatabaseFacts.LogOf(copy), overwrite: true);
            else
                File.Delete(DatabaseFacts.LogOf(copy));
            if (DatabaseFacts.Of(path) == before)
                return;
        }

        throw new IOException("it is written to all the time.");
    }
}
