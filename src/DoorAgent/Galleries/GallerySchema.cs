using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>The tables of gallery.db, format by format. A new gallery is made by the same steps that upgrade an old one.</summary>
internal static class GallerySchema
{
    /// <summary>The format that this program writes; it also reads all older ones.</summary>
    public const int Version = 7;

    /// <summary>The first format with PINs.</summary>
    public const int FirstWithPins = 2;

    /// <summary>The first format with a mark of the last change.</summary>
    public const int FirstWithMarks = 3;

    /// <summary>The first format with a rule of comparison, centres, look-alikes and consents.</summary>
    public const int FirstWithRules = 4;

    /// <summary>The first format with sealed values.</summary>
    public const int FirstWithSeals = 5;

    /// <summary>The first format with marks for lockdown and the two-person rule, and with escorted visitors and their hosts.</summary>
    public const int FirstWithEscorts = 6;

    /// <summary>The first format with people of a fleet.</summary>
    public const int FirstWithFleet = 7;

    private static readonly string[] Steps =
    [
        """
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
        """,
        """
        CREATE TABLE pin      (person INTEGER PRIMARY KEY REFERENCES person ON DELETE CASCADE, salt BLOB NOT NULL CHECK (length(salt) = 16),
                               iterations INTEGER NOT NULL CHECK (iterations BETWEEN 10000 AND 1000000),
                               digest BLOB NOT NULL CHECK (length(digest) = 32), duress BLOB CHECK (length(duress) = 32), added TEXT NOT NULL) STRICT;
        """,
        // A random mark of the last change, and the largest id that each table has ever issued.
        """
        ALTER TABLE gallery ADD COLUMN mark BLOB NOT NULL DEFAULT x'00000000000000000000000000000000' CHECK (length(mark) = 16);
        ALTER TABLE gallery ADD COLUMN last_person INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE gallery ADD COLUMN last_badge INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE gallery ADD COLUMN last_encoding INTEGER NOT NULL DEFAULT 0;
        UPDATE gallery SET last_person = (SELECT ifnull(max(id), 0) FROM person), last_badge = (SELECT ifnull(max(id), 0) FROM badge),
                           last_encoding = (SELECT ifnull(max(id), 0) FROM encoding);
        """,
        // The rule of comparison by which the gallery is judged, the mean of the site's people, people who need a stricter distance from
        // each other, and who agreed to be enrolled. Until this format everybody was compared with each of their encodings.
        """
        ALTER TABLE gallery ADD COLUMN calibration TEXT;
        UPDATE gallery SET calibration = 'nearest' WHERE active_encoder IS NOT NULL;
        CREATE TABLE centre   (encoder INTEGER PRIMARY KEY REFERENCES encoder ON DELETE CASCADE, vector BLOB NOT NULL,
                               people INTEGER NOT NULL CHECK (people > 0), added TEXT NOT NULL) STRICT;
        CREATE TABLE look_alike (one INTEGER NOT NULL REFERENCES person ON DELETE CASCADE, other INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
                               distance REAL NOT NULL CHECK (distance > 0 AND distance < 2), added TEXT NOT NULL,
                               PRIMARY KEY (one, other), CHECK (one < other)) STRICT;
        CREATE TABLE consent  (person INTEGER PRIMARY KEY REFERENCES person ON DELETE CASCADE, date TEXT NOT NULL, note TEXT NOT NULL DEFAULT '',
                               added TEXT NOT NULL) STRICT;
        """,
        // Values may be sealed (gallery.key_id), and are longer then. A badge is found by the keyed hash of its number, in an open gallery by
        // the number itself. The keyed digest of everything finds changes by somebody without the key.
        """
        ALTER TABLE gallery ADD COLUMN digest BLOB CHECK (length(digest) = 32);
        CREATE TABLE badge_5  (id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
                               number BLOB NOT NULL, lookup BLOB NOT NULL UNIQUE, hint TEXT NOT NULL,
                               state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'blocked', 'lost')), added TEXT NOT NULL) STRICT;
        INSERT INTO badge_5 (id, person, number, lookup, hint, state, added) SELECT id, person, number, number, hint, state, added FROM badge;
        DROP TABLE badge;
        ALTER TABLE badge_5 RENAME TO badge;
        CREATE TABLE pin_5    (person INTEGER PRIMARY KEY REFERENCES person ON DELETE CASCADE, salt BLOB NOT NULL CHECK (length(salt) = 16),
                               iterations INTEGER NOT NULL CHECK (iterations BETWEEN 10000 AND 1000000),
                               digest BLOB NOT NULL CHECK (length(digest) IN (32, 60)), duress BLOB CHECK (length(duress) IN (32, 60)),
                               added TEXT NOT NULL) STRICT;
        INSERT INTO pin_5 (person, salt, iterations, digest, duress, added) SELECT person, salt, iterations, digest, duress, added FROM pin;
        DROP TABLE pin;
        ALTER TABLE pin_5 RENAME TO pin;
        """,
        // Who may enter during a lockdown, who enters only together with a second person, and who only after a host. A visitor whose last
        // host is removed stays escorted, and so nobody can bring that visitor in until a host is named.
        """
        ALTER TABLE person ADD COLUMN lockdown INTEGER NOT NULL DEFAULT 0 CHECK (lockdown IN (0, 1));
        ALTER TABLE person ADD COLUMN two_person INTEGER NOT NULL DEFAULT 0 CHECK (two_person IN (0, 1));
        ALTER TABLE person ADD COLUMN escorted INTEGER NOT NULL DEFAULT 0 CHECK (escorted IN (0, 1));
        CREATE TABLE host     (visitor INTEGER NOT NULL REFERENCES person ON DELETE CASCADE, host INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
                               PRIMARY KEY (visitor, host), CHECK (visitor <> host)) STRICT;
        """,
        // Whom the fleet brought: origin is the person's id in the fleet, and NULL is somebody who was enrolled here. The door's own keys
        // and those of its group are sealed. Each id that the fleet ever named keeps its newest serial, so that no older record counts.
        """
        ALTER TABLE person ADD COLUMN origin TEXT CHECK (origin <> '');
        ALTER TABLE person ADD COLUMN disabled_here INTEGER NOT NULL DEFAULT 0 CHECK (disabled_here IN (0, 1));
        CREATE UNIQUE INDEX person_origin ON person (origin);
        CREATE TABLE fleet    (id INTEGER PRIMARY KEY CHECK (id = 1), secrets BLOB NOT NULL, door TEXT, team TEXT, office BLOB,
                               keys BLOB, key_serial INTEGER NOT NULL DEFAULT 0, manifest BLOB, bucket TEXT,
                               revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0), confirmed INTEGER NOT NULL DEFAULT 0,
                               swept INTEGER NOT NULL DEFAULT 0, missed INTEGER NOT NULL DEFAULT 0, added TEXT NOT NULL) STRICT;
        CREATE TABLE fleet_record (id TEXT PRIMARY KEY, serial INTEGER NOT NULL, state TEXT NOT NULL CHECK (state IN ('applied', 'refused', 'removed')),
                               digest BLOB NOT NULL CHECK (length(digest) = 32), person INTEGER, erase INTEGER NOT NULL DEFAULT 0 CHECK (erase IN (0, 1)),
                               why TEXT, added TEXT NOT NULL) STRICT;
        CREATE TABLE fleet_host (visitor INTEGER NOT NULL REFERENCES person ON DELETE CASCADE, host TEXT NOT NULL,
                               PRIMARY KEY (visitor, host)) STRICT;
        """,
    ];

    private static readonly Lazy<SqliteSchema>[] Shapes =
        [.. Enumerable.Range(1, Version).Select(version => new Lazy<SqliteSchema>(() => new SqliteSchema(Statements(0, version))))];

    /// <summary>Creates the tables of the newest format in an empty file, and removes the pages of tables that steps replaced.</summary>
    public static void Make(SqliteConnection connection, int applicationId) => Sqlite.Run(connection,
        $"BEGIN IMMEDIATE; {Statements(0, Version)} PRAGMA application_id = {applicationId}; PRAGMA user_version = {Version}; COMMIT; VACUUM;");

    /// <summary>Upgrades a gallery of an older format, within the transaction of a change. The digest of a sealed gallery is checked before:
    /// another format has other columns, and so another digest.</summary>
    public static void Upgrade(SqliteConnection connection)
    {
        if (Sqlite.Number(connection, "PRAGMA user_version") is var found and < Version)
            Sqlite.Run(connection, $"{Statements((int)found, Version)} PRAGMA user_version = {Version};");
    }

    /// <summary>Returns the first difference from the schema that the file's format prescribes; null without a difference.</summary>
    public static string? FirstDifference(SqliteConnection connection) =>
        Sqlite.Number(connection, "PRAGMA user_version") is >= 1 and <= Version and var found
        ? Shapes[found - 1].Value.FirstDifference(connection) ?? FaultOfHead(connection, found)
        : "its format never existed";

    /// <summary>Returns the statements that upgrade one format to another; 0 stands for an empty file.</summary>
    public static string Statements(int from, int to) => string.Join('\n', Steps[from..to]);

    private static string? FaultOfHead(SqliteConnection connection, long format)
    {
        // JSON readers lose digits above this number, and no count of changes reaches it.
        const long most = 1L << 53;
        string mark = format >= FirstWithMarks ? "length(mark) = 16" : "1";
        string seal = format >= FirstWithSeals
            ? "iif(key_id IS NULL, digest IS NULL, length(digest) = 32 AND length(key_id) = 16 AND key_id NOT GLOB '*[^0-9a-f]*')"
            : "key_id IS NULL";
        return Sqlite.Number(connection,
            $"SELECT count(*) = 1 AND total(id = 1 AND revision BETWEEN 0 AND {most} AND {mark} AND {seal}) = 1 FROM gallery") == 1
            ? null
            : "its table gallery does not have exactly one row with a revision of 0 or more, and a digest where it names a key";
    }
}
