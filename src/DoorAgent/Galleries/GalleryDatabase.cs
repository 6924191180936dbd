using DoorAgent.Sealing;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>Creates, opens and refuses the file gallery.db (behaviour.md, section 6).</summary>
internal static class GalleryDatabase
{
    /// <summary>'DoAg' in the header of the file.</summary>
    public const int ApplicationId = 0x446F4167;

    /// <summary>Opens the gallery for writing, and creates the file where none exists.</summary>
    /// <param name="path">Path of the gallery.</param>
    /// <param name="keys">The keys that this process may use; null for those of the data directory.</param>
    /// <exception cref="UserErrorException">The gallery cannot be used; the message says why and what to do.</exception>
    public static GalleryConnection OpenToWrite(string path, KeyRing? keys = null) => Guard(path, () =>
    {
        if (Directory.Exists(path))
            throw new UserErrorException(IsDirectory(path));
        DataDirectory.EnsureFile(path);
        return Sqlite.Open(path, SqliteOpenMode.ReadWrite, text => new GalleryConnection(text, path, keys), connection =>
        {
            if (Sqlite.IsNew(connection))
            {
                Sqlite.Run(connection, "PRAGMA journal_mode = WAL");
                GallerySchema.Make(connection, ApplicationId);
            }

            Accept(connection, path);
            Sqlite.Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; "
                + "PRAGMA secure_delete = ON; PRAGMA busy_timeout = 5000;");
        });
    });

    /// <summary>Opens the gallery for reading.</summary>
    /// <exception cref="UserErrorException">The gallery does not exist or cannot be used; the message says why and what to do.</exception>
    public static GalleryConnection OpenToRead(string path, KeyRing? keys = null) => OpenIfAny(path, keys) ?? throw Nobody(path);

    /// <summary>Opens the gallery for reading if it exists.</summary>
    /// <returns>Null without a file, or with an empty one: a first enrolment on a full disk leaves an empty file.</returns>
    /// <exception cref="UserErrorException">The gallery cannot be used; the message says why and what to do.</exception>
    public static GalleryConnection? OpenIfAny(string path, KeyRing? keys = null) => Guard(path, () =>
    {
        if (!Permission.IsReadable(path))
            return null;
        bool isNew = false;
        // ReadWrite, because a reader of a WAL file uses its shared memory; the connection writes nothing.
        GalleryConnection gallery = ReadOnlySqlite.OpenToRead(path, SqliteOpenMode.ReadWrite, text => new GalleryConnection(text, path, keys), connection =>
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

    /// <summary>Copies the gallery into memory; without a gallery the copy is empty.</summary>
    /// <exception cref="UserErrorException">The gallery cannot be used; the message says why and what to do.</exception>
    public static GalleryConnection CopyInMemory(string path, KeyRing? keys = null) => Guard(path, () => Sqlite.Open(":memory:", SqliteOpenMode.Memory,
        text => new GalleryConnection(text, path, keys), copy =>
    {
        using SqliteConnection? gallery = OpenIfAny(path);
        if (gallery is null)
            GallerySchema.Make(copy, ApplicationId);
        else
            gallery.BackupDatabase(copy);

        Sqlite.Run(copy, "PRAGMA foreign_keys = ON");
    }));

    /// <summary>Refuses to go on without a gallery.</summary>
    /// <exception cref="UserErrorException">The gallery does not exist, or this user may not read it.</exception>
    public static void RequireFile(string path)
    {
        if (!Permission.IsReadable(path))
            throw Nobody(path);
    }

    private static UserErrorException Nobody(string path) =>
        new($"Nobody is enrolled yet: there is no gallery {path}. 'dooragent people add NAME --images DIR --badge next' enrols somebody, "
            + "and a running door follows at once; or name another directory with --data.");

    /// <summary>Runs an action on the gallery and translates the failures of SQLite.</summary>
    /// <exception cref="UserErrorException">SQLite failed.</exception>
    public static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException failure) when (DiskFull.IsCauseOf(failure, path))
        {
            throw new UserErrorException($"There is no room to write the gallery {path}: the disk is full, and the change was not stored. "
                + "Free space ('df -h' shows where: logs, old packages) and try again.", failure);
        }
        catch (SqliteException failure)
        {
            throw new UserErrorException(failure.SqliteErrorCode switch
            {
                SQLitePCL.raw.SQLITE_CANTOPEN when Directory.Exists(path) => IsDirectory(path),
                SQLitePCL.raw.SQLITE_NOTADB => $"{path} is not a gallery: it is not a database. {Restore}",
                SQLitePCL.raw.SQLITE_CORRUPT => $"The gallery {path} is damaged ({failure.Message.TrimEnd('.')}). {Restore}",
                SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED =>
                    $"Another process is writing the gallery {path}. Try again when that process has finished.",
                SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_CANTOPEN =>
                    $"The gallery {path} cannot be written: {failure.Message.TrimEnd('.')}. Is the disk mounted read-only? "
                        + "Does another user own the file?",
                _ => $"The gallery {path} cannot be used: {failure.Message.TrimEnd('.')}.",
            }, failure);
        }
    }

    /// <summary>Reads from the gallery; whatever the file holds, a failure is this one exception.</summary>
    /// <exception cref="UserErrorException">SQLite failed, or the file holds content that no gallery has.</exception>
    public static T Reading<T>(string path, Func<T> read) => Guard(path, () =>
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (Sqlite.IsContent(failure))
        {
            throw new UserErrorException($"The gallery {path} has invalid content ({failure.Message.TrimEnd('.')}): the file is "
                + $"damaged, or another program wrote it. {Restore}", failure);
        }
    });

    /// <summary>Empties the write-ahead log after each change: removed bytes disappear from the log too, and a gallery that is put in place
    /// by rename does not find the log of another file beside it.</summary>
    /// <exception cref="UserErrorException">The log could not be emptied; the change is stored.</exception>
    public static void EmptyLog(SqliteConnection connection, string path)
    {
        if (WhyLogIsKept(connection, path) is { } kept)
            throw new UserErrorException(kept);
    }

    /// <summary>Empties the write-ahead log, and returns why that was impossible; null where the log is empty.</summary>
    public static string? WhyLogIsKept(SqliteConnection connection, string path)
    {
        string why;
        try
        {
            if (Sqlite.Number(connection, "PRAGMA wal_checkpoint(TRUNCATE)") == 0)
                return null;
            why = "another process kept reading it";
        }
        catch (SqliteException failure)
        {
            why = failure.Message;
        }

        return $"The gallery {path} was changed, but its log could not be emptied ({why}), and the earlier "
            + $"content is still in {path}-wal. Fix the cause, and then make any other change.";
    }

    /// <summary>The next step for a gallery that cannot be used.</summary>
    public const string Restore = "Restore a good copy, or move the file away and enrol again.";

    private static string IsDirectory(string path) =>
        $"{path} is a directory, but a gallery is a file. Move the directory away, or name another one with --data.";

    private static void Accept(SqliteConnection connection, string path)
    {
        Sqlite.EnsureKind(connection, path, "gallery", ApplicationId, GallerySchema.Version, Restore);
        if (GallerySchema.FirstDifference(connection) is { } fault)
            throw new UserErrorException($"The gallery {path} has invalid content ({fault}). {Restore}");
        if (Sqlite.FirstDamage(connection) is { } finding)
            throw new UserErrorException($"The gallery {path} is damaged ({finding}). {Restore}");
    }
}
