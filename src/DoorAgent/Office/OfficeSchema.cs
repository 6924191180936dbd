using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Office;

/// <summary>The tables of office.db.</summary>
internal static class OfficeSchema
{
    /// <summary>The format that this program writes and reads.</summary>
    public const int Version = 1;

    /// <summary>'DoOf' in the header of the file.</summary>
    public const int ApplicationId = 0x446F4F66;

    // A group's serial numbers its publications. What stands in the outbox has been decided and is not at the hub yet; a NULL there
    // removes the key.
    private const string Statements = """
        CREATE TABLE office      (id INTEGER PRIMARY KEY CHECK (id = 1), name TEXT NOT NULL, hub TEXT NOT NULL, files TEXT NOT NULL,
                                  store TEXT NOT NULL, version TEXT, is_test INTEGER NOT NULL, created TEXT NOT NULL) STRICT;
        CREATE TABLE fleet_group (name TEXT PRIMARY KEY, serial INTEGER NOT NULL, horizon INTEGER NOT NULL, key INTEGER NOT NULL,
                                  settings TEXT NOT NULL, manifest BLOB, created TEXT NOT NULL) STRICT;
        CREATE TABLE group_key   (fleet_group TEXT NOT NULL REFERENCES fleet_group, number INTEGER NOT NULL CHECK (number > 0),
                                  sealed BLOB NOT NULL, made TEXT NOT NULL, PRIMARY KEY (fleet_group, number)) STRICT;
        CREATE TABLE door        (name TEXT PRIMARY KEY, fleet_group TEXT NOT NULL REFERENCES fleet_group, request TEXT NOT NULL,
                                  nkey TEXT NOT NULL UNIQUE, state TEXT NOT NULL CHECK (state IN ('accepted', 'revoked')),
                                  since TEXT NOT NULL) STRICT;
        CREATE TABLE person      (id TEXT PRIMARY KEY, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE, added TEXT NOT NULL) STRICT;
        CREATE TABLE record      (person TEXT NOT NULL, fleet_group TEXT NOT NULL REFERENCES fleet_group, serial INTEGER NOT NULL,
                                  key INTEGER NOT NULL, digest BLOB NOT NULL, value BLOB NOT NULL,
                                  state TEXT NOT NULL CHECK (state IN ('present', 'removed', 'erased')), changed TEXT NOT NULL,
                                  PRIMARY KEY (fleet_group, person)) STRICT;
        CREATE TABLE publication (fleet_group TEXT NOT NULL REFERENCES fleet_group, serial INTEGER NOT NULL, at TEXT NOT NULL,
                                  what TEXT NOT NULL, PRIMARY KEY (fleet_group, serial)) STRICT;
        CREATE TABLE outbox      (id INTEGER PRIMARY KEY AUTOINCREMENT, bucket TEXT NOT NULL, key TEXT NOT NULL, value BLOB,
                                  UNIQUE (bucket, key)) STRICT;
        """;

    private static readonly Lazy<SqliteSchema> Shape = new(() => new SqliteSchema(Statements));

    /// <summary>Creates the tables in an empty file.</summary>
    public static void Make(SqliteConnection connection) => Sqlite.Run(connection,
        $"BEGIN IMMEDIATE; {Statements} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}; COMMIT;");

    /// <summary>Returns the first difference of a file from the schema; null without a difference.</summary>
    public static string? FirstDifference(SqliteConnection connection) => Shape.Value.FirstDifference(connection);
}
