using System.Runtime.InteropServices;
using System.Text.Json;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>A picture as a change of the encoder sees it.</summary>
/// <param name="Person">Row id of the person.</param>
/// <param name="Name">Name of the person.</param>
/// <param name="Picture">SHA-256 of the picture file.</param>
/// <param name="Quality">0 to 1, as enrolment measured it.</param>
/// <param name="IsEncoded">Whether an encoding by the new encoder already exists.</param>
/// <param name="HasCrops">Whether the crops that the new encoder needs are kept: one in the alignment of each of its parts.</param>
internal sealed record PictureToEncode(long Person, string Name, byte[] Picture, float Quality, bool IsEncoded, bool HasCrops)
{
    public bool CanBeEncoded => IsEncoded || HasCrops;
}

/// <summary>Reads and writes the gallery's encoders and their encodings.</summary>
internal static class GalleryEncoders
{
    /// <summary>Returns the catalogue id of the encoder that a gallery file names; null without a gallery, or without anybody's
    /// encodings in it.</summary>
    /// <exception cref="UserErrorException">The file cannot be used.</exception>
    public static string? ActiveName(string path)
    {
        using SqliteConnection? connection = GalleryDatabase.OpenIfAny(path);
        return connection is null ? null : GalleryDatabase.Reading(path, () => HasEncodings(connection) ? GalleryRows.ReadEncoder(connection)?.Id : null);
    }

    /// <summary>Whether anybody has an encoding, of whatever encoder. Without one, encoder and rule are chosen again.</summary>
    public static bool HasEncodings(SqliteConnection connection) =>
        Sqlite.Number(connection, "SELECT EXISTS (SELECT * FROM main.encoding)") == 1;

    /// <summary>Makes an encoder the active one of the gallery.</summary>
    /// <returns>The row id of the encoder.</returns>
    public static long Activate(SqliteConnection connection, EncoderIdentity encoder)
    {
        (string, object?)[] identity = [("$sha256", Convert.FromHexString(encoder.Digest)), ("$alignment", encoder.Alignment)];
        Sqlite.Run(connection,
            "INSERT INTO encoder (name, sha256, alignment, dimension) VALUES ($name, $sha256, "
                + "$alignment, $dimension) ON CONFLICT DO NOTHING",
            [.. identity, ("$name", encoder.Name), ("$dimension", encoder.Dimension)]);
        Sqlite.Run(connection,
            "UPDATE gallery SET active_encoder = (SELECT id FROM encoder WHERE sha256 = $sha256 AND alignment = $alignment)", identity);
        return Sqlite.Number(connection, "SELECT active_encoder FROM gallery");
    }

    /// <summary>Writes an encoding.</summary>
    public static void Insert(GalleryConnection connection, long person, long encoder, EnrolledPicture picture, string now)
    {
        (byte[] digest, int alignment) = Sqlite.Row(connection, "SELECT sha256, alignment FROM encoder WHERE id = $id",
            row => (row.GetFieldValue<byte[]>(0), row.GetInt32(1)), ("$id", encoder));
        byte[] identity = SealedIdentity.Of(SealedColumn.Encoding, person, 0, digest, alignment, picture.Picture);
        Sqlite.Run(connection, """
            INSERT INTO encoding (id, person, encoder, picture, quality, vector, added)
            VALUES ($id, $person, $encoder, $picture, $quality, $vector, $now)
            """, ("$id", GalleryIds.OfEncoding(connection)), ("$person", person), ("$encoder", encoder), ("$picture", picture.Picture),
            ("$quality", (double)picture.Quality),
            ("$vector", connection.Seal.Close(MemoryMarshal.AsBytes(picture.Encoding.Vector), identity)), ("$now", now));
    }

    /// <summary>Reads all pictures of everybody, ordered by name, with what another encoder would have of each.</summary>
    /// <param name="connection">The gallery.</param>
    /// <param name="other">The other encoder.</param>
    /// <param name="alignments">Versions of the alignments whose crops the other encoder needs, each once.</param>
    /// <param name="now">The time, as crops state it.</param>
    /// <returns>The version of the gallery at the time of reading, and the pictures.</returns>
    public static (GalleryStamp Stamp, IReadOnlyList<PictureToEncode> Pictures) Pictures(
        SqliteConnection connection, EncoderIdentity other, IReadOnlyList<int> alignments, string now)
    {
        List<PictureToEncode> pictures = [];
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: true);
        using SqliteCommand command = Sqlite.Command(connection, """
            WITH other AS (SELECT id FROM encoder WHERE sha256 = $sha256 AND alignment = $alignment)
            SELECT p.id, p.name, e.picture, max(e.quality), max(e.encoder IN other),
                (SELECT count(*) FROM crop c WHERE c.person = p.id AND c.picture = e.picture AND c.keep_until > $now
                    AND c.alignment IN (SELECT value FROM json_each($alignments))) = json_array_length($alignments)
            FROM encoding e JOIN person p ON p.id = e.person
            WHERE e.encoder = (SELECT active_encoder FROM gallery) OR e.encoder IN other
            GROUP BY p.id, e.picture ORDER BY p.name_key, min(e.id)
            """, ("$sha256", Convert.FromHexString(other.Digest)), ("$alignment", other.Alignment), ("$now", now),
            ("$alignments", JsonSerializer.Serialize(alignments)));
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            pictures.Add(new PictureToEncode(
                row.GetInt64(0), row.GetString(1), row.GetFieldValue<byte[]>(2), row.GetFloat(3), row.GetBoolean(4), row.GetBoolean(5)));
        }

        return (GalleryRows.ReadStamp(connection), pictures);
    }

    /// <summary>Deletes other encoders' encodings of pictures that a person no longer has, and the crops of these pictures.</summary>
    public static void DeleteReplaced(SqliteConnection connection, long person) => Sqlite.Run(connection, """
        DELETE FROM encoding WHERE person = $person AND picture NOT IN
            (SELECT picture FROM encoding WHERE person = $person AND encoder = (SELECT active_encoder FROM gallery));
        DELETE FROM crop WHERE person = $person AND picture NOT IN (SELECT picture FROM encoding WHERE person = $person);
        """, ("$person", person));

    /// <summary>Deletes the encodings of all encoders, and the centres that were computed from them.</summary>
    public static void DeleteAllEncodings(SqliteConnection connection)
    {
        Sqlite.Run(connection, "DELETE FROM encoding");
        GalleryCentres.DeleteAll(connection);
    }

    /// <summary>Deletes the encodings of all encoders except the active one.</summary>
    public static void DeleteOthers(SqliteConnection connection) => Sqlite.Run(connection, """
        DELETE FROM encoding WHERE encoder <> (SELECT active_encoder FROM gallery);
        DELETE FROM encoder WHERE id <> (SELECT active_encoder FROM gallery);
        """);
}
