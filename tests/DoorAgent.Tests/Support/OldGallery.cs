using DoorAgent.Galleries;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Tests.Support;

/// <summary>A gallery in an older format: anna with a badge and a picture, and bert, added last, with others.</summary>
internal static class OldGallery
{
    public static void Make(string path, int format)
    {
        using SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        bool isSealable = format >= GallerySchema.FirstWithSeals;
        Sqlite.Run(connection, $"""
            PRAGMA journal_mode = WAL; {GallerySchema.Statements(0, format)}
            PRAGMA application_id = {GalleryDatabase.ApplicationId}; PRAGMA user_version = {format};
            INSERT INTO encoder (id, name, sha256, alignment, dimension) VALUES (1, 'made', $digest, 1, 16);
            INSERT INTO person (id, name, name_key, added) VALUES
                (1, 'anna', 'ANNA', '2026-02-01T08:00:00Z'),
                (2, 'bert', 'BERT', '2026-02-01T08:00:00Z');
            INSERT INTO badge (id, person, number, {(isSealable ? "lookup, " : "")}hint, added) VALUES
                (1, 1, {string.Concat(Enumerable.Repeat("CAST('H10301:12:1' AS BLOB), ", isSealable ? 2 : 1))}'H10301 ...1', '2026-02-01T08:00:00Z');
            INSERT INTO encoding (id, person, encoder, picture, quality, vector, added) VALUES
                (1, 1, 1, zeroblob(32), 1, $one, '2026-02-01T08:00:00Z'),
                (2, 2, 1, zeroblob(32), 1, $other, '2026-02-01T08:00:00Z');
            UPDATE gallery SET revision = 7, active_encoder = 1;
            """, ("$digest", Convert.FromHexString(MadeEncodings.Encoder.Digest)),
            ("$one", Vector(0)), ("$other", Vector(90)));
        if (format >= GallerySchema.FirstWithRules)
            Sqlite.Run(connection, "UPDATE gallery SET calibration = 'nearest'");
        if (format >= GallerySchema.FirstWithMarks)
            Sqlite.Run(connection, "UPDATE gallery SET last_person = 2, last_badge = 1, last_encoding = 2");
    }

    /// <summary>Makes a sealed gallery of a format: the fifth, the first that could be sealed, or the sixth.</summary>
    public static void MakeSealed(string path, DoorKey key, int format = GallerySchema.FirstWithSeals)
    {
        Make(path, format);
        using GalleryFile gallery = new(path, TimeProvider.System, new KeyRing([key], null));
        gallery.Query(connection =>
        {
            Sqlite.Run(connection, $"""
                PRAGMA foreign_keys = OFF;
                {WithoutFleet}
                {(format < GallerySchema.FirstWithEscorts ? WithoutEscorts : "")}
                PRAGMA user_version = {format};
                """);
            using GallerySeal seal = new(key);
            GalleryDigest.Renew(connection, seal);
            return 0;
        });
    }

    /// <summary>The statements that take the seventh format's changes back.</summary>
    public const string WithoutFleet = """
        DROP INDEX person_origin; ALTER TABLE person DROP COLUMN origin; ALTER TABLE person DROP COLUMN disabled_here;
        DROP TABLE fleet; DROP TABLE fleet_record; DROP TABLE fleet_host;
        """;

    private const string WithoutEscorts = """
        ALTER TABLE person DROP COLUMN lockdown; ALTER TABLE person DROP COLUMN two_person; ALTER TABLE person DROP COLUMN escorted;
        DROP TABLE host;
        """;

    private static byte[] Vector(double degrees) =>
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(MadeEncodings.At(degrees).Vector).ToArray();
}
