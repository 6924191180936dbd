using DoorAgent.Galleries;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Faults;

/// <summary>Galleries of doors as they were before an upgrade.</summary>
internal static class OldGallery
{
    private const int FormatBeforeSeals = 4, FormatBeforeEscorts = 5;

    private const string WithoutFleet = "DROP INDEX person_origin; ALTER TABLE person DROP COLUMN origin; "
        + "ALTER TABLE person DROP COLUMN disabled_here; DROP TABLE fleet; DROP TABLE fleet_record; "
        + "DROP TABLE fleet_host;";

    private const string WithoutEscorts = WithoutFleet + " ALTER TABLE person DROP COLUMN lockdown; ALTER TABLE person DROP COLUMN two_person; "
        + "ALTER TABLE person DROP COLUMN escorted; DROP TABLE host;";

    /// <summary>A sealed gallery as it was before visitors had hosts.</summary>
    public static void MakeSealed(FaultBench bench)
    {
        Operations.AdamAndNora(bench);
        using GalleryConnection connection = GalleryDatabase.OpenToWrite(Path.Combine(bench.Data, "gallery.db"));
        GallerySeal seal = connection.Seal;
        using SqliteTransaction all = connection.BeginTransaction(deferred: false);
        Sqlite.Run(connection, $"{WithoutEscorts} PRAGMA user_version = {FormatBeforeEscorts};");
        GalleryDigest.Renew(connection, seal);
        all.Commit();
    }

    /// <summary>An open gallery as it was before galleries were sealed, with a key that the door's next start finds.</summary>
    public static void MakeOpen(FaultBench bench)
    {
        Operations.AdamAndNora(bench);
        string path = Path.Combine(bench.Data, "gallery.db");
        using (GalleryConnection connection = GalleryDatabase.OpenToWrite(path))
        {
            using (SqliteTransaction all = connection.BeginTransaction(deferred: false))
            {
                GalleryReseal.Move(connection, connection.Seal, GallerySeal.None, TimeProvider.System);
                all.Commit();
            }

            // What the fifth and later formats changed is changed back.
            Sqlite.Run(connection, $"""
                BEGIN;
                {WithoutEscorts}
                ALTER TABLE gallery DROP COLUMN digest;
                CREATE TABLE badge_4 (id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
                    number BLOB NOT NULL UNIQUE, hint TEXT NOT NULL,
                    state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'blocked', 'lost')), added TEXT NOT NULL) STRICT;
                INSERT INTO badge_4 SELECT id, person, number, hint, state, added FROM badge;
                DROP TABLE badge;
                ALTER TABLE badge_4 RENAME TO badge;
                DROP TABLE pin;
                CREATE TABLE pin (person INTEGER PRIMARY KEY REFERENCES person ON DELETE CASCADE,
                    salt BLOB NOT NULL CHECK (length(salt) = 16), iterations INTEGER NOT NULL CHECK (iterations BETWEEN 10000 AND 1000000),
                    digest BLOB NOT NULL CHECK (length(digest) = 32), duress BLOB CHECK (length(duress) = 32), added TEXT NOT NULL) STRICT;
                PRAGMA user_version = {FormatBeforeSeals};
                COMMIT;
                """);
        }
    }
}
