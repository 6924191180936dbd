using System.Runtime.InteropServices;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>A picture that a change of the encoder is about.</summary>
/// <param name="Person">Row of the person.</param>
/// <param name="Name">Their name.</param>
/// <param name="Picture">SHA-256 of the picture's file.</param>
/// <param name="Quality">0 to 1, as enrolment measured it.</param>
/// <param name="IsEncoded">Whether an encoding of the other encoder is there already.</param>
/// <param name="HasCrop">Whether a crop is kept in the other encoder's alignment.</param>
internal sealed record PictureToEncode(long Person, string Name, byte[] Picture, float Quality, bool IsEncoded, bool HasCrop)
{
    public bool CanBeEncoded => IsEncoded || HasCrop;
}

/// <summary>The gallery's encoders and what they made.</summary>
internal static class GalleryEncoders
{
    /// <summary>Returns the catalogue id of the encoder that a gallery file names; null without a gallery, or without anybody in it.</summary>
    /// <exception cref="UserErrorException">The file cannot be used.</exception>
    public static string? ActiveName(string path)
    {
        using SqliteConnection? connection = GalleryDatabase.OpenIfAny(path);
        return connection is null ? null : GalleryDatabase.Reading(path, () => GalleryRows.ReadEncoder(connection)?.Name);
    }

    /// <summary>Names the encoder that the gallery goes by from now on.</summary>
    /// <returns>Its row.</returns>
    public static long Activate(SqliteConnection connection, EncoderIdentity encoder)
    {
        (string, object?)[] identity = [("$sha256", Convert.FromHexString(encoder.Digest)), ("$alignment", encoder.Alignment)];
        Sqlite.Run(connection, "INSERT INTO encoder (name, sha256, alignment, dimension) VALUES ($name, $sha256, $alignment, $dimension) ON CONFLICT DO NOTHING",
            [.. identity, ("$name", encoder.Name), ("$dimension", encoder.Dimension)]);
        Sqlite.Run(connection, "UPDATE gallery SET active_encoder = (SELECT id FROM encoder WHERE sha256 = $sha256 AND alignment = $alignment)", identity);
        return Sqlite.Number(connection, "SELECT active_encoder FROM gallery");
    }

    /// <summary>Writes an encoding.</summary>
    public static void Insert(SqliteConnection connection, long person, long encoder, EnrolledPicture picture, string now) => Sqlite.Run(connection,
        "INSERT INTO encoding (id, person, encoder, picture, quality, vector, added) VALUES ($id, $person, $encoder, $picture, $quality, $vector, $now)",
        ("$id", GalleryIds.OfEncoding(connection)), ("$person", person), ("$encoder", encoder), ("$picture", picture.Picture), ("$quality", (double)picture.Quality),
        ("$vector", MemoryMarshal.AsBytes(picture.Encoding.Vector).ToArray()), ("$now", now));

    /// <summary>Every picture of everybody, by name, and what another encoder would have of it.</summary>
    /// <returns>The gallery's state when they were read, and the pictures.</returns>
    public static (GalleryStamp Stamp, IReadOnlyList<PictureToEncode> Pictures) Pictures(SqliteConnection connection, EncoderIdentity other, string now)
    {
        List<PictureToEncode> pictures = [];
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: true);
        using SqliteCommand command = Sqlite.Command(connection, """
            WITH other AS (SELECT id FROM encoder WHERE sha256 = $sha256 AND alignment = $alignment)
            SELECT p.id, p.name, e.picture, max(e.quality), max(e.encoder IN other),
                EXISTS (SELECT * FROM crop c WHERE c.person = p.id AND c.picture = e.picture AND c.alignment = $alignment AND c.keep_until > $now)
            FROM encoding e JOIN person p ON p.id = e.person
            WHERE e.encoder = (SELECT active_encoder FROM gallery) OR e.encoder IN other
            GROUP BY p.id, e.picture ORDER BY p.name_key, min(e.id)
            """, ("$sha256", Convert.FromHexString(other.Digest)), ("$alignment", other.Alignment), ("$now", now));
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
            pictures.Add(new PictureToEncode(row.GetInt64(0), row.GetString(1), row.GetFieldValue<byte[]>(2), row.GetFloat(3), row.GetBoolean(4), row.GetBoolean(5)));
        return (GalleryRows.ReadStamp(connection), pictures);
    }

    /// <summary>Deletes what other encoders made of pictures that a person has no more, and the crops of them.</summary>
    public static void DeleteReplaced(SqliteConnection connection, long person) => Sqlite.Run(connection, """
        DELETE FROM encoding WHERE person = $person AND picture NOT IN (SELECT picture FROM encoding WHERE person = $person AND encoder = (SELECT active_encoder FROM gallery));
        DELETE FROM crop WHERE person = $person AND picture NOT IN (SELECT picture FROM encoding WHERE person = $person);
        """, ("$person", person));

    /// <summary>Deletes what other encoders than the gallery's made.</summary>
    public static void DeleteOthers(SqliteConnection connection) => Sqlite.Run(connection, """
        DELETE FROM encoding WHERE encoder <> (SELECT active_encoder FROM gallery);
        DELETE FROM encoder WHERE id <> (SELECT active_encoder FROM gallery);
        """);
}
