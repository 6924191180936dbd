using DoorAgent.Settings;
using Microsoft.Data.Sqlite;

namespace DoorAgent.People;

/// <summary>gallery.db as a file: made, opened and refused (behaviour.md, section 6).</summary>
internal static class GalleryDatabase
{
    /// <summary>'DoAg' in the file's header.</summary>
    public const int ApplicationId = 0x446F4167;

    /// <summary>The schema that this program reads and writes.</summary>
    public const int Version = 2;

    /// <summary>Format 2 knows PINs; in a gallery of format 1 nobody has one.</summary>
    public const int FirstVersionWithPins = 2;

    private const string PinTable = """
        CREATE TABLE pin      (person INTEGER PRIMARY KEY REFERENCES person ON DELETE CASCADE, salt BLOB NOT NULL CHECK (length(salt) = 16),
                               iterations INTEGER NOT NULL CHECK (iterations BETWEEN 10000 AND 1000000),
                               digest BLOB NOT NULL CHECK (length(digest) = 32), duress BLOB CHECK (length(duress) = 32), added TEXT NOT NULL) STRICT;
        """;

    private const string Schema = PinTable + """

        CREATE TABLE gallery  (id INTEGER PRIMARY KEY CHECK (id = 1), revision INTEGER NOT NULL,
                               active_encoder INTEGER REFERENCES encoder, key_id TEXT) STRICT;
        CREATE TABLE encoder  (id INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
                               alignment INTEGER NOT NULL, dimension INTEGER NOT NULL CHECK (dimension BETWEEN 16 AND 4096),
                               UNIQUE (sha256, alignment)) STRICT;
        CREATE TABLE person   (id INTEGER PRIMARY KEY, name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 64),
                               name_key TEXT NOT NULL UNIQUE,
                               enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)), extended INTEGER NOT NULL DEFAULT 0,
                               valid_from TEXT, valid_until TEXT, schedule TEXT NOT NULL DEFAULT 'always', added TEXT NOT NULL) STRICT;
        CREATE TABLE badge    (id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
                               number BLOB NOT NULL UNIQUE,
                               hint TEXT NOT NULL,
                               state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'blocked', 'lost')), added TEXT NOT NULL) STRICT;
        CREATE TABLE encoding (id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
                               encoder INTEGER NOT NULL REFERENCES encoder, picture BLOB NOT NULL CHECK (length(picture) = 32),
                               quality REAL NOT NULL, vector BLOB NOT NULL,
                               added TEXT NOT NULL, UNIQUE (person, encoder, picture)) STRICT;
        CREATE TABLE crop     (person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE, picture BLOB NOT NULL, alignment INTEGER NOT NULL,
                               png BLOB NOT NULL, keep_until TEXT, PRIMARY KEY (person, picture, alignment)) STRICT;
        INSERT INTO gallery (id, revision) VALUES (1, 0);
        """;

    /// <summary>Makes a gallery of an older format one of <see cref="Version"/>, in the transaction of a change.</summary>
    public static void Upgrade(SqliteConnection connection)
    {
        if (Sqlite.Number(connection, "PRAGMA user_version") < FirstVersionWithPins)
            Sqlite.Run(connection, $"{PinTable} PRAGMA user_version = {Version};");
    }

    /// <summary>Opens the gallery to write, making it where there is none.</summary>
    /// <exception cref="UserErrorException">It cannot be used; the message says why and what to do.</exception>
    public static SqliteConnection OpenToWrite(string path) => Guard(path, () =>
    {
        DataDirectory.EnsureFile(path);
        return Sqlite.Open(path, SqliteOpenMode.ReadWrite, connection =>
        {
            if (Sqlite.IsNew(connection))
                Sqlite.Run(connection, $"PRAGMA journal_mode = WAL; BEGIN IMMEDIATE; {Schema} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}; COMMIT;");
            Accept(connection, path);
            Sqlite.Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA busy_timeout = 5000;");
        });
    });

    /// <summary>Opens the gallery to read.</summary>
    /// <exception cref="UserErrorException">It is not there or cannot be used; the message says why and what to do.</exception>
    public static SqliteConnection OpenToRead(string path) => Guard(path, () =>
    {
        NeedFile(path);
        // ReadWrite, since a reader of a WAL file takes part in its shared memory; it writes nothing.
        return Sqlite.Open(path, SqliteOpenMode.ReadWrite, connection =>
        {
            Sqlite.Run(connection, "PRAGMA query_only = ON;");
            Accept(connection, path);
        });
    });

    /// <summary>Refuses where there is no gallery.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public static void NeedFile(string path)
    {
        if (!File.Exists(path))
            throw new UserErrorException($"There is no gallery {path}: nobody is enrolled. Enrol with 'dooragent people add NAME --images DIR', or name another directory with --data.");
    }

    /// <summary>Runs something on the gallery and says SQLite's failures in words.</summary>
    /// <exception cref="UserErrorException">SQLite failed.</exception>
    public static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException failure)
        {
            throw new UserErrorException(failure.SqliteErrorCode switch
            {
                SQLitePCL.raw.SQLITE_NOTADB => $"{path} is not a gallery: it is no database at all. {Restore}",
                SQLitePCL.raw.SQLITE_CORRUPT => $"The gallery {path} is damaged ({failure.Message}). {Restore}",
                SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED => $"The gallery {path} is being written by another process. Try again when it is done.",
                SQLitePCL.raw.SQLITE_FULL => $"There is no room to write the gallery {path}; nothing of the change was kept. Make room and try again.",
                SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_CANTOPEN => $"The gallery {path} cannot be written: {failure.Message}. Is the disk mounted read-only? Is this its owner?",
                _ => $"The gallery {path} cannot be used: {failure.Message}.",
            }, failure);
        }
    }

    private const string Restore = "Put back a copy that is whole, or set the file aside and enrol anew; until then the door stays locked.";

    private static void Accept(SqliteConnection connection, string path)
    {
        Sqlite.NeedKind(connection, path, "gallery", ApplicationId, Version, Restore);
        if (Sqlite.FirstDamage(connection) is { } finding)
            throw new UserErrorException($"The gallery {path} is damaged ({finding}). {Restore}");
    }
}
