using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>gallery.db as a file: made, opened and refused (behaviour.md, section 6).</summary>
internal static class GalleryDatabase
{
    /// <summary>'DoAg' in the file's header.</summary>
    public const int ApplicationId = 0x446F4167;

    /// <summary>Opens the gallery to write, making it where there is none.</summary>
    /// <exception cref="UserErrorException">It cannot be used; the message says why and what to do.</exception>
    public static SqliteConnection OpenToWrite(string path) => Guard(path, () =>
    {
        DataDirectory.EnsureFile(path);
        return Sqlite.Open(path, SqliteOpenMode.ReadWrite, connection =>
        {
            if (Sqlite.IsNew(connection))
            {
                Sqlite.Run(connection, "PRAGMA journal_mode = WAL");
                GallerySchema.Make(connection, ApplicationId);
            }

            Accept(connection, path);
            Sqlite.Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA busy_timeout = 5000;");
        });
    });

    /// <summary>Opens the gallery to read.</summary>
    /// <exception cref="UserErrorException">It is not there or cannot be used; the message says why and what to do.</exception>
    public static SqliteConnection OpenToRead(string path) => OpenIfAny(path) ?? throw Nobody(path);

    /// <summary>Opens the gallery to read, where there is one.</summary>
    /// <returns>Null where there is no file, or one to which nothing has been written: a first enrolment that found no room leaves such a file.</returns>
    /// <exception cref="UserErrorException">The gallery cannot be used; the message says why and what to do.</exception>
    public static SqliteConnection? OpenIfAny(string path) => Guard(path, () =>
    {
        if (!Permission.IsReadable(path))
            return null;
        bool isNew = false;
        // ReadWrite, since a reader of a WAL file takes part in its shared memory; it writes nothing.
        SqliteConnection gallery = ReadOnlySqlite.OpenToRead(path, SqliteOpenMode.ReadWrite, connection =>
        {
            Sqlite.Run(connection, "PRAGMA query_only = ON;");
            isNew = Sqlite.IsNew(connection);
            if (!isNew)
                Accept(connection, path);
        });
        if (!isNew)
            return gallery;
        gallery.Dispose();
        return null;
    });

    /// <summary>A copy of the gallery in memory; an empty one where there is no gallery.</summary>
    /// <exception cref="UserErrorException">The gallery cannot be used; the message says why and what to do.</exception>
    public static SqliteConnection CopyInMemory(string path) => Guard(path, () => Sqlite.Open(":memory:", SqliteOpenMode.Memory, copy =>
    {
        using SqliteConnection? gallery = OpenIfAny(path);
        if (gallery is null)
            GallerySchema.Make(copy, ApplicationId);
        else
            gallery.BackupDatabase(copy);

        Sqlite.Run(copy, "PRAGMA foreign_keys = ON");
    }));

    /// <summary>Refuses where there is no gallery.</summary>
    /// <exception cref="UserErrorException">There is none, or this user may not read it.</exception>
    public static void NeedFile(string path)
    {
        if (!Permission.IsReadable(path))
            throw Nobody(path);
    }

    private static UserErrorException Nobody(string path) =>
        new($"Nobody is enrolled yet: there is no gallery {path}. 'dooragent people add NAME --images DIR --badge next' enrols somebody, "
            + "and a running door follows at once; or name another directory with --data.");

    /// <summary>Runs something on the gallery and says SQLite's failures in words.</summary>
    /// <exception cref="UserErrorException">SQLite failed.</exception>
    public static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException failure) when (DiskFull.IsCauseOf(failure, path))
        {
            throw new UserErrorException($"There is no room to write the gallery {path}: the disk is full. Nothing of the change was kept. "
                + "Free space ('df -h' shows where: logs, old packages) and try again.", failure);
        }
        catch (SqliteException failure)
        {
            throw new UserErrorException(failure.SqliteErrorCode switch
            {
                SQLitePCL.raw.SQLITE_NOTADB => $"{path} is not a gallery: it is not a database. {Restore}",
                SQLitePCL.raw.SQLITE_CORRUPT => $"The gallery {path} is damaged ({failure.Message.TrimEnd('.')}). {Restore}",
                SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED => $"The gallery {path} is being written by another process. Try again when it is done.",
                SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_CANTOPEN => $"The gallery {path} cannot be written: {failure.Message.TrimEnd('.')}. Is the disk mounted read-only? Is this its owner?",
                _ => $"The gallery {path} cannot be used: {failure.Message.TrimEnd('.')}.",
            }, failure);
        }
    }

    /// <summary>Reads something of the gallery: whatever the file holds, it fails with this one exception.</summary>
    /// <exception cref="UserErrorException">SQLite failed, or something stands in it that no gallery holds.</exception>
    public static T Reading<T>(string path, Func<T> read) => Guard(path, () =>
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (Sqlite.IsContent(failure))
        {
            throw new UserErrorException($"The gallery {path} holds what no gallery holds ({failure.Message.TrimEnd('.')}): it is damaged, or another program wrote it. {Restore}", failure);
        }
    });

    /// <summary>The next step for a gallery that cannot be used.</summary>
    public const string Restore = "Put back a copy that is whole, or set the file aside and enrol again.";

    private static void Accept(SqliteConnection connection, string path)
    {
        Sqlite.EnsureKind(connection, path, "gallery", ApplicationId, GallerySchema.Version, Restore);
        if (GallerySchema.FirstDifference(connection) is { } fault)
            throw new UserErrorException($"The gallery {path} holds what no gallery holds ({fault}). {Restore}");
        if (Sqlite.FirstDamage(connection) is { } finding)
            throw new UserErrorException($"The gallery {path} is damaged ({finding}). {Restore}");
    }
}
